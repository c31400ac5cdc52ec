import type { AddressRecord, Suppression, Unbounce } from '../../policy/address-record.ts';
import { emptyRecord } from '../../policy/address-record.ts';
import type { Bounce } from '../../policy/bounce.ts';
import type { Facts, HardFact, Strike } from '../../policy/facts.ts';
import { FACT_KEYS, type FactKey } from '../../policy/reason.ts';
import type { Standing } from '../../policy/standing.ts';
import { type Day, toIso } from '../../policy/time.ts';
import { type Item, ItemReader, writeInstant } from './item.ts';

/** The sort key of what one account knows of an address. */
export function recordScope(account: string): string {
  return `account#${account}`;
}

/** Reads an account's item of an address. Attributes of later versions are left alone. */
export function readRecordItem(item: Item): AddressRecord {
  const reader = new ItemReader(item, 'account item');
  return {
    version: reader.whole('v'),
    account: reader.text('account'),
    address: reader.textOrNull('address'),
    spellings: reader.texts('spellings'),
    facts: readFacts(reader),
    bounces: reader.list('bounces', readBounce),
    suppression: readSuppression(reader),
    unbounce: readOptionalUnbounce(reader.map('unbounce')),
    erasedAt: reader.instantOrNull('erasedAt'),
  };
}

/** The attributes of an account's item, without its key and version. */
export function writeRecordItem(record: AddressRecord): Item {
  const { facts, suppression } = record;
  return {
    account: record.account,
    address: record.address ?? undefined,
    spellings: record.spellings.length === 0 ? undefined : record.spellings,
    hard: writeByKey(facts.hard, writeHardFact),
    strikes: writeByKey(facts.strikes, (days) => writeByKey(days, writeStrike)),
    corrections: writeByKey(facts.corrections, toIso),
    unbouncedAt: writeInstant(facts.unbouncedAt),
    releasedAt: writeInstant(facts.releasedAt),
    bounces: record.bounces.length === 0 ? undefined : record.bounces.map(writeBounce),
    suppressedAt: writeInstant(suppression?.suppressedAt ?? null),
    suppression: suppression === null ? undefined : writeSuppression(suppression),
    unbounce: record.unbounce === null ? undefined : writeUnbounce(record.unbounce),
    erasedAt: writeInstant(record.erasedAt),
  };
}

/** The record, absent item included. */
export function recordOf(account: string, item: Item | undefined): AddressRecord {
  return item === undefined ? emptyRecord(account) : readRecordItem(item);
}

/** Reads `suppressedAt` and `suppression`, which the index carries too; null when the address may be sent to. */
export function readSuppression(reader: ItemReader): Suppression | null {
  const stored = reader.map('suppression');
  return stored === null
    ? null
    : {
        suppressedAt: reader.instant('suppressedAt'),
        policyVersion: stored.text('policyVersion'),
        standing: stored.list('standing', readStanding),
      };
}

function writeSuppression({ policyVersion, standing }: Suppression): Item {
  return {
    policyVersion,
    standing: standing.map(({ key, until, sentAt, bouncedAt, ...rest }) => ({
      ...rest,
      code: key,
      until: writeInstant(until),
      sentAt: toIso(sentAt),
      bouncedAt: writeInstant(bouncedAt),
    })),
  };
}

function readStanding(reader: ItemReader): Standing {
  return {
    key: reader.oneOf('code', FACT_KEYS),
    rule: reader.text('rule'),
    until: reader.instantOrNull('until'),
    sentAt: reader.instant('sentAt'),
    bouncedAt: reader.instantOrNull('bouncedAt'),
    feedbackId: reader.text('feedbackId'),
    status: reader.textOrNull('status'),
    campaign: reader.textOrNull('campaign'),
  };
}

