import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { aStatus } from '../policy/builders.ts';
import { ACCOUNT, type Api, createApi, createRegisteredApi, expectProblem, NOW } from './api-harness.ts';
import { bounceFor, echoOf, strikesOf } from './notifications.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const CAMPAIGN = 'summer';
const GLOBAL = aStatus({ global: { declaredAt: NOW - DAY_IN_MS, rule: 'G1' } });
const QUERY = { account: ACCOUNT, campaign: CAMPAIGN, now: NOW, deadlineAt: NOW + 1_000 };

const notSentOf = async ({ twin }: Api) =>
  (await twin.listRows({ ...QUERY, outcome: 'not-sent', limit: 1_000, after: null })).items;
const counted = ({ twin }: Api) => twin.readCampaign(QUERY);
const recordOf = async ({ twin }: Api, address: string) =>
  (await twin.readAddress({ account: ACCOUNT, addressHash: addressHash(address) }, QUERY.deadlineAt)).record;

describe('with a campaign', () => {
  test('who is not sent to is kept with the reason, before the answer', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA), ...strikesOf(BOB));
    await api.filter([ADA, BOB, 'zoe@example.com'], { campaign: CAMPAIGN });
    const kept = {
      account: ACCOUNT,
      campaign: CAMPAIGN,
      outcome: 'not-sent',
      kind: null,
      layer: 'own',
      at: NOW,
    };
    const rows = await notSentOf(api);
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        {
          ...kept,
          addressHash: addressHash(ADA),
          code: 'hard_bounce',
          rule: 'P2',
          reason: 'policy',
          status: '5.7.1',
          diagnostic: null,
          feedbackId: '',
        },
        expect.objectContaining({
          ...kept,
          code: 'repeated_soft_bounces',
          rule: 'P8',
          reason: 'mailbox_full',
        }),
      ]),
    );
    expect((await counted(api))?.counts.notSent).toEqual({
      total: 2,
      byCode: { hard_bounce: 1, repeated_soft_bounces: 1 },
      byReason: { policy: 1, mailbox_full: 1 },
    });
  });

  test('a list of which everybody is sent to makes the campaign known', async () => {
    const api = await createRegisteredApi();
    await api.filter([ADA], { campaign: CAMPAIGN });
    expect(await counted(api)).toMatchObject({ firstSeenAt: NOW, counts: { notSent: { total: 0 } } });
  });

  test('duplicates and what is no address are not kept', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    await api.filter([ADA, 'nobody', ADA, ''], { campaign: CAMPAIGN });
    expect(await notSentOf(api)).toHaveLength(1);
  });

  test('the same call again counts nobody twice', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    await api.filter([ADA], { campaign: CAMPAIGN });
    api.time.now += 1;
    await api.filter([ADA], { campaign: CAMPAIGN });
    expect(await notSentOf(api)).toMatchObject([{ at: NOW + 1 }]);
    expect(await counted(api)).toMatchObject({ counts: { notSent: { total: 1 } } });
  });
});

test('without a campaign nothing is kept', async () => {
  const api = await createRegisteredApi();
  api.twin.putStatus(addressHash(ADA), GLOBAL);
  await api.filter([ADA]);
  expect(await api.twin.listCampaigns({ ...QUERY, limit: 10, after: null })).toEqual({
    items: [],
    next: null,
  });
  expect((await recordOf(api, ADA)).version).toBe(0);
});

describe('of an address that a layer above blocks', () => {
  test('the account gets to know it, so that the audit can name it, and nothing is listed', async () => {
    const api = await createRegisteredApi();
    api.twin.putStatus(addressHash(ADA), GLOBAL);
    await api.filter(['Ada@Example.com'], { campaign: CAMPAIGN });
    expect(await notSentOf(api)).toMatchObject([
      { code: 'global_bounce', rule: 'P4', layer: 'global', reason: null },
    ]);
    expect(await recordOf(api, ADA)).toMatchObject({ version: 1, address: ADA, suppression: null });
    expect((await api.call('GET /v1/accounts/{account}/suppressions')).body).toEqual({ items: [] });
  });

  test('the account keeps what it knows', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('mailbox_full', ADA), echoOf('Suppressed', ADA));
    const before = await recordOf(api, ADA);
    await api.filter([ADA], { campaign: CAMPAIGN });
    expect(await notSentOf(api)).toMatchObject([{ code: 'ses_suppressed', layer: 'sesGlobalList' }]);
    expect(await recordOf(api, ADA)).toEqual(before);
  });

  test('nothing is written of a person who was erased', async () => {
    const api = await createRegisteredApi();
    api.twin.putStatus(addressHash(ADA), { ...GLOBAL, erasedAt: NOW - 1 });
    await api.filter([ADA], { campaign: CAMPAIGN });
    expect(await notSentOf(api)).toHaveLength(1);
    expect((await recordOf(api, ADA)).version).toBe(0);
  });
});

describe('when the audit cannot be written', () => {
  const busy = () => Promise.reject(new UnavailableError('busy'));

  test.each([
    ['the rows', { writeRows: busy }],
    ['the campaign', { registerCampaign: busy }],
    ['the address', { updateAddress: busy }],
  ])('%s: 503, and nothing is answered', async (_, double) => {
    const { twin } = await createRegisteredApi();
    twin.putStatus(addressHash(ADA), GLOBAL);
    const api = createApi({ double: () => ({ ...twin, ...double }) });
    expectProblem(await api.filter([ADA], { campaign: CAMPAIGN }), { status: 503, code: 'try_again' });
  });

  test('a call without a campaign is answered', async () => {
    const { twin } = await createRegisteredApi();
    const api = createApi({ double: () => ({ ...twin, writeRows: busy, registerCampaign: busy }) });
    expect((await api.filter([ADA])).status).toBe(200);
  });
});

test('an account that nobody registered gets no campaign', async () => {
  const api = createApi();
  expectProblem(await api.filter([ADA], { campaign: CAMPAIGN }), { status: 404, code: 'unknown_account' });
  expect(await counted(api)).toBeNull();
});
