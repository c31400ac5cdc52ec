import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IMPORT_OUTCOMES } from '../../lib/policy/import-rows.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import {
  ACCOUNT,
  type Api,
  type ApiOptions,
  createApi,
  createRegisteredApi,
  ERASE,
  expectProblem,
  GLOBAL_BOUNCE,
  IMPORT,
  LIST,
  NOW,
  RELEASE,
} from './api-harness.ts';
import { bounceFor } from './notifications.ts';

const SEED = 20_261_123;
const ADA = 'ada@example.com';

async function outcomesOf(api: Api, rows: unknown, dryRun = false): Promise<readonly string[]> {
  const { status, body } = await api.importRows(rows, { dryRun });
  expect(status).toBe(200);
  return body.rows.map(({ outcome }: { outcome: string }) => outcome);
}

const ago = (days: number) => toIso(NOW - days * DAY_IN_MS);

test('an imported address is not sent to, and shows why', async () => {
  const api = await createRegisteredApi();
  const row = {
    address: 'Ada <Ada@Example.com>',
    reason: 'hard bounce',
    status: '550',
    diagnostic: '550 5.1.1\u0007 user unknown',
    bouncedAt: '2024-03-05 10:11:12',
  };
  expect(await api.importRows([row])).toMatchObject({
    status: 200,
    body: {
      dryRun: false,
      counts: { rows: 1, byOutcome: { suppressed: 1 } },
      rows: [
        {
          outcome: 'suppressed',
          detail: IMPORT_OUTCOMES.suppressed,
          address: ADA,
          reason: 'unknown_user',
          rule: 'B1',
        },
      ],
    },
  });
  expect((await api.filter([ADA])).body).toMatchObject({
    send: [],
    notSent: [{ code: 'hard_bounce', rule: 'P2', bounce: { reason: 'unknown_user', campaign: 'imported' } }],
  });
  expect((await api.look(ADA)).body).toMatchObject({
    suppressed: true,
    rule: 'B1',
    bounces: [{ bouncedAt: '2024-03-05T10:11:12.000Z', diagnostic: '550 5.1.1 user unknown' }],
  });
  expect((await api.call(LIST)).body.items).toMatchObject([{ address: ADA, reason: 'unknown_user' }]);
  expect(api.telemetry.counted('RowImported')).toBe(1);
});

test('every row has its outcome, in their order', async () => {
  const api = await createRegisteredApi();
  await api.record(bounceFor('policy', 'known@example.com'));
  const rows = [
    { address: 'nobody' },
    { address: 'a@example.com', bouncedAt: '5/3/24' },
    { address: 'b@example.com', bouncedAt: toIso(NOW + DAY_IN_MS) },
    { address: 'c@example.com', reason: 'gone fishing' },
    { address: 'd@example.com', reason: 'unsubscribed' },
    { address: 'e@example.com', reason: 'soft bounce' },
    { address: 'f@example.com', reason: 'timeout', bouncedAt: '2024-03-05' },
    { address: 'known@example.com', reason: 'complaint', bouncedAt: '2024-03-05' },
    { address: 'g@example.com', bouncedAt: '' },
    { address: 'G@Example.com', bouncedAt: null },
    { address: 'bounce@simulator.amazonses.com', reason: 'bounce', bouncedAt: '2024-03-05' },
  ];
  const { body } = await api.importRows(rows);
  expect(
    body.rows.map(({ address, outcome, reason, rule }: Record<string, unknown>) => [
      address,
      outcome,
      reason,
      rule,
    ]),
  ).toEqual([
    [null, 'invalid_address', null, null],
    ['a@example.com', 'invalid_date', null, null],
    ['b@example.com', 'invalid_date', null, null],
    ['c@example.com', 'unknown_reason', null, null],
    ['d@example.com', 'not_a_bounce', null, null],
    ['e@example.com', 'soft_reason', 'other', 'B15'],
    ['f@example.com', 'strike', 'timeout', 'B9'],
    ['known@example.com', 'already_suppressed', 'complaint', 'B16'],
    ['g@example.com', 'suppressed', 'other', 'B15'],
    ['g@example.com', 'duplicate', 'other', 'B15'],
    ['bounce@simulator.amazonses.com', 'ended', 'other', 'B18'],
  ]);
  const { byOutcome } = body.counts;
  expect(Object.values(byOutcome).reduce((sum: number, amount) => sum + Number(amount), 0)).toBe(rows.length);
  expect((await api.look('known@example.com')).body).toMatchObject({ reason: 'complaint', rule: 'B16' });
  expect((await api.filter(['d@example.com', 'e@example.com', 'f@example.com'])).body.notSent).toEqual([]);
});

