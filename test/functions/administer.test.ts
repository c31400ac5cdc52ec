import { describe, expect, test } from '@jest/globals';
import type { Verification } from '../../lib/policy/account.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { tokenWith } from '../http/events.ts';
import {
  ACCOUNT,
  type Api,
  createApi,
  createRegisteredApi,
  expectProblem,
  GET_ACCOUNT,
  NOW,
  PUT_ACCOUNT,
} from './api-harness.ts';
import { bounceFor } from './notifications.ts';

const ADA = 'ada@example.com';
const QUOTA = { month: '2026-11', limit: 10, used: 0, remaining: 10, resetsAt: '2026-12-01T00:00:00.000Z' };

const identity = (name: string, verification: Verification = 'verified', checkedAt = NOW) => ({
  name,
  verification,
  checkedAt: toIso(checkedAt),
});
const get = async (api: Api, account = ACCOUNT) => await api.call(GET_ACCOUNT, { account });

describe('PUT', () => {
  test('registers, and shows what GET shows', async () => {
    const api = createApi();
    expectProblem(await get(api), { status: 404, code: 'unknown_account' });
    const put = await api.register({ contacts: 1_200, sendingIdentities: ['acme.example'] });
    expect(put.status).toBe(200);
    expect(put.body).toEqual({
      account: ACCOUNT,
      contacts: 1_200,
      sendingIdentities: [identity('acme.example')],
      unbounceQuota: { ...QUOTA, limit: 24, remaining: 24 },
    });
    expect((await get(api)).body).toEqual(put.body);
  });

  test('of nothing registers all the same', async () => {
    const api = createApi();
    const { status, body } = await api.register({});
    expect(status).toBe(200);
    expect(body).toEqual({ account: ACCOUNT, contacts: null, sendingIdentities: [], unbounceQuota: QUOTA });
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ['nothing', {}, {}],
    ['null', { contacts: null, sendingIdentities: null }, {}],
    ['contacts alone', { contacts: 7 }, { contacts: 7 }],
    [
      'identities alone',
      { sendingIdentities: ['b.example'] },
      { sendingIdentities: [identity('b.example')] },
    ],
    ['an empty list', { sendingIdentities: [] }, { sendingIdentities: [] }],
    ['members that nobody knows', { colour: 'red' }, {}],
  ])('that says %s leaves the rest as it is', async (_, body, changes) => {
    const api = createApi();
    const before = await api.register({ contacts: 500, sendingIdentities: ['a.example'] });
    expect((await api.register(body)).body).toEqual({ ...before.body, ...changes });
  });

  test('keeps identities in their one spelling, each once, in order', async () => {
    const api = createApi();
    const sendingIdentities = [
      ' ACME.example. ',
      'b\u00fccher.example',
      'News@Acme.Example',
      'acme.example',
      'news@acme.example',
    ];
    const names = (await api.register({ sendingIdentities })).body.sendingIdentities.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(['acme.example', 'xn--bcher-kva.example', 'news@acme.example']);
  });

  test('sets the default account up, which counts as registered without', async () => {
    const api = createApi();
    expect((await get(api, 'default')).body).toMatchObject({ contacts: null, sendingIdentities: [] });
    await api.register({ contacts: 1_000 }, 'default');
    expect((await get(api, 'default')).body).toMatchObject({ contacts: 1_000, unbounceQuota: { limit: 20 } });
  });

  test('shows what is used of the quota', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    await api.unbounce(ADA);
    expect((await api.register({})).body.unbounceQuota).toEqual({ ...QUOTA, used: 1, remaining: 9 });
  });

  test.each(['a', 'A-b_9', 'x'.repeat(64), '0'])('takes %s as an account', async (account) => {
    expect((await createApi().register({}, account)).status).toBe(200);
  });
});

describe('the list of accounts', () => {
  const ACCOUNTS = 'GET /v1/accounts';
  const namesIn = ({ items }: { items: { account: string }[] }) => items.map(({ account }) => account);

  test('has the default account first, and then all that somebody registered, each once', async () => {
    const api = createApi();
    expect((await api.call(ACCOUNTS)).body).toEqual({ items: [{ account: 'default' }] });
    for (const account of ['shop', 'default', 'news', 'shop']) await api.register({}, account);
    expect((await api.call(ACCOUNTS)).body).toEqual({
      items: [{ account: 'default' }, { account: 'news' }, { account: 'shop' }],
    });
  });

  test('has pages', async () => {
    const api = createApi();
    for (const account of ['a', 'b', 'c']) await api.register({}, account);
    const first = (await api.call(ACCOUNTS, { query: { limit: '2' } })).body;
    const second = (await api.call(ACCOUNTS, { query: { limit: '2', cursor: first.cursor } })).body;
    expect([namesIn(first), namesIn(second)]).toEqual([['default', 'a', 'b'], ['c']]);
    expect(second.cursor).toBeUndefined();
  });

  test('is read by operators alone', async () => {
    const api = createApi();
    const authorizer = tokenWith({ scope: 'suppressions:read', account: 'default' });
    expectProblem(await api.call(ACCOUNTS, { authorizer }), { status: 403, code: 'forbidden' });
  });
});

