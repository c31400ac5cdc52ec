import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { writeCursor } from '../../lib/http/cursor.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { aStatus } from '../policy/builders.ts';
import {
  ACCOUNT,
  type Api,
  type Call,
  createApi,
  createRegisteredApi,
  expectProblem,
  LIST,
  NOW,
  QUOTA,
} from './api-harness.ts';
import { bouncedAt, bounceFor, complaintOf, echoOf, strikesOf } from './notifications.ts';

const ADA = 'ada@example.com';
const ID = addressHash(ADA);
const KEY = { account: ACCOUNT, addressHash: ID };
const YESTERDAY = NOW - DAY_IN_MS;
const QUOTA_ANSWER = {
  month: '2026-11',
  limit: 10,
  used: 0,
  remaining: 10,
  resetsAt: '2026-12-01T00:00:00.000Z',
};
const LAYERS = {
  own: 'clear',
  global: 'clear',
  sesAccountList: 'unknown',
  sesGlobalList: 'unknown',
  sesValidation: 'unknown',
};
const POLICY = loadPolicy();
const BLOCKED = { suppressed: true, verdict: 'P5', reason: null, meaning: null, advice: null, rule: null };

describe('one address', () => {
  test('is answered with evidence, advice, layers and the dry run', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const { status, body } = await api.look(ADA);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: ID,
      address: ADA,
      erased: false,
      suppressed: true,
      verdict: 'P2',
      reason: 'policy',
      meaning: POLICY.rows.policy.meaning,
      advice: POLICY.rows.policy.advice,
      rule: 'B7',
      policyVersion: POLICY.version,
      suppressedAt: toIso(NOW),
      until: null,
      standing: [{ reason: 'policy', rule: 'B7', until: null }],
      bounces: [
        {
          reason: 'policy',
          permanence: 'permanent',
          rule: expect.stringMatching(/policy/),
          bounceType: 'Permanent',
          bounceSubType: 'General',
          status: '5.7.1',
          diagnostic: 'smtp; 550 5.7.1 message refused by policy',
          campaign: 'spring',
          messageId: `message ${YESTERDAY}`,
          feedbackId: `policy ${ADA} ${toIso(YESTERDAY)}`,
          sentAt: toIso(YESTERDAY),
          bouncedAt: bouncedAt({}),
        },
      ],
      strikes: [],
      layers: { ...LAYERS, own: 'blocked' },
      blockedBy: [],
      unbounce: {
        allowed: true,
        refusals: [],
        granted: null,
        identityCheck: 'verified',
        quota: QUOTA_ANSWER,
      },
    });
  });

  test('that only passes through soft bounces says when it is forgotten, and its strikes', async () => {
    const api = await createRegisteredApi();
    await api.record(...strikesOf(ADA));
    const { body } = await api.look(ADA);
    expect(body).toMatchObject({
      verdict: 'P8',
      rule: 'B3',
      until: '2027-02-20T00:00:00.000Z',
      strikes: [
        { reason: 'mailbox_full', day: '2026-11-03' },
        { reason: 'mailbox_full', day: '2026-11-13' },
        { reason: 'mailbox_full', day: '2026-11-22' },
      ],
    });
    expect(body.bounces.map(({ sentAt }: { sentAt: string }) => sentAt.slice(0, 10))).toEqual([
      '2026-11-22',
      '2026-11-13',
      '2026-11-03',
    ]);
  });

  test('of which nothing is known is 200, not suppressed, with U2 in the dry run', async () => {
    const api = await createRegisteredApi();
    const { status, body } = await api.look('Never@Seen.example');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: addressHash('never@seen.example'),
      address: 'never@seen.example',
      suppressed: false,
      verdict: 'P1',
      reason: null,
      rule: null,
      until: null,
      suppressedAt: null,
      bounces: [],
      layers: LAYERS,
      unbounce: { allowed: false, refusals: [{ rule: 'U2', code: 'not_suppressed' }] },
    });
  });

  test('by an id that nobody has is the same, without an address', async () => {
    const api = await createRegisteredApi();
    const id = addressHash('never@seen.example');
    const { status, body } = await api.look(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, address: null, erased: false, suppressed: false });
  });

  test('is found by every spelling, by base64url and by its id', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const { body } = await api.look(ADA);
    for (const path of ['ADA@Example.com.', `~${Buffer.from('Ada@example.com').toString('base64url')}`, ID]) {
      expect((await api.look(path)).body).toEqual(body);
    }
  });

  test.each<[string, (api: Api) => unknown, Record<string, unknown>, string[]]>([
    [
      'a global bounce',
      (api) => api.twin.putStatus(ID, aStatus({ global: { declaredAt: YESTERDAY, rule: 'G1' } })),
      { ...BLOCKED, verdict: 'P4', layers: { ...LAYERS, global: 'blocked' } },
      ['U4'],
    ],
    [
      "SES's account list",
      (api) => api.record(echoOf('OnAccountSuppressionList', ADA)),
      { ...BLOCKED, until: null, layers: { ...LAYERS, sesAccountList: 'blocked' } },
      [],
    ],
    [
      "SES's global list, which ends by itself",
      (api) => api.record(echoOf('Suppressed', ADA)),
      {
        ...BLOCKED,
        until: '2026-12-06T12:00:05.000Z',
        layers: { ...LAYERS, sesGlobalList: 'blocked' },
        blockedBy: [{ layer: 'sesGlobalList', state: 'blocked', until: '2026-12-06T12:00:05.000Z' }],
      },
      ['U3'],
    ],
    [
      'a failed validation',
      (api) => api.record(echoOf('EmailValidationSuppressed', ADA)),
      { ...BLOCKED, until: '2026-12-22T12:00:05.000Z', layers: { ...LAYERS, sesValidation: 'blocked' } },
      [],
    ],
    [
      'a complaint',
      (api) => api.record(complaintOf([ADA])),
      { suppressed: true, verdict: 'P3', reason: 'complaint', rule: 'B16' },
      ['U3'],
    ],
  ])(
    'blocked by %s tells it, and what stands in the way of an unbounce',
    async (_, arrange, shown, rules) => {
      const api = await createRegisteredApi();
      await arrange(api);
      const { body } = await api.look(ADA);
      expect(body).toMatchObject(shown);
      expect(body.unbounce.allowed).toBe(rules.length === 0);
      expect(body.unbounce.refusals.map(({ rule }: { rule: string }) => rule)).toEqual(rules);
    },
  );

  test('foretells exactly what an attempt meets, quota and identity included', async () => {
    const api = createApi({ double: () => ({ readUsed: async () => 10 }) });
    await api.register({});
    await api.record(bounceFor('unknown_user', ADA));
    const { refusals } = (await api.look(ADA)).body.unbounce;
    const attempt = await api.unbounce(ADA);
    expectProblem(attempt, { status: 409, code: 'reason_not_unbounceable', rules: ['U3', 'U7', 'U6'] });
    expect(refusals).toEqual(attempt.body.refusals);
    expect(refusals[2]).toMatchObject({ code: 'quota_exhausted', resetsAt: QUOTA_ANSWER.resetsAt });
  });

  test('that was unbounced shows the grant, also after it bounced again', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const evidence = { kind: 'phone', note: 'She said so.' };
    await api.unbounce(ADA, { body: { confirmedValid: true, evidence } });
    const granted = { by: 'arn:aws:iam::111122223333:role/app', unbouncedAt: toIso(NOW), evidence };
    expect((await api.look(ADA)).body).toMatchObject({ suppressed: false, unbounce: { granted } });
    api.time.now += HOUR_IN_MS;
    await api.record(bounceFor('policy', ADA, { sentAt: NOW + 1 }));
    expect((await api.look(ADA)).body).toMatchObject({
      suppressed: true,
      unbounce: { granted, allowed: false, refusals: [{ rule: 'U5' }], quota: { used: 1 } },
    });
  });

  test('that was erased keeps its block; only who asks by address sees one, as asked', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    await erase(api);
    const shown = { id: ID, erased: true, suppressed: true };
    expect((await api.look(ID)).body).toMatchObject({ ...shown, address: null });
    expect((await api.look('Ada@Example.com')).body).toMatchObject({ ...shown, address: 'Ada@Example.com' });
    const { items } = (await api.call(LIST)).body;
    expect(items).toMatchObject([{ id: ID, address: null, erased: true }]);
  });
});

