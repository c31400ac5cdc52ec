import { marshall } from '@aws-sdk/util-dynamodb';
import { writeAccountItem } from '../../lib/store/items/account-item.ts';
import type { Item } from '../../lib/store/items/item.ts';
import { writeRecordItem } from '../../lib/store/items/record-item.ts';
import { writeStatusItem } from '../../lib/store/items/status-item.ts';
import { aBounce, afterBounces, anAccount, aRecord, aStatus } from '../../test/policy/builders.ts';
import type { StubCall } from './stub-server.ts';

export const ACCOUNT = 'default';
export const TABLES = {
  addresses: 'addresses',
  accounts: 'accounts',
  campaigns: 'campaigns',
  quotas: 'quotas',
} as const;

/** Of the addresses of one call, so many are suppressed: 2 of 100. */
const HITS_PER_CALL = 2;
const HASH = /"addressHash":\{"S":"([^"]+)"\}/g;
const HASH_PLACE = '<hash>';
/** The yardstick `usual` has two keys for each address, so a call holds half as many of them. */
const USUAL_KEY = /"pk":\{"S":"([^"]+)"\},"sk":\{"S":"ACCOUNT#/;

const settings = stored({ account: ACCOUNT, item: 'settings', v: 3, ...writeAccountItem(anAccount()) });
const counter = stored({ account: ACCOUNT, entry: 'month', used: 3 });
const suppressed = afterBounces(
  [
    aBounce({
      status: '5.7.1',
      diagnostic: `smtp; 550 5.7.1 ${'refused by a rule of the receiver '.repeat(4)}`,
    }),
  ],
  {},
  { record: aRecord({ account: ACCOUNT }), status: aStatus() },
);
const statusItem = stored({
  addressHash: HASH_PLACE,
  scope: 'status',
  v: 1,
  ...writeStatusItem(suppressed.status),
});
const recordItem = stored({
  addressHash: HASH_PLACE,
  scope: `account#${ACCOUNT}`,
  v: 1,
  ...writeRecordItem(suppressed.record),
});

const usualItem = stored({
  pk: HASH_PLACE,
  sk: `ACCOUNT#${ACCOUNT}`,
  reason: 'policy',
  rule: 'B7',
  status: '5.7.1',
  bouncedAt: '2026-11-23T10:00:05.000Z',
  campaign: 'spring',
  diagnostic: `smtp; 550 5.7.1 ${'refused by a rule of the receiver '.repeat(4)}`,
});

/** What the stub answers: one account, and every 50th address suppressed by one bounce. */
export function cannedAnswer({ operation, body }: StubCall): string {
  switch (operation) {
    case 'GetItem':
      if (body.includes(`"${TABLES.quotas}"`)) return `{"Item":${counter}}`;
      return body.includes('"settings"') ? `{"Item":${settings}}` : '{}';
    case 'BatchGetItem':
      return batchAnswer(body);
    default:
      return '{}';
  }
}

function batchAnswer(body: string): string {
  const isStatus = body.includes('"status"');
  // Who asks for both items of an address is about to write: it finds neither.
  const isBeforeWrite = isStatus && body.includes(`"account#${ACCOUNT}"`);
  const items: string[] = isBeforeWrite ? [] : foundItems(body, isStatus);
  return `{"Responses":{"${TABLES.addresses}":[${items.join(',')}]},"UnprocessedKeys":{}}`;
}

function foundItems(body: string, isStatus: boolean): string[] {
  const [, usualKey] = USUAL_KEY.exec(body) ?? [];
  if (usualKey !== undefined) return [usualItem.replace(HASH_PLACE, usualKey)];
  const items: string[] = [];
  for (const [, hash = ''] of body.matchAll(HASH)) {
    if (isStatus && items.length === HITS_PER_CALL) break;
    items.push((isStatus ? statusItem : recordItem).replace(HASH_PLACE, hash));
  }
  return items;
}

function stored(item: Item): string {
  return JSON.stringify(marshall(item, { removeUndefinedValues: true }));
}
