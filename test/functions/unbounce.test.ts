import { describe, expect, test } from '@jest/globals';
import type { UnbounceRule } from '../../lib/policy/refusal.ts';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { MemoryStore } from '../../lib/store/memory-store.ts';
import type { UnbounceStore } from '../../lib/store/port.ts';
import { tokenWith } from '../http/events.ts';
import { aStatus } from '../policy/builders.ts';
import {
  ACCOUNT,
  type Api,
  type ApiOptions,
  createApi,
  createRegisteredApi,
  expectProblem,
  NOW,
  type Reply,
} from './api-harness.ts';
import { bounceFor, echoOf } from './notifications.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const KEY = { account: ACCOUNT, addressHash: addressHash(ADA) };
const CONFIRMED = { confirmedValid: true };
const BY = 'arn:aws:iam::111122223333:role/app';
const RESETS_AT = '2026-12-01T00:00:00.000Z';
const GLOBAL = { declaredAt: NOW - DAY_IN_MS, rule: 'G1' };

/** The rules in the order in which the first that fails gives code and status. */
const RULES: readonly [UnbounceRule, number, string][] = [
  ['U8', 400, 'one_address_only'],
  ['U1', 400, 'confirmation_required'],
  ['U2', 404, 'not_suppressed'],
  ['U4', 409, 'global_bounce'],
  ['U3', 409, 'reason_not_unbounceable'],
  ['U5', 409, 'already_unbounced_once'],
  ['U7', 409, 'sending_identity_not_connected'],
  ['U6', 429, 'quota_exhausted'],
];

async function apiWithBouncedAda(options: ApiOptions = {}): Promise<Api> {
  const api = await createRegisteredApi(options);
  await api.record(bounceFor('policy', ADA));
  return api;
}

/** A mail sent now bounces, and is reported an hour later. */
async function bounceAgain(api: Api, reason: 'policy' | 'unknown_user' = 'policy'): Promise<void> {
  const sentAt = api.time.now + 1;
  api.time.now += HOUR_IN_MS;
  await api.record(bounceFor(reason, ADA, { sentAt }));
}

function rulesOf({ body }: Reply): string[] {
  return body.refusals?.map(({ rule }: { rule: string }) => rule) ?? [];
}

/** What may be looked at from outside and must not change by a refusal. */
async function stateOf({ twin }: Api) {
  const used = await twin.readUsed({ account: ACCOUNT, month: '2026-11', deadlineAt: NOW });
  return { used, ledger: [...twin.ledger], ...(await twin.readAddress(KEY, NOW)) };
}

