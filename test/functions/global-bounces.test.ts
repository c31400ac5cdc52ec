import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { tokenWith } from '../http/events.ts';
import {
  type Api,
  type ApiOptions,
  type Call,
  createApi,
  expectProblem,
  GLOBAL_BOUNCE,
  NOW,
  RELEASE,
} from './api-harness.ts';
import { bounceFor, complaintOf, echoOf } from './notifications.ts';
import { createRecorder } from './record-harness.ts';

const ADA = 'ada@example.com';
const ID = addressHash(ADA);
const ACCOUNTS = ['shop', 'news', 'forum', 'club'] as const;
const REASON = 'Ada called: she reads her mail again.';

const look = async (api: Api, address = ADA, more: Call = {}) =>
  (await api.call(GLOBAL_BOUNCE, { address, ...more })).body;
const release = async (api: Api, body: unknown, address = ADA) => await api.call(RELEASE, { address, body });
const verdicts = async (api: Api) =>
  await Promise.all(
    ACCOUNTS.map(async (account) => {
      const { notSent } = (await api.filter([ADA], { account })).body;
      return notSent[0]?.rule ?? 'P1';
    }),
  );

/** An API with four accounts, of which the first so many have reported that Ada's mailbox is dead. */
async function reportedBy(count: number, options: ApiOptions = {}): Promise<Api> {
  const api = createApi(options);
  for (const account of ACCOUNTS) {
    await api.register({ sendingIdentities: [`${account}.example`] }, account);
  }
  await api.record(...reportsOf(ACCOUNTS.slice(0, count)));
  return api;
}

/** One report of each account, of mail sent a day apart, the latest yesterday. */
function reportsOf(accounts: readonly string[]) {
  return accounts.map((account, index) =>
    bounceFor('unknown_user', ADA, { account, sentAt: NOW - (index + 1) * DAY_IN_MS }),
  );
}

describe('three accounts that report an address', () => {
  test('block it for a fourth, which learns that it is global and not by whom', async () => {
    const api = await reportedBy(3);
    expect(await verdicts(api)).toEqual(['P4', 'P4', 'P4', 'P4']);
    const { text, body } = await api.look(ADA, { account: 'club' });
    expect(body).toMatchObject({
      suppressed: true,
      verdict: 'P4',
      reason: null,
      until: null,
      layers: { own: 'clear', global: 'blocked' },
      unbounce: { allowed: false, refusals: [{ rule: 'U4', code: 'global_bounce' }] },
    });
    const { text: filtered } = await api.filter([ADA], { account: 'club' });
    for (const reporter of ['shop', 'news', 'forum']) {
      expect(text + filtered).not.toContain(reporter);
    }
  });

  test('still see why they suppress it themselves', async () => {
    const api = await reportedBy(3);
    const { body } = await api.look(ADA, { account: 'shop' });
    expect(body).toMatchObject({
      verdict: 'P4',
      reason: 'unknown_user',
      layers: { own: 'blocked', global: 'blocked' },
    });
    expect(body.unbounce.refusals.map(({ rule }: { rule: string }) => rule)).toEqual(['U4', 'U3']);
    const list = await api.call('GET /v1/accounts/{account}/suppressions', { account: 'shop' });
    expect(list.body.items).toMatchObject([{ address: ADA, reason: 'unknown_user' }]);
  });

  test('are counted as one declaration, however often they are told', async () => {
    const recorder = createRecorder({ store: (await reportedBy(0)).twin, now: NOW });
    const reports = reportsOf(ACCOUNTS);
    for (const report of [...reports, ...reports]) {
      expect(await recorder.record(report)).toEqual([]);
    }
    expect(recorder.telemetry.counted('GlobalBounceDeclared')).toBe(1);
  });

  test('do not when there are only two', async () => {
    expect(await verdicts(await reportedBy(2))).toEqual(['P2', 'P2', 'P1', 'P1']);
  });
});