describe('a sending identity', () => {
  test.each<[Verification, string[]]>([
    ['verified', []],
    ['not_checked', []],
    ['unverified', ['U7']],
  ])('that is %s leaves an unbounce with %j', async (verification, refusals) => {
    const api = createApi({ verify: async () => verification });
    const { body } = await api.register();
    expect(body.sendingIdentities).toEqual([identity('acme.example', verification)]);
    expect((await api.filter([])).body.unbounce).toEqual({ refusals });
  });

  test('is asked about again at every PUT, also where it is not named', async () => {
    const answers: Verification[] = ['unverified', 'verified'];
    const api = createApi({ verify: async () => answers.shift() ?? 'unverified' });
    await api.register();
    api.time.now = NOW + DAY_IN_MS;
    const { sendingIdentities } = (await api.register({})).body;
    expect(sendingIdentities).toEqual([identity('acme.example', 'verified', NOW + DAY_IN_MS)]);
    expect((await api.filter([])).body.unbounce).toEqual({ refusals: [] });
  });

  test('of another account is refused by its name, and nothing changes', async () => {
    const api = await createRegisteredApi();
    await api.register({ contacts: 5 }, 'other');
    const sendingIdentities = ['free.example', 'acme.example'];
    const reply = await api.register({ contacts: 6, sendingIdentities }, 'other');
    expectProblem(reply, { status: 409, code: 'identity_taken' });
    expect(reply.body.detail).toMatch(/acme\.example/);
    expect(reply.body.detail).not.toMatch(/free\.example/);
    expect((await get(api, 'other')).body).toMatchObject({ contacts: 5, sendingIdentities: [] });
    expect((await api.register({ sendingIdentities: ['free.example'] })).status).toBe(200);
  });

  test('is free again once its account has left it out', async () => {
    const api = await createRegisteredApi();
    await api.register({ sendingIdentities: [] });
    expect((await api.register({ sendingIdentities: ['acme.example'] }, 'other')).status).toBe(200);
  });

  test('assigns mail that carries no tag to its account', async () => {
    const api = await createRegisteredApi();
    const sent = bounceFor('policy', ADA);
    const source = 'news@mail.acme.example';
    await api.record({ ...sent, mail: { ...(sent['mail'] as object), source, tags: {} } });
    expect((await api.filter([ADA])).body.send).toEqual([]);
  });
});

describe('a bad request is a problem', () => {
  const names = (amount: number) => Array.from({ length: amount }, (_, index) => `s${index}.example`);

  test.each<[string, unknown, string]>([
    ['no body', undefined, 'JSON object'],
    ['a list', [], 'JSON object'],
    ['text', '"acme.example"', 'JSON object'],
    ['contacts below nothing', { contacts: -1 }, '"contacts"'],
    ['contacts in parts', { contacts: 1.5 }, '"contacts"'],
    ['contacts as text', { contacts: '100' }, '"contacts"'],
    ['contacts beyond the world', { contacts: 1_000_000_001 }, '"contacts"'],
    ['contacts without end', '{"contacts": 1e999}', '"contacts"'],
    ['identities as text', { sendingIdentities: 'acme.example' }, '"sendingIdentities"'],
    ['identities as an object', { sendingIdentities: { 0: 'acme.example' } }, '"sendingIdentities"'],
    ['too many identities', { sendingIdentities: names(41) }, '"sendingIdentities"'],
    ['an identity that is no text', { sendingIdentities: ['a.example', null] }, '"sendingIdentities[1]"'],
    ['an identity that is no domain', { sendingIdentities: ['no domain'] }, '"sendingIdentities[0]"'],
    ['an empty identity', { sendingIdentities: ['a.example', ''] }, '"sendingIdentities[1]"'],
    ['an identity that is no address', { sendingIdentities: ['a@b@c'] }, '"sendingIdentities[0]"'],
    ['an IP address', { sendingIdentities: ['192.0.2.1'] }, '"sendingIdentities[0]"'],
  ])('that names what is wrong: %s', async (_, body, named) => {
    const api = createApi();
    const reply = await api.call(PUT_ACCOUNT, { body });
    expectProblem(reply, { status: 400, code: 'invalid_request' });
    expect(reply.body.detail).toContain(named);
    expect((await get(api)).status).toBe(404);
  });

  test('but not forty identities', async () => {
    const api = createApi();
    expect((await api.register({ sendingIdentities: names(40) })).body.sendingIdentities).toHaveLength(40);
  });
});

describe('another writer, or nobody who answers', () => {
  test('a PUT that was not the first is decided again from what the first has written', async () => {
    const rivals: unknown[] = [];
    const api: Api = await createRegisteredApi({
      double: (twin) => ({
        async saveAccount(change, deadlineAt) {
          const rival = rivals.pop();
          if (rival !== undefined) await api.register(rival);
          return await twin.saveAccount(change, deadlineAt);
        },
      }),
    });
    rivals.push({ contacts: 900 });
    const { body } = await api.register({ sendingIdentities: ['b.example'] });
    expect(body).toMatchObject({ contacts: 900, sendingIdentities: [identity('b.example')] });
  });

  test('is given up at the deadline: 503, and nothing has changed', async () => {
    const api: Api = createApi({
      double: () => ({
        async saveAccount() {
          api.time.now += 6_000;
          return { outcome: 'lost' };
        },
      }),
    });
    expectProblem(await api.register(), { status: 503, code: 'try_again' });
    expect(api.time.now - NOW).toBe(24_000);
    expectProblem(await get(api), { status: 404, code: 'unknown_account' });
  });

  test('a SES that does not answer leaves everything as it was: 503', async () => {
    const deadlines: number[] = [];
    const api = createApi({
      async verify(_name, deadlineAt) {
        deadlines.push(deadlineAt);
        throw new UnavailableError('SES is busy.');
      },
    });
    expectProblem(await api.register(), { status: 503, code: 'try_again' });
    expectProblem(await get(api), { status: 404, code: 'unknown_account' });
    expect(deadlines).toEqual([NOW + 20_000]);
  });
});