describe('a granted unbounce', () => {
  test('answers who, when, with which evidence, what is left and what still blocks', async () => {
    const api = await apiWithBouncedAda();
    const evidence = { kind: 'phone', note: 'She read us\n the address.\u202e' };
    const reply = await api.unbounce(ADA, { body: { ...CONFIRMED, evidence } });
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(reply.body).toEqual({
      address: ADA,
      unbouncedAt: toIso(NOW),
      by: BY,
      evidence: { kind: 'phone', note: 'She read us the address.' },
      quota: { month: '2026-11', limit: 10, used: 1, remaining: 9, resetsAt: RESETS_AT },
      layers: {
        own: 'clear',
        global: 'clear',
        sesAccountList: 'unknown',
        sesGlobalList: 'unknown',
        sesValidation: 'unknown',
      },
      identityCheck: 'verified',
    });
    expect(api.twin.ledger).toMatchObject([{ ...KEY, unbounce: { by: BY, unbouncedAt: NOW } }]);
    expect(api.telemetry.counted('UnbounceGranted')).toBe(1);
    expect(api.telemetry.measured('UnbounceQuotaLeft')).toBe(9);
  });

  test('names the subject of a token as who did it', async () => {
    const api = await apiWithBouncedAda();
    const authorizer = tokenWith({ sub: 'anna', scope: 'suppressions:unbounce', account: ACCOUNT });
    expect((await api.unbounce(ADA, { authorizer })).body.by).toBe('anna');
  });

  test('says when nobody checked the sending identity', async () => {
    const api = await apiWithBouncedAda({ verify: async () => 'not_checked' });
    expect((await api.unbounce(ADA)).body.identityCheck).toBe('not_checked');
  });

  test.each([
    ['its own spelling', ADA, ADA],
    ['another spelling', ADA, 'Ada@EXAMPLE.com'],
    ['its id', ADA, addressHash(ADA)],
    ['base64url', ADA, `~${Buffer.from('ADA@example.com').toString('base64url')}`],
    ['a slash', 'a/b@x.com', 'a/b@x.com'],
    ['a slash in base64url', 'a/b@x.com', `~${Buffer.from('a/b@x.com').toString('base64url')}`],
    ['a percent sign', '50%off@x.com', '50%off@x.com'],
    ['a percent sign in base64url', '50%off@x.com', `~${Buffer.from('50%off@x.com').toString('base64url')}`],
  ])('finds the address by %s', async (_, address, path) => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', address));
    expect(await api.unbounce(path)).toMatchObject({ status: 200, body: { address } });
    expect((await api.filter([address])).body.send).toEqual([address]);
  });

  test('is the only one: mail in flight changes nothing, the next hard bounce holds for good', async () => {
    const api = await apiWithBouncedAda();
    await api.unbounce(ADA);
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);

    const granted = await stateOf(api);
    api.time.now += HOUR_IN_MS;
    await api.record(bounceFor('unknown_user', ADA, { sentAt: NOW }));
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);
    expect((await stateOf(api)).status).toEqual(granted.status);

    await bounceAgain(api);
    const [held] = (await api.filter([ADA])).body.notSent;
    expect(held).toMatchObject({ rule: 'P2', until: null, unbounce: { allowed: false, refusals: ['U5'] } });
    expectProblem(await api.unbounce(ADA), { status: 409, code: 'already_unbounced_once', rules: ['U5'] });
  });

  test('is one of this account alone', async () => {
    const api = await apiWithBouncedAda();
    await api.register({ sendingIdentities: ['other.example'] }, 'other');
    await api.record(bounceFor('policy', ADA, { account: 'other' }));
    await api.unbounce(ADA);
    expect((await api.filter([ADA], { account: 'other' })).body.send).toEqual([]);
    expect((await api.quota('other')).body.used).toBe(0);
    expect((await api.unbounce(ADA, { account: 'other' })).status).toBe(200);
  });
});

describe('every failing condition is told at once', () => {
  /** An API where exactly these conditions of an unbounce of Ada fail, and the body to send. */
  async function refusing(rules: ReadonlySet<UnbounceRule>) {
    const quota = { isUsedUp: false };
    const api = await createRegisteredApi({
      double: (twin) => ({ readUsed: async (query) => (quota.isUsedUp ? 10 : await twin.readUsed(query)) }),
    });
    if (rules.has('U5')) {
      await api.record(bounceFor('policy', ADA));
      await api.unbounce(ADA);
    }
    if (!rules.has('U2')) await bounceAgain(api, rules.has('U3') ? 'unknown_user' : 'policy');
    if (rules.has('U4'))
      api.twin.putStatus(KEY.addressHash, { ...(await stateOf(api)).status, global: GLOBAL });
    if (rules.has('U7')) await api.register({ sendingIdentities: [] });
    quota.isUsedUp = rules.has('U6');
    const body = { ...(rules.has('U1') ? {} : CONFIRMED), ...(rules.has('U8') && { also: BOB }) };
    return { api, body };
  }

  test.each(RULES)('%s is %d %s', async (rule, status, code) => {
    const { api, body } = await refusing(new Set([rule]));
    expectProblem(await api.unbounce(ADA, { body }), { status, code, rules: [rule] });
    expect(api.telemetry.counted('UnbounceRefused', { Rule: rule })).toBe(1);
  });

  test('in every combination, the first in the order giving code and status, and none costs anything', async () => {
    const combinations = allSubsetsOf(RULES).filter((rows) =>
      isPossible(new Set(rows.map(([rule]) => rule))),
    );
    expect(combinations).toHaveLength(155);
    for (const rows of combinations) {
      const rules = rows.map(([rule]) => rule);
      const [, status, code] = rows[0] as (typeof RULES)[number];
      const { api, body } = await refusing(new Set(rules));
      const before = await stateOf(api);
      expectProblem(await api.unbounce(ADA, { body }), { status, code, rules });
      expect(await stateOf(api)).toEqual(before);
    }
  });

  /** What is not suppressed has no reason; what was unbounced and is not suppressed is a repetition. */
  function isPossible(rules: ReadonlySet<UnbounceRule>): boolean {
    const isFormal = rules.has('U8') || rules.has('U1');
    return (
      rules.size > 0 &&
      !(rules.has('U2') && (rules.has('U4') || rules.has('U3') || (rules.has('U5') && !isFormal)))
    );
  }
});