describe("the operator's view", () => {
  test('shows what was declared, who reported on which days, layers and releases', async () => {
    const api = await reportedBy(3);
    await api.record(echoOf('Suppressed', ADA, { account: 'club' }));
    expect(await look(api)).toEqual({
      id: ID,
      address: ADA,
      erased: false,
      global: { declaredAt: toIso(NOW), rule: 'G1' },
      accounts: 4,
      reports: [
        { account: 'shop', days: ['2026-11-22'] },
        { account: 'news', days: ['2026-11-21'] },
        { account: 'forum', days: ['2026-11-20'] },
      ],
      reportingAccounts: 3,
      layers: {
        global: 'blocked',
        sesAccountList: 'unknown',
        sesGlobalList: 'blocked',
        sesValidation: 'unknown',
      },
      releasedAt: null,
      releases: [],
    });
  });

  test.each<[string, string, string | null]>([
    ['an address, in its canonical spelling', 'Ada@Example.com', ADA],
    ['its base64url', `~${Buffer.from(ADA).toString('base64url')}`, ADA],
    ['the id of a row', ID, ADA],
    ['the id of nobody', addressHash('nobody@example.com'), null],
  ])('is asked for by %s', async (_, asked, address) => {
    expect(await look(await reportedBy(1), asked)).toMatchObject({ address, erased: false });
  });

  test('of an address that nobody told of is empty', async () => {
    const body = await look(createApi(), 'nobody@example.com');
    expect(body).toMatchObject({
      global: null,
      accounts: 0,
      reports: [],
      reportingAccounts: 0,
      releases: [],
    });
  });

  test('lists a thousand reports and says how many there are', async () => {
    const record = (await reportedBy(1)).twin.readAddress({ account: 'shop', addressHash: ID }, NOW);
    const { record: one, status } = await record;
    const records = Array.from({ length: 1_003 }, (_, index) => ({ ...one, account: `account-${index}` }));
    const api = createApi({ double: () => ({ readWhole: async () => ({ status, records }) }) });
    const body = await look(api);
    expect(body.reports).toHaveLength(1_000);
    expect(body).toMatchObject({ accounts: 1_003, reportingAccounts: 1_003 });
  });
});

describe('a release', () => {
  test('ends the global bounce and answers what is so now; the accounts keep their own', async () => {
    const api = await reportedBy(3);
    const { status, body } = await release(api, { reason: REASON });
    expect(status).toBe(200);
    expect(body).toEqual(await look(api));
    expect(body).toMatchObject({
      global: null,
      reports: [],
      releasedAt: toIso(NOW),
      releases: [
        { releasedAt: toIso(NOW), by: expect.stringContaining('arn:'), reason: REASON, account: null },
      ],
    });
    expect(await verdicts(api)).toEqual(['P2', 'P2', 'P2', 'P1']);
    expect(api.telemetry.counted('AddressReleased', { Global: 'true' })).toBe(1);
  });

  test("ends a named account's own suppression too, without its quota or its one unbounce", async () => {
    const api = await reportedBy(3);
    const { body } = await release(api, { reason: REASON, account: 'shop' });
    expect(body.releases).toMatchObject([{ account: 'shop' }]);
    expect(await verdicts(api)).toEqual(['P1', 'P2', 'P2', 'P1']);
    expect((await api.quota('shop')).body).toMatchObject({ used: 0 });
    expect(api.twin.ledger).toEqual([]);
    api.time.now += 2 * HOUR_IN_MS;
    await api.record(bounceFor('policy', ADA, { account: 'shop', sentAt: NOW + HOUR_IN_MS }));
    expect((await api.unbounce(ADA, { account: 'shop' })).status).toBe(200);
  });

  test('ends a complaint of the named account as well, and its replay changes nothing', async () => {
    const api = await reportedBy(0);
    const complaint = complaintOf([ADA], { account: 'shop' });
    await api.record(complaint);
    expect((await verdicts(api))[0]).toBe('P3');
    await release(api, { reason: REASON, account: 'shop' });
    await api.record(complaint);
    expect((await verdicts(api))[0]).toBe('P1');
  });

  test('is not undone by a replay, nor by reports of mail that was in flight', async () => {
    const api = await reportedBy(3);
    await release(api, { reason: REASON, account: 'shop' });
    api.time.now += DAY_IN_MS;
    await api.record(...reportsOf(ACCOUNTS), ...reportsOf(ACCOUNTS));
    expect(await verdicts(api)).toEqual(['P1', 'P2', 'P2', 'P2']);
    expect(await look(api)).toMatchObject({ global: null, reports: [] });
  });

  test('does not keep accounts from reporting mail that was sent after it', async () => {
    const api = await reportedBy(3);
    await release(api, { reason: REASON });
    api.time.now += 2 * DAY_IN_MS;
    const later = ACCOUNTS.slice(1).map((account) =>
      bounceFor('unknown_user', ADA, { account, sentAt: NOW + DAY_IN_MS }),
    );
    await api.record(...later);
    expect(await verdicts(api)).toEqual(['P4', 'P4', 'P4', 'P4']);
  });

  test('may be repeated: each is kept, the newest first', async () => {
    const api = await reportedBy(3);
    await release(api, { reason: 'First.' });
    const { status, body } = await release(api, { reason: 'Again.', account: 'news' });
    expect(status).toBe(200);
    expect(body.releases.map(({ reason }: { reason: string }) => reason)).toEqual(['Again.', 'First.']);
    expect(await verdicts(api)).toEqual(['P2', 'P1', 'P2', 'P1']);
  });

  test('of a row is asked for by its id', async () => {
    const api = await reportedBy(3);
    expect((await release(api, { reason: REASON }, ID)).body).toMatchObject({ address: ADA, global: null });
  });

  test('waits for SES where something asks SES', async () => {
    const api = await reportedBy(3, { asksSes: true });
    expect((await release(api, { reason: REASON })).body.layers).toMatchObject({
      global: 'clear',
      sesAccountList: 'pending',
    });
    expect(await verdicts(api)).toEqual(['P2', 'P2', 'P2', 'P5']);
  });
});

