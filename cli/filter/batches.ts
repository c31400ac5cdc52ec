import { createHash } from 'node:crypto';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { whole } from '../quantities.ts';
import { InputError } from './input-error.ts';
import type { List, Row } from './list.ts';
import type { SeenAddresses } from './seen-addresses.ts';
import { DUPLICATE, type Hold, TOO_LONG } from './verdict.ts';

/** Rows that are judged and written together. */
export interface Batch {
  readonly rows: readonly BatchRow[];
  readonly end: Place;
  /** How many bytes of the list have been read. */
  readonly bytes: number;
}

export interface BatchRow extends Row {
  /** The verdict that needs no call; null where one is needed. */
  readonly known: Hold | null;
}

/** How far a list was read. */
export interface Place {
  readonly rows: number;
  /** SHA-256 of the header and the rows so far, in hex. */
  readonly digest: string;
}

export interface BatchOptions {
  readonly list: List;
  readonly seen: SeenAddresses;
  /** At most; wide rows make smaller batches. */
  readonly rowsPerBatch: number;
  /** Where an earlier run stopped; null begins at the first row. */
  readonly start: Place | null;
}

/** Which bounds the memory. */
const MOST_CHARACTERS = 2_097_152;
/** Far above any mailbox with its display name. */
const MOST_RECIPIENT_LENGTH = 2_000;

/**
 * Cuts a list into batches; one without rows is one batch without rows. An address that stands further up, in whatever
 * batch or run, is a duplicate. Throws InputError when the rows up to the start are not those of the earlier run.
 */
export async function* takeBatches(options: BatchOptions): AsyncGenerator<Batch> {
  const place = createPlace(options.list.header);
  let rows: BatchRow[] = [];
  let characters = 0;
  const close = (): Batch => ({ rows, end: place.read(), bytes: options.list.bytesRead() });
  for await (const row of unreadRows(options, place)) {
    rows.push(row);
    characters += row.raw.length;
    if (rows.length === options.rowsPerBatch || characters >= MOST_CHARACTERS) {
      yield close();
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0 || place.rows() === 0) yield close();
}

/** The rows of earlier runs are passed over, but remembered. */
async function* unreadRows({ list, seen, start }: BatchOptions, place: RunningPlace) {
  for await (const row of list.rows) {
    const known = knownVerdict(row.recipient, seen);
    place.pass(row);
    if (start === null || place.rows() > start.rows) yield { ...row, known };
    else if (place.rows() === start.rows) expectSame(start, place.read());
  }
  if (start !== null && place.rows() < start.rows) expectSame(start, place.read());
}

function knownVerdict(recipient: string, seen: SeenAddresses): Hold | null {
  const address = canonicalAddress(recipient);
  if (address !== null) return seen.remember(address) ? DUPLICATE : null;
  return recipient.length > MOST_RECIPIENT_LENGTH ? TOO_LONG : null;
}

type RunningPlace = ReturnType<typeof createPlace>;

function createPlace(header: string | null) {
  const digest = createHash('sha256').update(`${JSON.stringify(header)}\n`, 'latin1');
  let rows = 0;
  return {
    rows: () => rows,
    pass({ raw }: Row) {
      rows += 1;
      digest.update(`${raw}\n`, 'latin1');
    },
    read: (): Place => ({ rows, digest: digest.copy().digest('hex') }),
  };
}

function expectSame(start: Place, found: Place): void {
  if (start.rows === found.rows && start.digest === found.digest) return;
  throw new InputError(
    `The first ${whole(start.rows)} rows are not those of the run that stopped. Start over without --resume.`,
  );
}
