import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { aStatus } from '../policy/builders.ts';
import { ACCOUNT, type Api, createApi, createRegisteredApi, expectProblem, NOW } from './api-harness.ts';
import { bouncedAt, bounceFor, complaintOf, echoOf } from './notifications.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const CAMPAIGNS = 'GET /v1/accounts/{account}/campaigns';
const CAMPAIGN = 'GET /v1/accounts/{account}/campaigns/{campaign}';
const RECIPIENTS = 'GET /v1/accounts/{account}/campaigns/{campaign}/recipients';

type Query = Readonly<Record<string, string>>;

const read = (api: Api, campaign = 'spring') => api.call(CAMPAIGN, { campaign });
const recipients = (api: Api, query: Query, campaign = 'spring') => api.call(RECIPIENTS, { campaign, query });

/** The items of all pages. */
async function allOf(
  api: Api,
  routeKey: string,
  { query = {}, between }: { query?: Query; between?: (page: number) => Promise<unknown> } = {},
) {
  const items: Record<string, unknown>[] = [];
  for (let page = 1, cursor = ''; ; page++) {
    const asked = { ...query, ...(cursor !== '' && { cursor }) };
    const { status, body } = await api.call(routeKey, { campaign: 'spring', query: asked });
    expect(status).toBe(200);
    items.push(...body.items);
    if (body.cursor === undefined) return items;
    cursor = body.cursor;
    await between?.(page);
  }
}

describe('the campaigns', () => {
  test('are listed newest first, page by page', async () => {
    const api = await createRegisteredApi();
    for (const campaign of ['spring', 'summer', 'autumn']) {
      await api.filter([ADA], { campaign });
      api.time.now += 1;
    }
    expect(await allOf(api, CAMPAIGNS, { query: { limit: '2' } })).toEqual([
      { campaign: 'autumn', firstSeenAt: toIso(NOW + 2) },
      { campaign: 'summer', firstSeenAt: toIso(NOW + 1) },
      { campaign: 'spring', firstSeenAt: toIso(NOW) },
    ]);
  });

  test('are none at first', async () => {
    const api = await createRegisteredApi();
    expect((await api.call(CAMPAIGNS)).body).toEqual({ items: [] });
  });

  test('come with one that bounced without ever being filtered', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA, { campaign: 'winter' }));
    expect((await api.call(CAMPAIGNS)).body.items).toEqual([{ campaign: 'winter', firstSeenAt: toIso(NOW) }]);
  });
});

describe('a campaign', () => {
  test('is counted by outcome, kind, reason and code', async () => {
    const api = await createRegisteredApi();
    await api.record(
      bounceFor('policy', ADA),
      bounceFor('mailbox_full', BOB),
      complaintOf(['carl@example.com']),
      echoOf('Suppressed', 'dora@example.com'),
    );
    await api.filter([ADA, BOB, 'zoe@example.com'], { campaign: 'spring' });
    expect((await read(api)).body).toEqual({
      campaign: 'spring',
      firstSeenAt: toIso(NOW),
      counts: {
        bounced: {
          total: 3,
          byKind: { hard: 2, soft: 1 },
          byReason: { policy: 1, mailbox_full: 1, complaint: 1 },
        },
        notSent: {
          total: 2,
          byCode: { hard_bounce: 1, ses_suppressed: 1 },
          byReason: { policy: 1 },
        },
      },
    });
  });

  test.each([
    ['nobody has heard of', 'nowhere', 404, 'unknown_campaign'],
    ['that is none', 'a#b', 400, 'invalid_campaign'],
  ])('%s is a problem', async (_, campaign, status, code) => {
    const api = await createRegisteredApi();
    expectProblem(await read(api, campaign), { status, code });
    expectProblem(await recipients(api, { outcome: 'bounced' }, campaign), { status, code });
  });
});