test('an unbounce holds against rows that are older, and is not to be had again', async () => {
  const api = await createRegisteredApi();
  const rows = [{ address: ADA, reason: 'policy', bouncedAt: ago(20) }];
  expect(await outcomesOf(api, rows)).toEqual(['suppressed']);
  expect((await api.unbounce(ADA)).status).toBe(200);
  expect(await outcomesOf(api, [...rows, { address: ADA, reason: 'policy' }])).toEqual([
    'lifted_before',
    'lifted_before',
  ]);
  expect((await api.filter([ADA])).body.send).toEqual([ADA]);

  api.time.now += 2 * DAY_IN_MS;
  const later = [{ address: ADA, reason: 'policy', bouncedAt: toIso(NOW + DAY_IN_MS) }];
  expect(await outcomesOf(api, later)).toEqual(['suppressed']);
  expectProblem(await api.unbounce(ADA), { status: 409, code: 'already_unbounced_once', rules: ['U5'] });
});

test('an import makes no global bounce, and adds no report to those of others', async () => {
  const api = await createRegisteredApi();
  for (const account of ['one', 'two', 'three']) {
    await api.register({}, account);
    const rows = [{ address: ADA, reason: 'unknown_user', bouncedAt: ago(3) }];
    expect((await api.importRows(rows, { account })).body.counts.byOutcome).toEqual({ suppressed: 1 });
  }
  expect((await api.call(GLOBAL_BOUNCE, { address: ADA })).body).toMatchObject({ global: null, reports: [] });
  expect((await api.filter([ADA])).body.send).toEqual([ADA]);
});

test('a release ends what was imported, and the file does not bring it back', async () => {
  const api = await createRegisteredApi();
  const rows = [{ address: ADA, reason: 'complaint', bouncedAt: ago(2) }];
  await api.importRows(rows);
  await api.call(RELEASE, { address: ADA, body: { reason: 'She called.', account: ACCOUNT } });
  expect(await outcomesOf(api, rows)).toEqual(['lifted_before']);
});

test('an erasure holds: the file brings no address and no words back', async () => {
  const api = await createRegisteredApi();
  const rows = [{ address: ADA, reason: 'hard bounce', diagnostic: `550 ${ADA} refused`, bouncedAt: ago(2) }];
  await api.importRows(rows);
  await api.call(ERASE, { address: ADA });
  expect(await outcomesOf(api, rows)).toEqual(['nothing_new']);
  expect((await api.call(LIST)).body.items).toMatchObject([{ address: null, erased: true }]);
  expect((await api.look(ADA)).body.bounces).toMatchObject([{ diagnostic: null }]);
});

test('nobody is told and SES is asked for nothing', async () => {
  const api = await createRegisteredApi({ asksSes: true });
  await api.importRows([{ address: ADA, reason: 'bounce', diagnostic: '550 5.7.26 DMARC policy' }]);
  expect((await api.look(ADA)).body.layers).toMatchObject({ own: 'clear', sesAccountList: 'unknown' });
});

