import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ownerKey,
  readAccountItem,
  readOwnerItem,
  settingsKey,
  writeAccountItem,
} from '../../lib/store/items/account-item.ts';
import { CorruptItemError, type Item } from '../../lib/store/items/item.ts';
import {
  counterKey,
  ledgerKey,
  readLedgerItem,
  readUsed,
  writeLedgerItem,
} from '../../lib/store/items/quota-item.ts';
import { readRecordItem, recordOf, writeRecordItem } from '../../lib/store/items/record-item.ts';
import { readStatusItem, statusOf, writeStatusItem } from '../../lib/store/items/status-item.ts';
import { versionedUpdate } from '../../lib/store/update-expression.ts';
import {
  ACCOUNT,
  aBounce,
  afterBounces,
  aRecord,
  aStatus,
  daysAfter,
  NOW,
  sesFacts,
} from '../policy/builders.ts';
import { accounts, records, statuses } from './arbitraries.ts';

const RUNS = { seed: 20261123, numRuns: 300 };

/** The item as DynamoDB gives it back. */
function stored(item: Item): Item {
  return unmarshall(marshall(item, { removeUndefinedValues: true }));
}

describe('what is stored reads as what was written:', () => {
  test("an account's record of an address", () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(readRecordItem(stored({ ...writeRecordItem(record), v: record.version }))).toEqual(record);
      }),
      RUNS,
    );
  });

  test('the status of an address', () => {
    fc.assert(
      fc.property(statuses, (status) => {
        expect(readStatusItem(stored({ ...writeStatusItem(status), v: status.version }))).toEqual(status);
      }),
      RUNS,
    );
  });

  test("an account's settings", () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const item = { ...settingsKey(account.id), ...writeAccountItem(account), v: account.version };
        expect(readAccountItem(stored(item))).toEqual(account);
      }),
      RUNS,
    );
  });

  test('a row of the ledger', () => {
    fc.assert(
      fc.property(records, ({ unbounce }) => {
        fc.pre(unbounce !== null);
        const row = { account: ACCOUNT, addressHash: 'hash', unbounce };
        const item = { ...ledgerKey(row), ...writeLedgerItem('hash', unbounce) };
        expect(readLedgerItem(stored(item))).toEqual(row);
      }),
      RUNS,
    );
  });

  test('who owns a sending identity', () => {
    const item = { ...ownerKey('ada@example.com'), owner: '__proto__' };
    expect(readOwnerItem(stored(item))).toEqual(['ada@example.com', '__proto__']);
  });

  test('nothing, where there is no item', () => {
    expect(recordOf(ACCOUNT, undefined)).toEqual(aRecord());
    expect(statusOf(undefined)).toEqual(aStatus());
    expect(readUsed(undefined)).toBe(0);
  });
});

test('the ledger of a month stands behind its counter, in the order of time', () => {
  const entries = [NOW + 1, NOW].map((unbouncedAt) =>
    ledgerKey({ account: ACCOUNT, addressHash: 'hash', unbounce: { month: '2026-11', unbouncedAt } }),
  );
  const sorted = [...entries, counterKey(ACCOUNT, '2026-11')].map(({ entry }) => entry).sort();
  expect(sorted).toEqual([
    '2026-11',
    '2026-11#2026-11-23T12:00:00.000Z#hash',
    '2026-11#2026-11-23T12:00:00.001Z#hash',
  ]);
});

