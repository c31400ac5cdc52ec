import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Drift, MEANINGS } from '../../cli/reconcile/findings.ts';
import { type Report, reportText } from '../../cli/reconcile/report.ts';
import { eraseRecord, eraseStatus } from '../../lib/policy/erasure.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { NOW, POLICY } from '../policy/builders.ts';
import { bouncedInAccounts, release } from '../store/operator-scene.ts';
import { aKey, bounced, read, soon, update } from '../store/scene.ts';
import {
  ACCOUNT,
  AGAIN,
  COUNTER,
  createWorld,
  HARD,
  ledgerRowOf,
  MONTH,
  reconcileWorld,
  recordOf,
  remove,
  statusOf,
  tamper,
  UNBOUNCED_AT,
  unbounce,
  type World,
} from './reconcile-world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.dynamo.close());

const HELD = [{ code: 'policy', rule: 'B7' }];

/** How often each kind was found. */
function foundIn({ drift }: Report): Partial<Record<Drift, number>> {
  return Object.fromEntries(Object.entries(drift).map(([kind, { found }]) => [kind, found]));
}

describe('what the stores wrote', () => {
  test('has no drift', async () => {
    expect(await reconcileWorld(world)).toEqual({
      checkedAt: toIso(NOW),
      policyVersion: POLICY.version,
      account: null,
      checked: {
        addresses: 5,
        records: 6,
        suppressions: 4,
        byOtherRules: 0,
        unbounces: 2,
        ledgerRows: 2,
        months: 1,
      },
      found: 0,
      fixed: 0,
      left: 0,
      drift: {},
    });
  });

  test('has none where a request of one month was granted in the next', async () => {
    const midnight = Date.parse('2026-12-01T00:00:00Z');
    await unbounce(world.store, world.hard, midnight + 2, midnight - 1);
    const report = await reconcileWorld(world, { now: midnight + DAY_IN_MS });
    expect(foundIn(report)).toEqual({});
    expect(report.checked).toMatchObject({ unbounces: 3, ledgerRows: 3, months: 1 });
  });

  test('has none where an address is dead for all, was released, or belongs to an erased person', async () => {
    const { dynamo, store } = world;
    const operator = createDynamoOperatorStore(dynamo.context);
    const [dead] = await bouncedInAccounts(store, 3);
    const [released] = await bouncedInAccounts(store, 3);
    await release(operator, released?.addressHash ?? '', { account: released?.account ?? null });
    await store.updateAddress(world.strikes, {
      deadlineAt: soon(),
      change: ({ record, status }) => ({
        record: eraseRecord(record, NOW),
        status: eraseStatus(status, NOW),
      }),
    });
    const report = await reconcileWorld(world);
    expect(foundIn(report)).toEqual({});
    expect(report.checked).toMatchObject({ addresses: 7, records: 12, months: 1 });
    expect((await read(store, dead ?? world.hard)).status.global).not.toBeNull();
  });

  test('has none while it is being written', async () => {
    const keys = Array.from({ length: 20 }, () => aKey(ACCOUNT));
    let isWriting = true;
    const writing = Promise.all(
      keys.map(async (key, index) => {
        await update(world.store, key, bounced(HARD));
        if (index < 6) await unbounce(world.store, key).catch(() => unbounce(world.store, key));
        await update(world.store, key, bounced(AGAIN));
      }),
    ).finally(() => {
      isWriting = false;
    });
    const reports: Report[] = [];
    while (isWriting) reports.push(await reconcileWorld(world, { fix: true }));
    await writing;
    reports.push(await reconcileWorld(world, { fix: true }));
    expect(reports.map(foundIn)).toEqual(reports.map(() => ({})));
    expect(reports.at(-1)?.checked).toMatchObject({ addresses: 25, unbounces: 8 });
  });
});

