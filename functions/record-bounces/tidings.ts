import type { AddressEvent } from '../../lib/policy/address-event.ts';
import type { Effect, MarkEffect } from '../../lib/ses/effect.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';

/** One thing to record of one address, and the message that told it. */
export interface Tiding {
  readonly messageId: string;
  readonly account: string;
  readonly event: ToldEvent;
}

/** An event with all that its notification says of it: a mark names its campaign too. */
export type ToldEvent = Exclude<AddressEvent, { kind: 'mark' }> | MarkEffect;

/** All that a batch tells of one address to one account: written together. */
export interface AddressTidings {
  readonly key: AddressKey;
  readonly tidings: readonly Tiding[];
}

/** What an effect means for its address; null for one that needs no action, which is counted. */
export function eventOf(
  effect: Effect,
  { deliveryEvents, telemetry }: { readonly deliveryEvents: boolean; readonly telemetry: Telemetry },
): ToldEvent | null {
  switch (effect.kind) {
    case 'bounce':
      for (const remark of effect.remarks) {
        telemetry.count('BounceRemark', { Remark: remark });
      }
      return effect;
    case 'mark':
      return effect;
    case 'delivery':
      if (deliveryEvents && effect.deliveredAt !== null) {
        return { ...effect, deliveredAt: effect.deliveredAt };
      }
      telemetry.count('NotificationIgnored', { Kind: 'Delivery' });
      return null;
    case 'nothing':
      telemetry.count('NotificationIgnored', { Kind: effect.why });
      return null;
    case 'bad_recipient':
      return null;
  }
}

/**
 * Sorts a batch by address, and for each address by account. Accounts of one address share its status
 * item, so they are written one after the other; different addresses may be written at once.
 */
export function groupByAddress(tidings: readonly Tiding[]): readonly (readonly AddressTidings[])[] {
  const byAddress = Map.groupBy(tidings, ({ event }) => event.address);
  return [...byAddress].map(([address, told]) => {
    const hash = addressHash(address);
    return [...Map.groupBy(told, ({ account }) => account)].map(([account, tidings]) => ({
      key: { account, addressHash: hash },
      tidings,
    }));
  });
}
