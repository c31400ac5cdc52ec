import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type AddressStatus, NO_STATUS } from '../../../lib/policy/address-status.ts';
import { DAY_IN_MS, type Instant } from '../../../lib/policy/time.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import type { DynamoContext } from '../../../lib/store/dynamo-context.ts';
import { STATUS_SCOPE, writeStatusItem } from '../../../lib/store/items/status-item.ts';
import { sesFacts } from '../../policy/builders.ts';

export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');
export const ACCOUNT = 'acme';
const OTHER = 'bolt';

/** What is stored of a person, and whether the account may send to them: said here, not asked of the code. */
interface Kind {
  readonly name: string;
  readonly mayBeSent: boolean;
  /** Null where nothing is stored. */
  readonly status: Partial<AddressStatus> | null;
}

const LATER = NOW + DAY_IN_MS;
const EARLIER = NOW - DAY_IN_MS;

export const KINDS: readonly Kind[] = [
  { name: 'nobody has heard of', mayBeSent: true, status: null },
  { name: 'known, and nothing stands', mayBeSent: true, status: {} },
  { name: 'hard bounce', mayBeSent: false, status: own('unknown_user', 'B1', null) },
  { name: 'complaint', mayBeSent: false, status: own('complaint', 'B16', null) },
  { name: 'soft bounces, still', mayBeSent: false, status: own('mailbox_full', 'B3', LATER) },
  { name: 'soft bounces, until just now', mayBeSent: true, status: own('mailbox_full', 'B3', NOW) },
  {
    name: 'hard bounce of another account',
    mayBeSent: true,
    status: { suppressedBy: new Map([[OTHER, [{ key: 'policy', rule: 'B7', until: null }]]]) },
  },
  { name: 'dead for all', mayBeSent: false, status: { global: { declaredAt: EARLIER, rule: 'G1' } } },
  { name: "on SES's account list", mayBeSent: false, status: marked('sesAccountList', null) },
  { name: "on SES's global list", mayBeSent: false, status: marked('sesGlobalList', LATER) },
  { name: "on SES's global list until just now", mayBeSent: true, status: marked('sesGlobalList', NOW) },
  { name: 'refused by validation', mayBeSent: false, status: marked('sesValidation', LATER) },
  {
    name: 'refused by validation, lifted here',
    mayBeSent: true,
    status: marked('sesValidation', LATER, new Map([[ACCOUNT, NOW]])),
  },
  {
    name: 'refused by validation, lifted elsewhere',
    mayBeSent: false,
    status: marked('sesValidation', LATER, new Map([[OTHER, NOW]])),
  },
];

export interface Person {
  readonly address: string;
  readonly kind: Kind;
}

/** So many people, all kinds in turn. */
export function createPopulation(name: string, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    address: `person-${index}@${name}.example.com`,
    kind: KINDS[index % KINDS.length] as Kind,
  }));
}

/** Stores what is known of them, 25 items a call. */
export async function storePopulation(
  people: readonly Person[],
  { client, tables }: DynamoContext,
): Promise<void> {
  const items = people.flatMap(({ address, kind: { status } }) =>
    status === null
      ? []
      : [
          {
            ...{ addressHash: addressHash(address), scope: STATUS_SCOPE, v: 1 },
            ...writeStatusItem({ ...NO_STATUS, ...status }),
          },
        ],
  );
  for (let start = 0; start < items.length; start += 25) {
    const requests = items
      .slice(start, start + 25)
      .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tables.addressBounces]: requests } }));
  }
}

function own(key: 'unknown_user' | 'complaint' | 'mailbox_full', rule: string, until: Instant | null) {
  return { suppressedBy: new Map([[ACCOUNT, [{ key, rule, until }]]]) };
}

function marked(
  layer: 'sesAccountList' | 'sesGlobalList' | 'sesValidation',
  until: Instant | null,
  liftedFor: ReadonlyMap<string, Instant> = new Map(),
): Partial<AddressStatus> {
  const mark = { sentAt: EARLIER, markedAt: EARLIER, listedFor: 'bounce', until } as const;
  return { ses: sesFacts(layer, { mark, liftedFor }) };
}
