import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { OnFailure } from './batch.ts';
import type { Message } from './read-message.ts';

/** Where messages wait that can never be understood: the dead-letter queue. */
export interface ParkingLot {
  park(message: ParkedMessage): Promise<void>;
}

export interface ParkedMessage {
  /** The message as it came. */
  readonly body: string;
  /** Short name of why it was parked, `not_json`. */
  readonly reason: string;
  /** One sentence for the operator. */
  readonly detail: string;
}

const MESSAGES_AT_ONCE = 10;

/** Parks the messages of which a part can never be understood; what could be is recorded already. */
export async function parkMessages(
  messages: readonly Message[],
  { parkingLot, telemetry }: { readonly parkingLot: ParkingLot; readonly telemetry: Telemetry },
  onFailure: OnFailure,
): Promise<void> {
  await eachOf(messages, MESSAGES_AT_ONCE, async ({ id, body, refusals }) => {
    const [first] = refusals;
    if (first === undefined) {
      return;
    }
    try {
      await parkingLot.park({ body, ...first });
      telemetry.count('MessageParked', { Reason: first.reason });
      telemetry.log('warn', 'message_parked', { messageId: id, ...first });
    } catch (error) {
      onFailure([id], error);
    }
  });
}