describe('the recipients of a campaign', () => {
  test('who bounced come with the reason and whose address it is', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    expect((await recipients(api, { outcome: 'bounced' })).body).toEqual({
      items: [
        {
          id: addressHash(ADA),
          address: ADA,
          erased: false,
          outcome: 'bounced',
          kind: 'hard',
          code: null,
          reason: 'policy',
          rule: 'B7',
          layer: null,
          status: '5.7.1',
          diagnostic: 'smtp; 550 5.7.1 message refused by policy',
          at: bouncedAt({}),
        },
      ],
    });
  });

  test('who were not sent to come with code and layer, also where only a layer above knows them', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const global = { declaredAt: NOW - DAY_IN_MS, rule: 'G1' };
    api.twin.putStatus(addressHash(BOB), aStatus({ global }));
    await api.filter([ADA, 'Bob@Example.com'], { campaign: 'spring' });
    const { items } = (await recipients(api, { outcome: 'not-sent' })).body;
    const common = { erased: false, outcome: 'not-sent', kind: null, diagnostic: null, at: toIso(NOW) };
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        {
          ...common,
          id: addressHash(ADA),
          address: ADA,
          code: 'hard_bounce',
          reason: 'policy',
          rule: 'P2',
          layer: 'own',
          status: '5.7.1',
        },
        {
          ...common,
          id: addressHash(BOB),
          address: BOB,
          code: 'global_bounce',
          reason: null,
          rule: 'P4',
          layer: 'global',
          status: null,
        },
      ]),
    );
  });

  test('are those of a reason, where one is asked for', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA), bounceFor('mailbox_full', BOB));
    const { items } = (await recipients(api, { outcome: 'bounced', reason: 'mailbox_full' })).body;
    expect(items).toMatchObject([{ address: BOB, kind: 'soft', reason: 'mailbox_full' }]);
  });

  test.each([
    ['with an item', async (api: Api) => api.record(bounceFor('policy', ADA))],
    ['of whom the account has no item', async () => undefined],
  ])('who were erased, %s, have no address', async (_, before) => {
    const api = await createRegisteredApi();
    await before(api);
    const key = { account: ACCOUNT, addressHash: addressHash(ADA) };
    const global = { declaredAt: NOW - DAY_IN_MS, rule: 'G1' };
    api.twin.putStatus(key.addressHash, aStatus({ global, erasedAt: NOW }));
    await api.twin.updateAddress(key, {
      change: ({ record, status }) => ({
        record: record.version === 0 ? record : { ...record, address: null, erasedAt: NOW },
        status,
      }),
      deadlineAt: NOW,
    });
    await api.filter([ADA], { campaign: 'spring' });
    const { items } = (await recipients(api, { outcome: 'not-sent' })).body;
    expect(items).toMatchObject([{ id: key.addressHash, address: null, erased: true }]);
  });

  test('whose rows have expired are not shown, and the campaign is still known', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    api.time.now += 401 * DAY_IN_MS;
    expect((await recipients(api, { outcome: 'bounced' })).body).toEqual({ items: [] });
    expect((await read(api)).body.counts.bounced.total).toBe(0);
  });

  test('who were there throughout are shown once, while bounces arrive', async () => {
    const api = await createRegisteredApi();
    const early = Array.from({ length: 20 }, (_, index) => `early-${index}@example.com`);
    await api.record(...early.map((address) => bounceFor('policy', address)));
    const items = await allOf(api, RECIPIENTS, {
      query: { outcome: 'bounced', limit: '3' },
      async between(page) {
        const again = bounceFor('policy', early[page % 20] ?? ADA, { sentAt: NOW + page });
        if (page <= 5) await api.record(bounceFor('policy', `late-${page}@example.com`), again);
      },
    });
    const seen = items.map(({ address }) => address);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(early));
  });

  test.each<[string, Query]>([
    ['without an outcome', {}],
    ['of another outcome', { outcome: 'delivered' }],
    ['of an unknown reason', { outcome: 'bounced', reason: 'none' }],
    ['in pages of none', { outcome: 'bounced', limit: '0' }],
    ['in pages too long', { outcome: 'bounced', limit: '1001' }],
  ])('%s are a problem', async (_, query) => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    expectProblem(await recipients(api, query), { status: 400, code: 'invalid_request' });
  });
});

describe('a cursor', () => {
  async function scene() {
    const api = await createRegisteredApi();
    await api.register({}, 'other');
    for (const account of [ACCOUNT, 'other']) {
      for (const campaign of ['spring', 'summer']) {
        await api.record(
          bounceFor('policy', ADA, { account, campaign }),
          bounceFor('mailbox_full', BOB, { account, campaign }),
        );
      }
    }
    const { body } = await recipients(api, { outcome: 'bounced', limit: '1' });
    expect(body.cursor).toEqual(expect.any(String));
    return { api, cursor: body.cursor as string };
  }

  test.each<[string, { account?: string; campaign?: string; query?: Query }]>([
    ['another account', { account: 'other' }],
    ['another campaign', { campaign: 'summer' }],
    ['another outcome', { query: { outcome: 'not-sent' } }],
    ['another reason', { query: { outcome: 'bounced', reason: 'policy' } }],
  ])('of the recipients is refused for %s', async (_, other) => {
    const { api, cursor } = await scene();
    const asked = { campaign: 'spring', query: { outcome: 'bounced' }, ...other };
    const query = { ...asked.query, cursor };
    expectProblem(await api.call(RECIPIENTS, { ...asked, query }), { status: 400, code: 'invalid_cursor' });
    expect((await recipients(api, { outcome: 'bounced', cursor })).body.items).toHaveLength(1);
  });

  test('of another list is refused', async () => {
    const { api, cursor } = await scene();
    expectProblem(await api.call(CAMPAIGNS, { query: { cursor } }), { status: 400, code: 'invalid_cursor' });
  });

  test('that was changed is refused', async () => {
    const { api, cursor } = await scene();
    for (const changed of [cursor.slice(1), `${cursor}A`, cursor.replace(/.$/, '!')]) {
      const reply = await recipients(api, { outcome: 'bounced', cursor: changed });
      expectProblem(reply, { status: 400, code: 'invalid_cursor' });
    }
  });
});

describe('what cannot be read', () => {
  const busy = () => Promise.reject(new UnavailableError('busy'));

  test.each([
    ['the rows', { listRows: busy }],
    ['the addresses', { readRecords: busy }],
    ['the campaign', { findCampaign: busy }],
  ])('%s: 503', async (_, double) => {
    const { twin, record } = await createRegisteredApi();
    await record(bounceFor('policy', ADA));
    const api = createApi({ double: () => ({ ...twin, ...double }) });
    expectProblem(await recipients(api, { outcome: 'bounced' }), { status: 503, code: 'try_again' });
  });

  test.each([CAMPAIGNS, CAMPAIGN, RECIPIENTS])(
    '%s of an account that nobody registered: 404',
    async (routeKey) => {
      const call = { account: 'nobody', campaign: 'spring', query: { outcome: 'bounced' } };
      expectProblem(await createApi().call(routeKey, call), { status: 404, code: 'unknown_account' });
    },
  );
});
