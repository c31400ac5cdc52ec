import { toIso } from '../../policy/time.ts';
import type { ListedAddress, ListReading, PendingRemoval, ReadingCounts } from '../ses-list-port.ts';
import { type Item, ItemReader, writeInstant } from './item.ts';

// Partitions of the table Accounts that are no account's: no account id holds a `#`.
const READINGS = '#ses-list';
export const PENDING_REMOVALS = '#pending-removals';

/** The partition of what SES lists in a Region. */
export function listedPartition(region: string): string {
  return `${READINGS}#${region}`;
}

export function pendingKey(addressHash: string): Item {
  return { account: PENDING_REMOVALS, item: addressHash };
}

export function readPendingItem(item: Item): PendingRemoval {
  const reader = new ItemReader(item, 'pending removal');
  return {
    addressHash: reader.text('item'),
    requestedAt: reader.instant('requestedAt'),
    queuedAt: reader.instant('queuedAt'),
  };
}

/** What the sort keys of an address's entries begin with. */
export function listedPrefix(addressHash: string): string {
  return `${addressHash}#`;
}

export function listedKey(region: string, { addressHash, capitals }: ListedAddress): Item {
  return { account: listedPartition(region), item: `${listedPrefix(addressHash)}${capitals}` };
}

export function writeListedItem(region: string, entry: ListedAddress): Item {
  return { ...listedKey(region, entry), listedFor: entry.listedFor, seenAt: toIso(entry.seenAt) };
}

export function readListedItem(item: Item): ListedAddress {
  const reader = new ItemReader(item, 'listed address');
  const [addressHash = '', capitals = ''] = reader.text('item').split('#');
  return {
    addressHash,
    capitals,
    listedFor: reader.oneOf('listedFor', ['bounce', 'complaint']),
    seenAt: reader.instant('seenAt'),
  };
}

export function readingKey(region: string): Item {
  return { account: READINGS, item: region };
}

/** A reading without its key and version. */
export function writeReadingItem({ startedAt, updatedAt, lastDoneAt, ...reading }: ListReading): Item {
  const { phase, pages, position, counts } = reading;
  return {
    startedAt: toIso(startedAt),
    updatedAt: toIso(updatedAt),
    lastDoneAt: writeInstant(lastDoneAt),
    phase,
    pages,
    position: position ?? undefined,
    counts,
  };
}

export function readReadingItem(item: Item): ListReading {
  const reader = new ItemReader(item, "reading of SES's list");
  return {
    region: reader.text('item'),
    version: reader.whole('v'),
    startedAt: reader.instant('startedAt'),
    updatedAt: reader.instant('updatedAt'),
    phase: reader.oneOf('phase', ['read', 'sweep', 'done']),
    pages: reader.whole('pages'),
    position: reader.textOrNull('position'),
    lastDoneAt: reader.instantOrNull('lastDoneAt'),
    counts: readCounts(reader.map('counts') ?? reader.missing('counts')),
  };
}

function readCounts(reader: ItemReader): ReadingCounts {
  return {
    entries: reader.whole('entries'),
    unreadable: reader.whole('unreadable'),
    blocked: reader.whole('blocked'),
    askedAgain: reader.whole('askedAgain'),
    // Readings from before there were jobs do not have them.
    inJobs: reader.wholeOrNull('inJobs') ?? 0,
    jobsRefused: reader.wholeOrNull('jobsRefused') ?? 0,
    ended: reader.whole('ended'),
  };
}