async function erase(api: Api): Promise<void> {
  await api.twin.updateAddress(KEY, {
    deadlineAt: NOW,
    change: ({ record, status }) => ({
      record: { ...record, address: null, spellings: [], erasedAt: NOW },
      status: { ...status, erasedAt: NOW },
    }),
  });
}

describe('the list of suppressed addresses', () => {
  const list = (api: Api, query: Record<string, string> = {}, call: Call = {}) =>
    api.call(LIST, { query, ...call });

  /** Five addresses, one a minute; the oldest first. */
  async function apiWithFive(): Promise<{ api: Api; newestFirst: string[] }> {
    const api = await createRegisteredApi();
    const addresses = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);
    for (const [index, address] of addresses.entries()) {
      api.time.now = NOW + index * 60_000;
      await api.record(bounceFor(index % 2 === 0 ? 'policy' : 'unknown_user', address));
    }
    return { api, newestFirst: addresses.reverse() };
  }

  const addressesOf = (items: readonly { address: string }[]) => items.map(({ address }) => address);

  test('is empty at first', async () => {
    const api = await createRegisteredApi();
    expect(await list(api)).toMatchObject({ status: 200, text: '{"items":[]}' });
  });

  test('says of each why, since when and until when', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    expect((await list(api)).body.items).toEqual([
      {
        id: ID,
        address: ADA,
        erased: false,
        reason: 'policy',
        rule: 'B7',
        until: null,
        suppressedAt: toIso(NOW),
        policyVersion: POLICY.version,
        status: '5.7.1',
        bouncedAt: bouncedAt({}),
        campaign: 'spring',
      },
    ]);
  });

  test('is newest first, in pages that end without a cursor', async () => {
    const { api, newestFirst } = await apiWithFive();
    expect(addressesOf((await list(api)).body.items)).toEqual(newestFirst);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { body } = await list(api, { limit: '2', ...(cursor !== undefined && { cursor }) });
      pages.push(addressesOf(body.items));
      cursor = body.cursor;
    } while (cursor !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(newestFirst);
  });

  test('of one reason holds only that; a page may be short and still go on', async () => {
    const { api } = await apiWithFive();
    const { body } = await list(api, { reason: 'unknown_user', limit: '3' });
    expect(addressesOf(body.items)).toEqual(['d@example.com']);
    const rest = await list(api, { reason: 'unknown_user', limit: '3', cursor: body.cursor });
    expect(addressesOf(rest.body.items)).toEqual(['b@example.com']);
    expect(rest.body).not.toHaveProperty('cursor');
    expect((await list(api, { reason: 'spam' })).body).toEqual({ items: [] });
  });

  test('holds both kinds of complaint under one reason', async () => {
    const api = await createRegisteredApi();
    await api.record(complaintOf([ADA]), complaintOf(['bob@example.com', 'carl@example.com']));
    expect((await list(api, { reason: 'complaint' })).body.items).toHaveLength(3);
  });

  test('hides what has ended, to the millisecond', async () => {
    const api = await createRegisteredApi();
    await api.record(...strikesOf(ADA));
    api.time.now = Date.parse('2027-02-19T23:59:59.999Z');
    expect((await list(api)).body.items).toHaveLength(1);
    api.time.now += 1;
    expect((await list(api)).body).toEqual({ items: [] });
  });

  test('is that of one account', async () => {
    const { api } = await apiWithFive();
    await api.register({}, 'other');
    expect((await list(api, {}, { account: 'other' })).body).toEqual({ items: [] });
  });

  test('leaves out what was unbounced, and what only a layer blocks', async () => {
    const { api } = await apiWithFive();
    await api.record(echoOf('Suppressed', 'layer@example.com'));
    await api.unbounce('c@example.com');
    expect(addressesOf((await list(api)).body.items).join()).toBe(
      'e@example.com,d@example.com,b@example.com,a@example.com',
    );
  });

  test('goes on only with its own cursor', async () => {
    const { api } = await apiWithFive();
    await api.register({}, 'other');
    const { cursor } = (await list(api, { limit: '2' })).body;
    const foreign: [Record<string, string>, Call][] = [
      [{ cursor }, { account: 'other' }],
      [{ cursor, reason: 'policy' }, {}],
      [{ cursor: `${cursor}A` }, {}],
      [{ cursor: cursor.slice(1) }, {}],
      [{ cursor: '' }, {}],
    ];
    for (const [query, call] of foreign) {
      expectProblem(await list(api, query, call), { status: 400, code: 'invalid_cursor' });
    }
    expect((await list(api, { cursor, limit: '3' })).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['too little', { addressHash: ID }],
    ['other words', { addressHash: ID, suppressedAt: 'yesterday' }],
    ['another id', { addressHash: 'ada', suppressedAt: toIso(NOW) }],
  ])('does not go on with a cursor that was made up and holds %s', async (_, position) => {
    const api = await createRegisteredApi();
    const cursor = writeCursor({ account: ACCOUNT, list: 'suppressions ' }, position);
    expectProblem(await list(api, { cursor }), { status: 400, code: 'invalid_cursor' });
  });

  test('stays in its account, whatever else a made-up cursor holds', async () => {
    const api = await createRegisteredApi();
    await api.register({}, 'other');
    await api.record(bounceFor('policy', ADA), bounceFor('policy', 'bob@example.com', { account: 'other' }));
    const position = { addressHash: ID, suppressedAt: toIso(NOW + 1), account: 'other', scope: 'status' };
    const cursor = writeCursor({ account: ACCOUNT, list: 'suppressions ' }, position);
    expect(addressesOf((await list(api, { cursor })).body.items)).toEqual([ADA]);
  });

  test.each([
    ['limit', '0'],
    ['limit', '1001'],
    ['limit', '1.5'],
    ['limit', 'many'],
    ['limit', ''],
    ['limit', '10,20'],
    ['reason', 'shared_complaint'],
    ['reason', ''],
    ['reason', 'policy,spam'],
  ])('with the %s "%s" is a problem that names it', async (name, value) => {
    const api = await createRegisteredApi();
    const reply = await list(api, { [name]: value });
    expectProblem(reply, { status: 400, code: 'invalid_request' });
    expect(reply.body.detail).toContain(`"${name}"`);
  });

  test('holds up to 1,000 a page, 100 unless told', async () => {
    const limits: number[] = [];
    const api = await createRegisteredApi({
      double: (twin) => ({
        listSuppressions: (query) => {
          limits.push(query.limit);
          return twin.listSuppressions(query);
        },
      }),
    });
    await list(api);
    await list(api, { limit: '1000' });
    expect(limits).toEqual([100, 1_000]);
  });
});