describe('the filter reads the status of an address with one unit,', () => {
  const UNIT_IN_BYTES = 4_096;
  const afterDays = (days: number) =>
    afterBounces(
      Array.from({ length: days }, (_, day) => aBounce({ key: 'unknown_user', sentAt: daysAfter(-day) })),
    ).status;
  test.each([
    [10, 'that report it dead on many days', afterDays(30)],
    [25, 'that report it dead once', afterDays(1)],
  ])('for %d accounts with long ids %s', (count, _, status) => {
    const ids = Array.from({ length: count }, (_, index) => `account-${index}-of-thirty-characters`);
    const forAll = <T>(ofOne: ReadonlyMap<string, T>) =>
      new Map(ids.flatMap((id) => [...ofOne.values()].map((value) => [id, value] as const)));
    const shared = aStatus({
      suppressedBy: forAll(status.suppressedBy),
      deadReports: forAll(status.deadReports),
    });
    expect([shared.suppressedBy.size, shared.deadReports.size]).toEqual([count, count]);
    const item = marshall(writeStatusItem(shared), { removeUndefinedValues: true });
    expect(sizeInBytes({ M: item })).toBeLessThan(UNIT_IN_BYTES);
  });
});

describe('a corrupt item is refused, its attribute named:', () => {
  const { record, status } = afterBounces([aBounce(), aBounce({ key: 'timeout', feedbackId: 'strike' })]);
  const marked = aStatus({
    ...status,
    global: { declaredAt: NOW, rule: 'G1' },
    ses: sesFacts('sesAccountList', {
      mark: { sentAt: NOW, markedAt: NOW, listedFor: 'bounce', until: null },
      removal: { requestedAt: NOW, state: 'pending' },
      liftedFor: new Map([[ACCOUNT, NOW]]),
      tenants: [],
    }),
  });
  const unbounce = {
    unbouncedAt: NOW,
    month: '2026-11',
    by: 'anna',
    evidence: null,
    idempotencyKey: null,
    lifted: null,
  };
  const recordItem = { ...writeRecordItem({ ...record, unbounce }), v: 1 };
  const statusItem = { ...writeStatusItem(marked), v: 1 };
  const accountItem = {
    ...settingsKey(ACCOUNT),
    ...writeAccountItem({
      contacts: 1,
      sendingIdentities: [{ name: 'acme.example', verification: 'verified', checkedAt: NOW }],
    }),
    v: 1,
  };

  test.each([
    [[], 7, 'is not a map'],
    [['v'], undefined, '"v" must be a whole number'],
    [['v'], '1', '"v" must be a whole number'],
    [['account'], null, '"account" must be text'],
    [['address'], 7, '"address" must be text'],
    [['spellings'], [7], '"spellings" must be a list of texts'],
    [['hard'], 'x', 'account item hard is not a map'],
    [['hard', 'policy', 'sentAt'], 'yesterday', 'hard policy: "sentAt" must be an RFC 3339 time'],
    [['strikes', 'timeout', '2026-11-23', 'messageId'], null, '"messageId" must be text'],
    [['unbouncedAt'], 7, '"unbouncedAt" must be text'],
    [['bounces'], {}, '"bounces" must be a list'],
    [['bounces', 1, 'code'], 'bad_luck', 'bounces[1]: "code" must be one of unknown_user,'],
    [['bounces', 0, 'permanence'], 'perhaps', '"permanence" must be one of permanent, transient'],
    [['suppressedAt'], undefined, '"suppressedAt" must be text'],
    [['suppression', 'policyVersion'], undefined, 'suppression: "policyVersion" must be text'],
    [['suppression', 'standing', 0, 'rule'], 8, 'suppression standing[0]: "rule" must be text'],
    [['unbounce', 'by'], undefined, 'unbounce: "by" must be text'],
    [['erasedAt'], '', '"erasedAt" must be an RFC 3339 time'],
  ])('of an account, %j', (path, value, message) => {
    expect(() => readRecordItem(corrupted(recordItem, path, value))).toThrow(CorruptItemError);
    expect(() => readRecordItem(corrupted(recordItem, path, value))).toThrow(message);
  });

  test.each([
    [['v'], 1.5, '"v" must be a whole number'],
    [[`a#${ACCOUNT}`], 'yes', `status item: "a#${ACCOUNT}" must be a list`],
    [[`a#${ACCOUNT}`], null, `status item: "a#${ACCOUNT}" must be a list`],
    [[`a#${ACCOUNT}`], {}, `status item: "a#${ACCOUNT}" must be a list`],
    [[`a#${ACCOUNT}`], [null], `status item a#${ACCOUNT}[0] is not a map`],
    [[`a#${ACCOUNT}`, 0, 'code'], 'constructor', '"code" must be one of'],
    [[`a#${ACCOUNT}`, 0, 'until'], 'never', '"until" must be an RFC 3339 time'],
    [[`d#${ACCOUNT}`], [1], `"d#${ACCOUNT}" must be a list of texts`],
    [[`d#${ACCOUNT}`], null, `"d#${ACCOUNT}" must be a list of texts`],
    [['global'], true, 'status item global is not a map'],
    [['global'], null, 'status item global is not a map'],
    [['ses'], null, 'status item ses is not a map'],
    [['ses', 'sesAccountList'], null, 'status item ses sesAccountList is not a map'],
    [['global', 'rule'], null, 'global: "rule" must be text'],
    [['ses', 'sesAccountList', 'mark', 'listedFor'], 'spam', '"listedFor" must be one of bounce, complaint'],
    [['ses', 'sesAccountList', 'removal', 'state'], 'lost', '"state" must be one of pending, confirmed'],
    [
      ['ses', 'sesAccountList', 'liftedFor', `a#${ACCOUNT}`],
      'x',
      `liftedFor: "a#${ACCOUNT}" must be an RFC 3339`,
    ],
    [['releasedAt'], 'x', '"releasedAt" must be an RFC 3339 time'],
  ])('of a status, %j', (path, value, message) => {
    expect(() => readStatusItem(corrupted(statusItem, path, value))).toThrow(message);
  });

  test.each([
    [['contacts'], '1', 'account settings: "contacts" must be a whole number'],
    [['sendingIdentities', 0, 'verification'], 'maybe', '"verification" must be one of verified,'],
  ])('of settings, %j', (path, value, message) => {
    expect(() => readAccountItem(corrupted(accountItem, path, value))).toThrow(message);
  });

  test('of a quota', () => {
    expect(() => readUsed({ used: 'one' })).toThrow('quota counter: "used" must be a whole number.');
  });
});

