import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { tokenWith } from '../http/events.ts';
import {
  ACCOUNT,
  type Api,
  type ApiOptions,
  createApi,
  ERASE,
  expectProblem,
  LIST,
  NOW,
  RELEASE,
} from './api-harness.ts';
import { bounceFor } from './notifications.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const ID = addressHash(ADA);
const EVIDENCE = { kind: 'replied', note: 'Ada wrote from ada@example.com.' };

const erase = async (api: Api, address = ADA) => await api.call(ERASE, { address });

/** An API with two accounts, in which Ada's address bounced and one of which has unbounced it. */
async function apiWithAda(options: ApiOptions = {}): Promise<Api> {
  const api = createApi(options);
  await api.register();
  await api.register({ sendingIdentities: ['other.example'] }, 'other');
  await api.record(
    bounceFor('policy', 'Ada@Example.com'),
    bounceFor('unknown_user', ADA, { account: 'other' }),
    bounceFor('policy', BOB),
  );
  const headers = { 'Idempotency-Key': 'unbounce ada@example.com' };
  const body = { confirmedValid: true, evidence: EVIDENCE };
  expect((await api.unbounce(ADA, { body, headers })).status).toBe(200);
  await api.call(RELEASE, { address: ADA, body: { reason: 'ada@example.com is alive.' } });
  return api;
}

/** Everything of Ada's that is stored, as text, without SES's ids, into which these notifications write addresses. */
async function storedText({ twin }: Api): Promise<string> {
  const whole = await twin.readWhole(ID, NOW);
  const releases = await twin.listReleases({ addressHash: ID, limit: 10, deadlineAt: NOW });
  return JSON.stringify([whole, releases, twin.ledger]).replaceAll(/"feedbackId":"[^"]*"/g, '');
}

describe('an erasure', () => {
  test('leaves no readable word, and says in how many accounts', async () => {
    const api = await apiWithAda();
    expect(await storedText(api)).toMatch(/ada/i);
    const { status, body } = await erase(api);
    expect(status).toBe(200);
    expect(body).toEqual({ id: ID, erased: true, erasedAt: toIso(NOW), accounts: 2 });
    expect(await storedText(api)).not.toMatch(/ada/i);
    expect(api.telemetry.counted('AddressErased')).toBe(1);
    expect(JSON.stringify(api.telemetry.events)).not.toMatch(/ada/i);
  });

  test('keeps the block, the rows of lists by their id, and the ledger without its note', async () => {
    const api = await apiWithAda();
    await erase(api);
    expect((await api.filter([ADA], { account: 'other' })).body.notSent).toMatchObject([{ rule: 'P2' }]);
    const { items } = (await api.call(LIST, { account: 'other' })).body;
    expect(items).toMatchObject([{ id: ID, address: null, erased: true, reason: 'unknown_user' }]);
    expect(api.twin.ledger).toMatchObject([
      {
        account: ACCOUNT,
        unbounce: { evidence: { kind: 'replied', note: '' }, idempotencyKey: 'unbounce [address]' },
      },
    ]);
  });

  test.each<[string, string, string | null]>([
    ['the address shows it as asked', 'ADA@example.com', 'ADA@example.com'],
    ['the id shows none', ID, null],
  ])('who then asks for %s', async (_, asked, address) => {
    const api = await apiWithAda();
    await erase(api);
    const { body } = await api.look(asked, { account: 'other' });
    expect(body).toMatchObject({ id: ID, address, erased: true, suppressed: true });
    expect(body.bounces).toMatchObject([{ reason: 'unknown_user', diagnostic: null }]);
  });

  test('leaves others alone', async () => {
    const api = await apiWithAda();
    await erase(api);
    const { body } = await api.look(BOB);
    expect(body).toMatchObject({
      address: BOB,
      erased: false,
      bounces: [{ diagnostic: expect.any(String) }],
    });
  });

  test('is asked for by the id as well', async () => {
    const api = await apiWithAda();
    expect((await erase(api, ID)).body).toMatchObject({ id: ID, accounts: 2 });
    expect(await storedText(api)).not.toMatch(/ada/i);
  });

  test('is not undone by a replay, nor by mail that was in flight, in an account that is new to it either', async () => {
    const api = await apiWithAda();
    await api.register({}, 'third');
    await erase(api);
    api.time.now += HOUR_IN_MS;
    const flying = ['other', 'third'].map((account) =>
      bounceFor('unknown_user', ADA, { account, sentAt: NOW - 1 }),
    );
    await api.record(bounceFor('unknown_user', ADA, { account: 'other' }), ...flying);
    expect(await storedText(api)).not.toMatch(/ada/i);
    expect((await api.look(ADA, { account: 'third' })).body).toMatchObject({
      erased: true,
      suppressed: true,
    });
  });

  test('ends where somebody writes to the person again', async () => {
    const api = await apiWithAda();
    await erase(api);
    api.time.now += DAY_IN_MS;
    await api.record(bounceFor('policy', ADA, { account: 'other', sentAt: NOW + HOUR_IN_MS }));
    expect((await api.look(ID, { account: 'other' })).body).toMatchObject({ address: ADA, erased: false });
    expect((await erase(api)).body).toMatchObject({ erasedAt: toIso(NOW + DAY_IN_MS) });
    expect((await api.look(ID, { account: 'other' })).body).toMatchObject({ address: null, erased: true });
  });

  test('of an address that nobody told of is remembered, for mail in flight', async () => {
    const api = await apiWithAda();
    const carol = 'carol@example.com';
    expect((await erase(api, carol)).body).toMatchObject({ erased: true, accounts: 0 });
    await api.record(bounceFor('policy', carol));
    expect((await api.look(addressHash(carol))).body).toMatchObject({
      address: null,
      erased: true,
      suppressed: true,
    });
  });
});