function allSubsetsOf<T>(list: readonly T[]): T[][] {
  return Array.from({ length: 2 ** list.length }, (_, bits) =>
    list.filter((_, index) => (bits >> index) & 1),
  );
}

describe('U1: the confirmation', () => {
  test.each([[undefined], [null], [false], ['true'], [1], [[true]], [{}]])(
    'is not %j',
    async (confirmedValid) => {
      const api = await apiWithBouncedAda();
      const reply = await api.unbounce(ADA, { body: { confirmedValid } });
      expectProblem(reply, { status: 400, code: 'confirmation_required', rules: ['U1'] });
    },
  );

  test.each([[''], ['null'], ['true'], ['"ada@example.com"']])('is not in the body %j', async (body) => {
    const api = await apiWithBouncedAda();
    const reply = await api.unbounce(ADA, { body });
    expectProblem(reply, { status: 400, code: 'confirmation_required', rules: ['U1'] });
  });
});

describe('U8: one address a request', () => {
  const deep = { list: { of: [{ people: [{ name: 'Bob', mail: `Bob <${BOB}>` }] }] } };

  test.each<[string, Record<string, unknown>]>([
    ['an address', { address: BOB }],
    ['a list', { addresses: [BOB] }],
    ['a list with the same one in it', { addresses: [ADA, BOB] }],
    ['something deep', deep],
    ['a list in one text', { addresses: `${ADA}, ${BOB}` }],
    ['a list in lines', { addresses: `${ADA}\r\nBob <${BOB}>` }],
    ['its name', { [BOB]: true }],
  ])('a member that names another by %s is refused', async (_, members) => {
    const api = await apiWithBouncedAda();
    for (const path of [ADA, addressHash(ADA)]) {
      const reply = await api.unbounce(path, { body: { ...CONFIRMED, ...members } });
      expectProblem(reply, { status: 400, code: 'one_address_only', rules: ['U8'] });
    }
  });

  test.each([[[]], [[CONFIRMED]], [[ADA]]])('the list %j is refused', async (body) => {
    const api = await apiWithBouncedAda();
    const reply = await api.unbounce(ADA, { body });
    expectProblem(reply, { status: 400, code: 'one_address_only', rules: ['U8', 'U1'] });
  });

  test.each<[string, Record<string, unknown>]>([
    ['the same address again', { address: ' ADA@example.com' }],
    ['the same address deep inside', { contact: { mails: [ADA] } }],
    ['words', { requestedBy: 'Bob at example.com', ticket: 42, urgent: null }],
    ['evidence from somebody else', { evidence: { kind: 'replied', note: BOB } }],
  ])('%s is no other', async (_, members) => {
    for (const path of [ADA, addressHash(ADA)]) {
      const api = await apiWithBouncedAda();
      expect((await api.unbounce(path, { body: { ...CONFIRMED, ...members } })).status).toBe(200);
    }
  });
});