describe('a bad request for a release is a problem', () => {
  test.each<[string, unknown, string]>([
    ['no body', undefined, 'JSON object'],
    ['a list', [], 'JSON object'],
    ['no reason', {}, '"reason"'],
    ['an empty reason', { reason: ' \u200e\n' }, '"reason"'],
    ['a long reason', { reason: 'x'.repeat(1_001) }, '"reason"'],
    ['a reason that is none', { reason: 7 }, '"reason"'],
    ['no account id', { reason: REASON, account: 'a b' }, '"account"'],
    ['several accounts', { reason: REASON, account: ['shop'] }, '"account"'],
  ])('with %s', async (_, body, named) => {
    const api = await reportedBy(3);
    const reply = await release(api, body);
    expectProblem(reply, { status: 400, code: 'invalid_request' });
    expect(reply.body.detail).toContain(named);
    expect(await look(api)).toMatchObject({ releases: [], global: { rule: 'G1' } });
  });

  test('of an account that is not registered', async () => {
    const api = await reportedBy(3);
    expectProblem(await release(api, { reason: REASON, account: 'nobody' }), {
      status: 404,
      code: 'unknown_account',
    });
    expect(await look(api)).toMatchObject({ releases: [] });
  });

  test('of something that is no address', async () => {
    expectProblem(await release(createApi(), { reason: REASON }, 'nobody'), {
      status: 400,
      code: 'invalid_address',
    });
  });
});

describe('another writer', () => {
  test('was first: decided again from what that one wrote', async () => {
    const rivals: (() => Promise<unknown>)[] = [];
    const api: Api = await reportedBy(3, {
      double: (twin) => ({
        async saveRelease(write) {
          await rivals.pop()?.();
          return await twin.saveRelease(write);
        },
      }),
    });
    rivals.push(() => api.record(bounceFor('policy', ADA, { account: 'club' })));
    expect((await release(api, { reason: REASON })).status).toBe(200);
    expect(await verdicts(api)).toEqual(['P2', 'P2', 'P2', 'P2']);
  });

  test('is first until the deadline: 503, and nothing has changed', async () => {
    const api: Api = await reportedBy(3, {
      double: () => ({
        async saveRelease() {
          api.time.now += 6_000;
          return 'lost';
        },
      }),
    });
    expectProblem(await release(api, { reason: REASON }), { status: 503, code: 'try_again' });
    expect(await look(api)).toMatchObject({ global: { rule: 'G1' }, releases: [] });
  });
});

describe.each([
  ['GET', GLOBAL_BOUNCE],
  ['POST', RELEASE],
])('%s', (_, routeKey) => {
  test.each<[string, unknown, number]>([
    ['nobody', null, 403],
    [
      'a token without the scope',
      tokenWith({ scope: 'suppressions:read suppressions:unbounce', account: 'shop' }),
      403,
    ],
    ["an operator's token", tokenWith({ scope: 'operator' }), 200],
    ['a signed call', undefined, 200],
  ])('is answered to %s', async (_caller, authorizer, status) => {
    const api = await reportedBy(3);
    const reply = await api.call(routeKey, {
      address: ADA,
      body: { reason: REASON },
      ...(authorizer !== undefined && { authorizer }),
    });
    expect(reply.status).toBe(status);
  });
});