describe('an erasure that ends in between', () => {
  test('is 503, writes no text from the start on, and goes on when it is sent again', async () => {
    const failures = [new UnavailableError('Busy.')];
    const api = await apiWithAda({
      double: (twin) => ({
        async updateAddress(key, update) {
          const failure = key.account === 'other' ? failures.pop() : undefined;
          if (failure !== undefined) throw failure;
          return await twin.updateAddress(key, update);
        },
      }),
    });
    expectProblem(await erase(api), { status: 503, code: 'try_again' });
    expect((await api.twin.readWhole(ID, NOW)).status.erasedAt).toBe(NOW);
    api.time.now += HOUR_IN_MS;
    expect((await erase(api)).body).toEqual({
      id: ID,
      erased: true,
      erasedAt: toIso(NOW + HOUR_IN_MS),
      accounts: 2,
    });
    expect(await storedText(api)).not.toMatch(/ada/i);
  });

  test('and what it has done is not written again', async () => {
    const api = await apiWithAda();
    await erase(api);
    const { records } = await api.twin.readWhole(ID, NOW);
    await erase(api);
    expect((await api.twin.readWhole(ID, NOW)).records).toEqual(records);
  });
});

describe('an erasure', () => {
  test('of something that is no address is a problem', async () => {
    expectProblem(await erase(createApi(), 'nobody'), { status: 400, code: 'invalid_address' });
  });

  test.each<[string, unknown, number]>([
    ['nobody', null, 403],
    ['a token without the scope', tokenWith({ scope: 'suppressions:unbounce', account: ACCOUNT }), 403],
    ["an operator's token", tokenWith({ scope: 'operator' }), 200],
  ])('asked for by %s comes to its end, or to nothing', async (_, authorizer, status) => {
    const api = await apiWithAda();
    expect((await api.call(ERASE, { address: ADA, authorizer })).status).toBe(status);
    expect((await storedText(api)).includes(ADA)).toBe(status !== 200);
  });
});