describe('attributes of a later version of the code', () => {
  test('are passed over when read', () => {
    const later = { later: 'x', 'z#acme': [1], hard: { later_reason: { sentAt: 7 } }, v: 1 };
    expect(readRecordItem({ ...writeRecordItem(aRecord()), ...later })).toEqual(aRecord({ version: 1 }));
    expect(readStatusItem({ ...later, ses: { later: {} } })).toEqual(aStatus({ version: 1 }));
  });

  test('stay when the item is updated, since only what changes is written', () => {
    const before = { address: 'ada@example.com', erasedAt: 'x' };
    const after = { address: 'ada@example.com', spellings: ['Ada@example.com'] };
    const update = versionedUpdate({ table: 't', key: { id: '1' }, version: 1, before, after });
    expect(update.UpdateExpression).toBe('SET #v = :next, #2 = :2 REMOVE #1');
    expect(update.ExpressionAttributeNames).toEqual({ '#v': 'v', '#1': 'erasedAt', '#2': 'spellings' });
  });
});

/** Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats". */
function sizeInBytes({ S, L, M }: AttributeValue): number {
  const members =
    L?.map(sizeInBytes) ?? Object.entries(M ?? {}).map(([name, value]) => name.length + sizeInBytes(value));
  return S?.length ?? members.reduce((sum, size) => sum + 1 + size, 3);
}

/** The item with the value at the path replaced. */
function corrupted(item: unknown, path: readonly (string | number)[], value: unknown): Item {
  const [name, ...rest] = path;
  if (name === undefined) {
    return value as Item;
  }
  const copy = (Array.isArray(item) ? [...item] : { ...(item as Item) }) as Record<string | number, unknown>;
  copy[name] = corrupted(copy[name], rest, value);
  return copy;
}
