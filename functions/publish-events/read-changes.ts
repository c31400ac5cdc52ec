import { type Announcement, announceRecord, announceStatus } from '../../lib/policy/announcement.ts';
import { type ItemChange, readItemChange } from '../../lib/store/item-change.ts';
import type { StreamRecord } from '../../lib/store/status-change.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import type { Told } from './outgoing-event.ts';

/** A record of the stream with its place there. */
export interface PlacedRecord extends StreamRecord {
  readonly dynamodb?: StreamRecord['dynamodb'] & { readonly SequenceNumber?: string };
}

/** What is to be told, and the place of the record that says so. */
export interface PlacedTold extends Told {
  readonly sequenceNumber: string;
}

/** All that the records of a batch give to tell, in their order. */
export function readChanges(records: readonly PlacedRecord[], telemetry: Telemetry): readonly PlacedTold[] {
  return records.flatMap((record) => {
    const change = readChange(record, telemetry);
    if (change === null) {
      return [];
    }
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
    const { addressHash, after } = change;
    const { version } = after;
    return announce(change).map((announcement) => ({ sequenceNumber, addressHash, version, announcement }));
  });
}

function announce(change: ItemChange): readonly Announcement[] {
  return change.item === 'status'
    ? announceStatus(change.before, change.after, change.changedAt)
    : announceRecord(change.before, change.after);
}

/** An item that cannot be read must not hold up the stream; `npm run reconcile` names it. */
function readChange(record: PlacedRecord, telemetry: Telemetry): ItemChange | null {
  try {
    return readItemChange(record);
  } catch (error) {
    telemetry.count('StreamRecordUnreadable');
    telemetry.log('error', 'stream_record_unreadable', { error: String(error) });
    return null;
  }
}