interface Damage {
  readonly does: (world: World) => Promise<void>;
  readonly found: Partial<Record<Drift, number>>;
  /** The kinds that a repair leaves. */
  readonly left?: readonly Drift[];
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  'a status that lost a suppression': {
    does: (at) => tamper(at, statusOf(at.hard), { [`a#${ACCOUNT}`]: undefined }),
    found: { status_missing: 1 },
  },
  'a status that is gone': {
    does: (at) => remove(at, statusOf(at.hard)),
    found: { status_missing: 2 },
  },
  'a status that ends a suppression early': {
    does: (at) =>
      tamper(at, statusOf(at.strikes), {
        [`a#${ACCOUNT}`]: [{ code: 'mailbox_full', rule: 'B3', until: toIso(NOW - 1) }],
      }),
    found: { status_missing: 1 },
  },
  'a status that names another rule': {
    does: (at) => tamper(at, statusOf(at.hard), { [`a#${ACCOUNT}`]: [{ code: 'policy', rule: 'B1' }] }),
    found: { status_differs: 1 },
  },
  'a status that blocks whom the account unbounced': {
    does: (at) => tamper(at, statusOf(at.unbounced), { [`a#${ACCOUNT}`]: HELD }),
    found: { status_unfounded: 1 },
  },
  'a status that blocks who only bounced softly': {
    does: (at) => tamper(at, statusOf(at.soft), { [`a#${ACCOUNT}`]: HELD, v: 1 }),
    found: { status_unfounded: 1 },
  },
  'an account item that lost its suppression': {
    does: (at) => tamper(at, recordOf(at.hard), { suppression: undefined, suppressedAt: undefined }),
    found: { suppression_missing: 1 },
  },
  'a suppression lost everywhere': {
    does: async (at) => {
      await tamper(at, recordOf(at.strikes), { suppression: undefined, suppressedAt: undefined });
      await remove(at, statusOf(at.strikes));
    },
    found: { suppression_missing: 1, status_missing: 1 },
  },
  'a suppression whose facts say otherwise': {
    does: (at) => tamper(at, recordOf(at.hard), { hard: undefined }),
    found: { suppression_unfounded: 1, status_unfounded: 1 },
  },
  'a suppression with another end': {
    does: async (at) => {
      const { record } = await read(at.store, at.strikes);
      const [standing] = record.suppression?.standing ?? [];
      const until = toIso(NOW + 1);
      const evidence = { sentAt: toIso(standing?.sentAt ?? 0), bouncedAt: toIso(standing?.bouncedAt ?? 0) };
      await tamper(at, recordOf(at.strikes), {
        suppression: {
          policyVersion: POLICY.version,
          standing: [{ code: 'mailbox_full', rule: 'B3', feedbackId: '', ...evidence, until }],
        },
      });
    },
    found: { suppression_differs: 1 },
  },
  'a suppression that is not in the list': {
    does: (at) => tamper(at, recordOf(at.hard), { suppressedAt: undefined }),
    found: { unlisted: 1 },
  },
  'a row of the list without a suppression': {
    does: (at) => tamper(at, recordOf(at.unbounced), { suppressedAt: toIso(NOW) }),
    found: { listed_in_vain: 1 },
  },
  'a block whose facts are lost': {
    does: (at) => remove(at, recordOf(at.strikes)),
    found: { status_without_record: 1 },
    left: ['status_without_record'],
  },
  'an address for which SES was never asked': {
    does: (at) => {
      const removal = { requestedAt: toIso(NOW - DAY_IN_MS), state: 'pending' };
      return tamper(at, statusOf(at.hard), { ses: { sesAccountList: { removal } } });
    },
    found: { removal_waits: 1 },
  },
  'a counter that is too high': {
    does: (at) => tamper(at, COUNTER, { used: 7 }),
    found: { counter_differs: 1 },
    left: ['counter_differs'],
  },
  'a counter that is gone': {
    does: (at) => remove(at, COUNTER),
    found: { counter_differs: 1 },
    left: ['counter_differs'],
  },
  'a ledger row that is gone': {
    does: (at) => remove(at, ledgerRowOf(at.relapsed)),
    found: { counter_differs: 1, unbounce_without_ledger_row: 1 },
    left: ['counter_differs', 'unbounce_without_ledger_row'],
  },
  'an address that forgot its unbounce': {
    does: (at) => tamper(at, recordOf(at.unbounced), { unbounce: undefined }),
    found: { ledger_row_without_unbounce: 1 },
    left: ['ledger_row_without_unbounce'],
  },
  'an account item that does not read': {
    does: (at) => tamper(at, recordOf(at.hard), { v: 'one' }),
    found: { unreadable: 1 },
    left: ['unreadable'],
  },
  'an account item of another account': {
    does: (at) => tamper(at, recordOf(at.hard), { account: 'shop' }),
    found: { unreadable: 1 },
    left: ['unreadable'],
  },
  'a status that does not read': {
    does: (at) => tamper(at, statusOf(at.hard), { [`a#${ACCOUNT}`]: 'blocked' }),
    found: { unreadable: 1 },
    left: ['unreadable'],
  },
  'a ledger row that does not read': {
    does: (at) => tamper(at, ledgerRowOf(at.unbounced), { unbouncedAt: 'yesterday' }),
    found: { unreadable: 1 },
    left: ['unreadable'],
  },
  'a ledger row whose key is of another time': {
    does: (at) => tamper(at, ledgerRowOf(at.unbounced), { unbouncedAt: toIso(NOW) }),
    found: { unreadable: 1 },
    left: ['unreadable'],
  },
};

describe.each(Object.entries(DAMAGES))('%s', (_, { does, found, left = [] }) => {
  test('is found, and repaired as far as it may be', async () => {
    await does(world);
    const sum = Object.values(found).reduce((all, count) => all + count, 0);
    const report = await reconcileWorld(world);
    expect(foundIn(report)).toEqual(found);
    expect(report).toMatchObject({ found: sum, fixed: 0, left: sum });

    const leftOf = Object.fromEntries(left.map((kind) => [kind, found[kind]]));
    const repair = await reconcileWorld(world, { fix: true });
    expect(foundIn(repair)).toEqual(found);
    expect(repair.left).toBe(left.length);
    expect(foundIn(await reconcileWorld(world))).toEqual(leftOf);
  });
});

