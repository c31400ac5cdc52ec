import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import {
  countKey,
  expiryOf,
  readCountItem,
  readRowItem,
  rowKey,
  SHARDS,
  shardKey,
  shardOf,
  writeRowItem,
} from '../../lib/store/items/campaign-item.ts';
import { CorruptItemError } from '../../lib/store/items/item.ts';
import { RUNS } from '../policy/arbitraries.ts';
import { NOW } from '../policy/builders.ts';
import { campaignRows } from './campaign-rows.ts';

const SPRING = { account: 'acme', campaign: 'spring' };

describe('a row', () => {
  test('reads as it was written', () => {
    fc.assert(
      fc.property(campaignRows, (row) => {
        const item = { ...writeRowItem(row), v: 3, expiresAt: 1_800_000_000 };
        const stored = unmarshall(marshall(item, { removeUndefinedValues: true }));
        expect(readRowItem(stored)).toEqual({ row, version: 3, expiresAt: 1_800_000_000_000 });
      }),
      RUNS,
    );
  });

  test.each([
    ['kind', 'firm'],
    ['code', 'duplicate'],
    ['layer', 'input'],
    ['reason', 'shared_complaint'],
    ['at', 'yesterday'],
    ['v', 'one'],
    ['expiresAt', undefined],
  ])('whose %s is %p is refused by its name', (name, value) => {
    const [row] = fc.sample(campaignRows, { seed: 1, numRuns: 1 });
    const item = { ...(row && writeRowItem(row)), v: 1, expiresAt: 1, [name]: value };
    expect(() => readRowItem(item)).toThrow(CorruptItemError);
    expect(() => readRowItem(item)).toThrow(`"${name}"`);
  });

  test('stands in the shard of its hash, and nowhere else', () => {
    const shards = Array.from({ length: 1_000 }, (_, index) =>
      shardOf(addressHash(`person-${index}@x.test`)),
    );
    expect(new Set(shards)).toEqual(new Set(SHARDS));
    const hash = addressHash('ada@example.com');
    expect(shardOf(hash)).toBe(Buffer.from(hash, 'base64url').toString('hex').charAt(0));
    expect(rowKey({ ...SPRING, outcome: 'not-sent', addressHash: hash })).toEqual({
      campaignShard: shardKey(SPRING, shardOf(hash)),
      recipient: `not-sent#${hash}`,
    });
  });
});

describe('the counts of a shard', () => {
  test('are its attributes with the name of a class; others of later versions are passed over', () => {
    const item = {
      ...countKey(SPRING, 'f'),
      'bounced#hard#policy': 3,
      'not-sent#x#': 1,
      other: 5,
      expiresAt: 9,
    };
    expect(readCountItem(item)).toEqual({
      counts: new Map([
        ['bounced#hard#policy', 3],
        ['not-sent#x#', 1],
      ]),
      expiresAt: 9_000,
    });
    expect(item).toMatchObject({ campaignShard: 'acme#spring#f', recipient: 'count' });
  });

  test('that are no numbers are refused', () => {
    expect(() => readCountItem({ 'bounced#hard#policy': 'many', expiresAt: 9 })).toThrow(CorruptItemError);
  });
});

test('what is written expires after the retention, in whole seconds', () => {
  expect(expiryOf(NOW + 999, 400)).toBe((NOW + 400 * DAY_IN_MS) / 1_000);
});