describe('U6: the quota', () => {
  async function unbounceMany(api: Api, amount: number): Promise<Reply[]> {
    const addresses = Array.from({ length: amount }, (_, index) => `person-${index}@example.com`);
    await api.record(...addresses.map((address) => bounceFor('policy', address)));
    return await Promise.all(addresses.map((address) => api.unbounce(address)));
  }

  test('the eleventh unbounce of the month is refused and says when the month ends', async () => {
    const api = await apiWithBouncedAda();
    const replies = await unbounceMany(api, 10);
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const reply = await api.unbounce(ADA);
    expectProblem(reply, { status: 429, code: 'quota_exhausted', rules: ['U6'] });
    const untilReset = 7.5 * 24 * 3600;
    expect(reply).toMatchObject({
      headers: { 'retry-after': String(untilReset) },
      body: { resetsAt: RESETS_AT, refusals: [{ resetsAt: RESETS_AT }] },
    });
  });

  test('of thirty at once exactly ten are granted', async () => {
    const api = await createRegisteredApi();
    const replies = await unbounceMany(api, 30);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(20);
    expect(api.twin.ledger).toHaveLength(10);
  });

  test('is live: more contacts in mid-month raise it, fewer below what is used only block', async () => {
    const api = await apiWithBouncedAda();
    await api.register({ contacts: 600 });
    await unbounceMany(api, 11);
    await api.register({ contacts: 0 });
    expect(rulesOf(await api.unbounce(ADA))).toEqual(['U6']);
    await api.register({ contacts: 600 });
    const { quota } = (await api.unbounce(ADA)).body;
    expect(quota).toMatchObject({ limit: 12, used: 12, remaining: 0 });
  });

  test('belongs to the month in which the request was received, however long it takes', async () => {
    const lastMoment = Date.parse(RESETS_AT) - 1;
    const api: Api = await apiWithBouncedAda({
      now: lastMoment,
      double: (twin) => ({
        grantUnbounce: (write) => {
          api.time.now += 2;
          return twin.grantUnbounce(write);
        },
      }),
    });
    expect((await api.unbounce(ADA)).body).toMatchObject({
      unbouncedAt: toIso(lastMoment),
      quota: { month: '2026-11', used: 1 },
    });
    expect((await api.quota()).body).toMatchObject({ month: '2026-12', used: 0 });
  });

  test('is fresh in the first millisecond of a month', async () => {
    const api = await apiWithBouncedAda();
    await unbounceMany(api, 10);
    api.time.now = Date.parse(RESETS_AT) - 1;
    expect((await api.unbounce(ADA)).headers['retry-after']).toBe('1');
    api.time.now += 1;
    expect((await api.unbounce(ADA)).body.quota).toMatchObject({ month: '2026-12', used: 1 });
  });
});

describe('a repeated unbounce', () => {
  test('answers the stored grant and costs nothing', async () => {
    const api = await apiWithBouncedAda();
    const first = await api.unbounce(ADA);
    api.time.now += DAY_IN_MS;
    const again = await api.unbounce(ADA, { body: { ...CONFIRMED, evidence: { kind: 'other' } } });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await stateOf(api)).used).toBe(1);
    expect(api.telemetry.counted('UnbounceRepeated')).toBe(1);
  });

  test('of fifty at once costs one', async () => {
    const api = await apiWithBouncedAda();
    const replies = await Promise.all(Array.from({ length: 50 }, () => api.unbounce(ADA)));
    expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect((await stateOf(api)).used).toBe(1);
    expect(api.twin.ledger).toHaveLength(1);
  });

  test('goes before the rules that its own grant has broken', async () => {
    const api = await apiWithBouncedAda();
    await api.unbounce(ADA);
    await api.register({ sendingIdentities: [] });
    expect((await api.unbounce(ADA)).status).toBe(200);
  });

  test('goes after U8 and U1', async () => {
    const api = await apiWithBouncedAda();
    await api.unbounce(ADA);
    const unconfirmed = await api.unbounce(ADA, { body: {} });
    expectProblem(unconfirmed, { status: 400, code: 'confirmation_required', rules: ['U1', 'U2', 'U5'] });
    const list = await api.unbounce(ADA, { body: { ...CONFIRMED, also: BOB } });
    expectProblem(list, { status: 400, code: 'one_address_only', rules: ['U8', 'U2', 'U5'] });
  });

  test('after another bounce is refused, but for the key of the grant', async () => {
    const api = await apiWithBouncedAda();
    const headers = { 'Idempotency-Key': 'order-1' };
    const first = await api.unbounce(ADA, { headers });
    await bounceAgain(api);
    expect((await api.unbounce(ADA, { headers })).body).toMatchObject({
      unbouncedAt: first.body.unbouncedAt,
    });
    expect(rulesOf(await api.unbounce(ADA, { headers: { 'idempotency-key': 'order-2' } }))).toEqual(['U5']);
    expect(rulesOf(await api.unbounce(ADA))).toEqual(['U5']);
  });

  test('after another bounce is refused where nobody gave a key, or an empty one', async () => {
    const api = await apiWithBouncedAda();
    const headers = { 'idempotency-key': '' };
    await api.unbounce(ADA, { headers });
    await bounceAgain(api);
    expect(rulesOf(await api.unbounce(ADA, { headers }))).toEqual(['U5']);
  });
});