describe('the quota', () => {
  test.each([
    ['unknown contacts', {}, null, 10],
    ['few', { contacts: 549 }, 549, 10],
    ['some', { contacts: 5_000 }, 5_000, 100],
    ['many', { contacts: 1_000_000 }, 1_000_000, 1_000],
  ])('of %s', async (_, settings, contacts, limit) => {
    const api = await createRegisteredApi();
    await api.register(settings);
    const { status, body } = await api.quota();
    expect(status).toBe(200);
    expect(body).toEqual({ ...QUOTA_ANSWER, limit, remaining: limit, contacts });
  });

  test('never has less than nothing left', async () => {
    const api = await createRegisteredApi({ double: () => ({ readUsed: async () => 12 }) });
    expect((await api.quota()).body).toMatchObject({ limit: 10, used: 12, remaining: 0 });
  });
});

describe('what cannot be answered is a problem', () => {
  test.each([['suppressions/{address}'], ['suppressions'], ['unbounce-quota']])(
    '%s of an account that nobody registered',
    async (path) => {
      const reply = await createApi().call(`GET /v1/accounts/{account}/${path}`, { address: ADA });
      expectProblem(reply, { status: 404, code: 'unknown_account' });
    },
  );

  test.each([
    'nobody',
    '@',
    `${ADA},bob@example.com`,
    '~bm9ib2R5',
    'x'.repeat(42),
    '~_0FkYUBleGFtcGxlLmNvbQ',
  ])('the address %s', async (address) => {
    const api = await createRegisteredApi();
    expectProblem(await api.look(address), { status: 400, code: 'invalid_address' });
  });

  test.each([LIST, QUOTA])('%s while the store has no answer', async (route) => {
    const unread = async () => {
      throw new UnavailableError('busy');
    };
    const api = createApi({ double: () => ({ listSuppressions: unread, readUsed: unread }) });
    expectProblem(await api.call(route, { account: 'default' }), { status: 503, code: 'try_again' });
  });
});

test('an id is the hash of the address and nothing else', () => {
  expect(ID).toBe(hash('sha256', ADA, 'base64url'));
});