describe('a dry run', () => {
  const addresses = fc.constantFrom(
    'a@example.com',
    'A@Example.com',
    'b@example.com',
    'c@example.com',
    'nobody',
  );
  const rows = fc.array(
    fc.record({
      address: addresses,
      reason: fc.constantFrom(null, 'complaint', 'policy', 'soft bounce', 'timeout', 'unsub', 'gone fishing'),
      bouncedAt: fc.constantFrom(null, ago(200), ago(30), ago(20), ago(2), 'once'),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test('predicts the run, and writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (before, asked) => {
        const api = await createRegisteredApi();
        await api.importRows(before);
        await api.unbounce('a@example.com');
        const stored = JSON.stringify((await api.call(LIST)).body);
        const predicted = await outcomesOf(api, asked, true);
        expect(JSON.stringify((await api.call(LIST)).body)).toBe(stored);
        expect(await outcomesOf(api, asked)).toEqual(predicted);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('touches the store with nothing but reads', async () => {
    const updateAddress = () => Promise.reject(new Error('A dry run wrote.'));
    const api = await createRegisteredApi({ double: () => ({ updateAddress }) });
    expect((await api.importRows([{ address: ADA }], { dryRun: true })).body).toMatchObject({
      dryRun: true,
      rows: [{ outcome: 'suppressed' }],
    });
    expect(api.telemetry.counted('RowImported')).toBe(0);
  });
});

describe('a call', () => {
  test.each<[string, unknown]>([
    ['without rows', {}],
    ['of no rows', { rows: [] }],
    ['of 1,001 rows', { rows: Array(1_001).fill({ address: ADA }) }],
    ['of rows that are no objects', { rows: [ADA] }],
    ['of rows without an address', { rows: [{ reason: 'bounce' }] }],
    ['of rows with numbers', { rows: [{ address: ADA, status: 550 }] }],
    ['with a dry run that is text', { rows: [{ address: ADA }], dryRun: 'yes' }],
  ])('%s is refused', async (_what, body) => {
    const api = await createRegisteredApi();
    expectProblem(await api.call(IMPORT, { body }), { status: 400, code: 'invalid_request' });
  });

  test('names the row and the member that is wrong', async () => {
    const api = await createRegisteredApi();
    const { body } = await api.importRows([{ address: ADA }, { address: ADA, reason: 7 }]);
    expect(body.detail).toContain('"rows[1].reason"');
  });

  test('of an account that nobody registered is 404, and writes nothing', async () => {
    const api = createApi();
    expectProblem(await api.importRows([{ address: ADA }]), { status: 404, code: 'unknown_account' });
    await api.register();
    expect((await api.look(ADA)).body.suppressed).toBe(false);
  });

  test('that ends before every row is written is 503, and repeating it does the rest', async () => {
    const rows = ['a', 'b', 'c'].map((name) => ({ address: `${name}@example.com`, reason: 'policy' }));
    let writes = 0;
    const failing: ApiOptions['double'] = (twin) => ({
      async updateAddress(key, update) {
        writes += 1;
        if (writes === 2) throw new UnavailableError('No answer.');
        return await twin.updateAddress(key, update);
      },
    });
    const api = await createRegisteredApi({ double: failing });
    expectProblem(await api.importRows(rows), { status: 503, code: 'try_again' });
    const outcomes = await outcomesOf(api, rows);
    expect(outcomes.filter((outcome) => outcome === 'suppressed').length).toBeGreaterThan(0);
    expect((await api.filter(rows.map(({ address }) => address))).body.send).toEqual([]);
  });

  test('of 1,000 rows of one address is one write', async () => {
    const seen: number[] = [];
    const api = await createRegisteredApi({
      double: (twin) => ({
        updateAddress(key, update) {
          seen.push(1);
          return twin.updateAddress(key, update);
        },
      }),
    });
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ address: ADA, bouncedAt: ago(index + 1) }));
    const { body } = await api.importRows(rows);
    expect(body.counts.byOutcome).toEqual({ suppressed: 1, already_suppressed: 9, nothing_new: 990 });
    expect(seen).toHaveLength(1);
    expect((await api.look(ADA)).body.bounces).toHaveLength(10);
  });
});