describe('an unbounce of what only a layer blocks', () => {
  async function apiWithEcho(subType: string, options: ApiOptions = {}): Promise<Api> {
    const api = await createRegisteredApi(options);
    await api.register({}, 'other');
    await api.record(echoOf(subType, ADA));
    return api;
  }

  test.each([
    ['is unknown where nobody asks SES', false, 'unknown', 'P1'],
    ['is pending until SES confirms, and blocks so long', true, 'pending', 'P5'],
  ])("SES's account list %s", async (_, asksSes, state, rule) => {
    const api = await apiWithEcho('OnAccountSuppressionList', { asksSes });
    expect((await api.unbounce(ADA)).body).toMatchObject({
      address: ADA,
      quota: { used: 1 },
      layers: { own: 'clear', sesAccountList: state },
    });
    expect((await api.look(ADA)).body).toMatchObject({ verdict: rule });
    expect((await api.unbounce(ADA)).status).toBe(200);
    expect((await stateOf(api)).used).toBe(1);
  });

  test('is lifted for this account alone, where SES had only called it invalid', async () => {
    const api = await apiWithEcho('EmailValidationSuppressed');
    expect((await api.unbounce(ADA)).status).toBe(200);
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);
    expect((await api.filter([ADA], { account: 'other' })).body.send).toEqual([]);
  });

  test("is refused where SES's own global list blocks too", async () => {
    const api = await apiWithEcho('EmailValidationSuppressed');
    await api.record(echoOf('Suppressed', ADA));
    expectProblem(await api.unbounce(ADA), { status: 409, code: 'reason_not_unbounceable', rules: ['U3'] });
  });

  test('writes an item that is not listed and knows its address', async () => {
    const api = await apiWithEcho('OnAccountSuppressionList');
    await api.unbounce(ADA);
    expect((await api.call('GET /v1/accounts/{account}/suppressions')).body).toEqual({ items: [] });
    expect((await api.look(addressHash(ADA))).body).toMatchObject({
      address: ADA,
      unbounce: { granted: { by: BY, unbouncedAt: toIso(NOW) } },
    });
  });

  test('writes no address of a person who was erased', async () => {
    const { status } = await stateOf(await apiWithEcho('OnAccountSuppressionList'));
    const api = await createRegisteredApi();
    api.twin.putStatus(KEY.addressHash, { ...status, erasedAt: NOW });
    expect((await api.unbounce(ADA)).status).toBe(200);
    expect((await stateOf(api)).record.address).toBeNull();
  });
});

describe('a grant that is not the first to be written', () => {
  type Write = Parameters<UnbounceStore['grantUnbounce']>[0];
  type Twist = (api: Api, twin: MemoryStore, write: Write) => unknown;

  /** Ada's API, in which something happens right before the first grant is written. */
  async function apiWithTwist(twist: Twist) {
    const writes: Write[] = [];
    const api: Api = await apiWithBouncedAda({
      double: (twin) => ({
        async grantUnbounce(write) {
          if (writes.push(write) === 1) await twist(api, twin, write);
          return await twin.grantUnbounce(write);
        },
      }),
    });
    return { api, writes };
  }

  test.each<[string, Twist, string[]]>([
    [
      'another account wrote the status',
      (api) => api.record(bounceFor('policy', ADA, { account: 'default' })),
      [],
    ],
    ['somebody set the account up anew', (api) => api.register({ contacts: 700 }), []],
    ['the answer to the same write was lost', (_api, twin, write) => twin.grantUnbounce(write), []],
    [
      'it became a global bounce',
      async (api, twin) =>
        twin.putStatus(KEY.addressHash, { ...(await stateOf(api)).status, global: GLOBAL }),
      ['U4'],
    ],
    ['the mailbox is reported dead', (api) => api.record(bounceFor('unknown_user', ADA)), ['U3']],
    ['the identity was taken away', (api) => api.register({ sendingIdentities: [] }), ['U7']],
  ])('is decided again: %s', async (_, twist, rules) => {
    const { api, writes } = await apiWithTwist(twist);
    const reply = await api.unbounce(ADA);
    expect(reply.status).toBe(rules.length === 0 ? 200 : 409);
    expect(rulesOf(reply)).toEqual(rules);
    expect(writes.length).toBeGreaterThan(0);
    expect((await stateOf(api)).used).toBe(rules.length === 0 ? 1 : 0);
  });

  test('is decided again: the last of the quota went to somebody else', async () => {
    const { api } = await apiWithTwist(async ({ unbounce }) => {
      for (const address of others) await unbounce(address);
    });
    const others = Array.from({ length: 10 }, (_, index) => `person-${index}@example.com`);
    await api.record(...others.map((address) => bounceFor('policy', address)));
    expect(rulesOf(await api.unbounce(ADA))).toEqual(['U6']);
    expect((await stateOf(api)).used).toBe(10);
  });

  test('is given up at the deadline: 503, and nothing has changed', async () => {
    const api: Api = await apiWithBouncedAda({
      double: () => ({
        async grantUnbounce() {
          api.time.now += 3_000;
          return { outcome: 'lost', lost: ['status_as_read'] };
        },
      }),
    });
    const before = await stateOf(api);
    const reply = await api.unbounce(ADA);
    expectProblem(reply, { status: 503, code: 'try_again' });
    expect(reply.headers['retry-after']).toBe('1');
    expect(api.time.now - NOW).toBe(21_000);
    expect(await stateOf(api)).toEqual(before);
  });

  test.each(['readAddress', 'readAccount', 'readUsed', 'grantUnbounce'] as const)(
    'is not written when %s has no answer: 503',
    async (method) => {
      const unavailable = async () => {
        throw new UnavailableError('busy');
      };
      const outage = { isOn: false };
      const api = await apiWithBouncedAda({
        double: (twin) => ({
          [method]: (...query: never[]) =>
            outage.isOn ? unavailable() : (twin[method] as (...query: never[]) => unknown)(...query),
        }),
      });
      const before = await stateOf(api);
      outage.isOn = true;
      expectProblem(await api.unbounce(ADA), { status: 503, code: 'try_again' });
      expect(await stateOf(api)).toEqual(before);
    },
  );
});