test('every kind of drift is found by one of these', () => {
  const kinds = new Set(Object.values(DAMAGES).flatMap(({ found }) => Object.keys(found)));
  expect([...kinds].sort()).toEqual(Object.keys(MEANINGS).sort());
});

describe('a repair', () => {
  const heldBy = async (key: World['hard']) =>
    (await read(world.store, key)).status.suppressedBy.get(key.account)?.map(({ key: reason }) => reason);

  test('blocks again what must not be sent to, and leaves other accounts alone', async () => {
    await remove(world, statusOf(world.hard));
    await reconcileWorld(world, { account: ACCOUNT, fix: true });
    expect(await heldBy(world.hard)).toEqual(['policy']);
    expect(await heldBy({ ...world.hard, account: 'shop' })).toBeUndefined();
  });

  test('lets through again what may be sent to', async () => {
    await tamper(world, statusOf(world.unbounced), { [`a#${ACCOUNT}`]: HELD });
    await reconcileWorld(world, { fix: true });
    expect(await heldBy(world.unbounced)).toBeUndefined();
  });

  test('lists a suppression again, with its address', async () => {
    await tamper(world, recordOf(world.hard), { suppressedAt: undefined });
    await reconcileWorld(world, { fix: true });
    const page = await world.store.listSuppressions({
      account: ACCOUNT,
      limit: 10,
      after: null,
      deadlineAt: soon(),
    });
    expect(page.items.map(({ addressHash }) => addressHash)).toContain(world.hard.addressHash);
  });

  test('leaves attributes of a later version where they are', async () => {
    await tamper(world, recordOf(world.hard), { suppressedAt: undefined, later: 'kept' });
    await tamper(world, statusOf(world.hard), { [`a#${ACCOUNT}`]: undefined, later: 'kept' });
    await reconcileWorld(world, { fix: true });
    const { client, tables } = world.dynamo.context;
    for (const { key } of [recordOf(world.hard), statusOf(world.hard)]) {
      const command = new GetItemCommand({ TableName: tables.addressBounces, Key: marshall(key) });
      expect(unmarshall((await client.send(command)).Item ?? {})).toMatchObject({ later: 'kept' });
    }
  });
});

test.each([{ fix: false }, { fix: true }])(
  'a clock that is behind finds nothing, and repairs nothing',
  async ({ fix }) => {
    const behind = reconcileWorld(world, { fix, now: NOW - 600_000 });
    await expect(behind).rejects.toThrow(/^The clock of this machine is behind: /);
    expect(foundIn(await reconcileWorld(world))).toEqual({});
  },
);

describe('the report', () => {
  test('of one account tells of no other', async () => {
    await remove(world, statusOf(world.hard));
    expect(await reconcileWorld(world, { account: 'shop' })).toMatchObject({
      account: 'shop',
      checked: { addresses: 1, records: 1, months: 0 },
      drift: { status_missing: { found: 1, samples: [{ account: 'shop', id: world.hard.addressHash }] } },
    });
    expect(foundIn(await reconcileWorld(world, { account: 'nobody' }))).toEqual({});
  });

  test('names a few of each kind, by their ids', async () => {
    await remove(world, statusOf(world.hard));
    await remove(world, ledgerRowOf(world.unbounced));
    const report = await reconcileWorld(world, { samples: 1 });
    expect(report.drift.status_missing?.samples).toHaveLength(1);
    expect(reportText(report).split('\n')).toEqual([
      `Compared with the facts, by rule set ${POLICY.version}:`,
      '  5 addresses, 6 account items, 4 suppressions',
      '  1 months of quotas, 1 ledger rows, 2 unbounced addresses',
      '',
      'Drift: 4 found, 0 repaired, 4 left.',
      '',
      '  status_missing: 2 found, 0 repaired',
      '    false send: the filter lets through what must not be sent to',
      `      ${ACCOUNT}  ${world.hard.addressHash}`,
      '      and 1 more',
      '',
      '  counter_differs: 1 found, 0 repaired',
      '    the counter of a month is not the number of its unbounces',
      `      ${ACCOUNT}  ${MONTH}  counter 2, ledger 1, addresses 1`,
      '',
      '  unbounce_without_ledger_row: 1 found, 0 repaired',
      '    an unbounce that the ledger does not hold',
      `      ${ACCOUNT}  ${world.unbounced.addressHash}  granted ${toIso(UNBOUNCED_AT)}`,
    ]);
  });

  test('holds no address', async () => {
    await remove(world, statusOf(world.hard));
    await tamper(world, recordOf(world.soft), { v: 'one' });
    const report = await reconcileWorld(world);
    expect(report.found).toBe(3);
    expect(JSON.stringify(report)).not.toContain('@');
    expect(reportText(report)).not.toContain('@');
  });
});