function readFacts(reader: ItemReader): Facts {
  return {
    hard: readByKey(reader.map('hard'), readHardFact),
    strikes: readByKey(reader.map('strikes'), readStrikeDays),
    corrections: Object.fromEntries(
      knownKeys(reader.map('corrections')).map(([key, corrections]) => [key, corrections.instant(key)]),
    ),
    unbouncedAt: reader.instantOrNull('unbouncedAt'),
    releasedAt: reader.instantOrNull('releasedAt'),
  };
}

function knownKeys(reader: ItemReader | null): readonly (readonly [FactKey, ItemReader])[] {
  return reader === null
    ? []
    : FACT_KEYS.filter((key) => reader.names.includes(key)).map((key) => [key, reader] as const);
}

function readByKey<T>(
  reader: ItemReader | null,
  read: (member: ItemReader) => T,
): Partial<Record<FactKey, T>> {
  return Object.fromEntries(
    knownKeys(reader).flatMap(([key, members]) => {
      const member = members.map(key);
      return member === null ? [] : [[key, read(member)]];
    }),
  );
}

function writeByKey<T>(
  members: Readonly<Partial<Record<string, T>>>,
  write: (member: T) => unknown,
): Item | undefined {
  const entries = Object.entries(members).map(([key, member]) => [key, write(member as T)]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readHardFact(reader: ItemReader): HardFact {
  return {
    sentAt: reader.instant('sentAt'),
    bouncedAt: reader.instantOrNull('bouncedAt'),
    feedbackId: reader.text('feedbackId'),
    status: reader.textOrNull('status'),
    campaign: reader.text('campaign'),
  };
}

function writeHardFact({ sentAt, bouncedAt, ...rest }: HardFact): Item {
  return { ...rest, sentAt: toIso(sentAt), bouncedAt: writeInstant(bouncedAt) };
}

function readStrikeDays(reader: ItemReader): Record<Day, Strike> {
  return Object.fromEntries(
    reader.names.flatMap((day) => {
      const strike = reader.map(day);
      return strike === null
        ? []
        : [[day, { sentAt: strike.instant('sentAt'), messageId: strike.text('messageId') }]];
    }),
  );
}

function writeStrike({ sentAt, messageId }: Strike): Item {
  return { sentAt: toIso(sentAt), messageId };
}

function readBounce(reader: ItemReader): Bounce {
  return {
    key: reader.oneOf('code', FACT_KEYS),
    permanence: reader.oneOf('permanence', ['permanent', 'transient']),
    classifiedBy: reader.text('classifiedBy'),
    feedbackId: reader.text('feedbackId'),
    messageId: reader.textOrNull('messageId'),
    campaign: reader.text('campaign'),
    sentAt: reader.instantOrNull('sentAt'),
    bouncedAt: reader.instantOrNull('bouncedAt'),
    bounceType: reader.textOrNull('bounceType'),
    bounceSubType: reader.textOrNull('bounceSubType'),
    status: reader.textOrNull('status'),
    diagnostic: reader.textOrNull('diagnostic'),
  };
}

function writeBounce({ key, sentAt, bouncedAt, ...rest }: Bounce): Item {
  return { ...rest, code: key, sentAt: writeInstant(sentAt), bouncedAt: writeInstant(bouncedAt) };
}

function readOptionalUnbounce(reader: ItemReader | null): Unbounce | null {
  return reader === null ? null : readUnbounce(reader);
}

export function readUnbounce(reader: ItemReader): Unbounce {
  const evidence = reader.mapOrNull('evidence');
  const lifted = reader.mapOrNull('lifted');
  return {
    unbouncedAt: reader.instant('unbouncedAt'),
    month: reader.text('month'),
    by: reader.text('by'),
    evidence: evidence && { kind: evidence.text('kind'), note: evidence.text('note') },
    idempotencyKey: reader.textOrNull('idempotencyKey'),
    lifted: lifted && { reason: lifted.text('reason'), rule: lifted.text('rule') },
  };
}

export function writeUnbounce({ unbouncedAt, ...rest }: Unbounce): Item {
  return { ...rest, unbouncedAt: toIso(unbouncedAt) };
}