describe('a bad request is a problem', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', '{"confirmedValid": true', 'body_not_json'],
    ['nested too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 'invalid_request'],
    ['evidence as text', { ...CONFIRMED, evidence: 'phone' }, 'invalid_request'],
    ['evidence as a list', { ...CONFIRMED, evidence: [] }, 'invalid_request'],
    ['evidence without a kind', { ...CONFIRMED, evidence: { note: 'yes' } }, 'invalid_request'],
    ['evidence of an empty kind', { ...CONFIRMED, evidence: { kind: ' ' } }, 'invalid_request'],
    [
      'evidence whose kind is a novel',
      { ...CONFIRMED, evidence: { kind: 'k'.repeat(65) } },
      'invalid_request',
    ],
    ['evidence whose note is no text', { ...CONFIRMED, evidence: { kind: 'k', note: 7 } }, 'invalid_request'],
    [
      'evidence whose note is a novel',
      { ...CONFIRMED, evidence: { kind: 'k', note: 'n'.repeat(1_001) } },
      'invalid_request',
    ],
  ])('%s', async (_, body, code) => {
    const api = await apiWithBouncedAda();
    const before = await stateOf(api);
    expectProblem(await api.unbounce(ADA, { body }), { status: 400, code });
    expect(await stateOf(api)).toEqual(before);
  });

  test('a key too long to be kept', async () => {
    const api = await apiWithBouncedAda();
    const reply = await api.unbounce(ADA, { headers: { 'idempotency-key': 'k'.repeat(256) } });
    expectProblem(reply, { status: 400, code: 'invalid_request' });
  });

  test.each(['nobody', '@', `${ADA},${BOB}`, '~bm9ib2R5', 'x'.repeat(42)])(
    'the address %s',
    async (address) => {
      const api = await createRegisteredApi();
      expectProblem(await api.unbounce(address), { status: 400, code: 'invalid_address' });
    },
  );

  test('an account that nobody registered', async () => {
    expectProblem(await createApi().unbounce(ADA), { status: 404, code: 'unknown_account' });
  });

  test('an id that nobody has', async () => {
    const api = await createRegisteredApi();
    const reply = await api.unbounce(addressHash('never@seen.example'));
    expectProblem(reply, { status: 404, code: 'not_suppressed', rules: ['U2'] });
  });

  test('a global bounce that only the operator can lift', async () => {
    const api = await createRegisteredApi();
    api.twin.putStatus(KEY.addressHash, aStatus({ global: GLOBAL }));
    const reply = await api.unbounce(ADA);
    expectProblem(reply, { status: 409, code: 'global_bounce', rules: ['U4'] });
    expect(reply.body.detail).toMatch(/operator/);
  });
});
