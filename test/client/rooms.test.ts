import { expect, test } from '@jest/globals';
import {
  createReboundClient,
  pagesOf,
  ReboundGatewayError,
  ReboundProblemError,
} from '../../client/index.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { createApi } from '../functions/api-harness.ts';
import { bounceFor } from '../functions/notifications.ts';
import { createRoomsFetch } from './rooms-fetch.ts';

function createScene() {
  const api = createApi();
  const fetch = createRoomsFetch(api);
  return { api, fetch, client: createReboundClient({ baseUrl: 'http://rooms', account: 'acme', fetch }) };
}

test('a sender registers, filters, looks, unbounces and filters again', async () => {
  const { api, client } = createScene();
  const account = await client.saveAccount({ contacts: 600, sendingIdentities: ['acme.example'] });
  expect(account.unbounceQuota.limit).toBe(12);
  await api.record(bounceFor('policy', 'a/b@example.com'));

  const before = await client.filterRecipients({ recipients: ['a/b@example.com', 'bob@example.com'] });
  expect(before.send).toEqual(['bob@example.com']);
  expect(before.notSent).toMatchObject([{ rule: 'P2', unbounce: { allowed: true } }]);

  const seen = await client.readSuppression('a/b@example.com');
  expect(seen).toMatchObject({ address: 'a/b@example.com', suppressed: true, reason: 'policy' });
  expect(await client.readSuppression(seen.id)).toEqual(seen);

  const evidence = { kind: 'replied', note: 'On the phone.' };
  const unbounced = await client.unbounce('a/b@example.com', { confirmedValid: true, evidence });
  expect(unbounced).toMatchObject({ address: 'a/b@example.com', evidence, quota: { used: 1 } });
  expect(await client.readUnbounceQuota()).toMatchObject({ used: 1, remaining: 11, contacts: 600 });
  expect(await client.readAccount()).toMatchObject({ account: 'acme', contacts: 600 });

  const after = await client.filterRecipients({ recipients: ['a/b@example.com'], campaign: 'spring' });
  expect(after.send).toEqual(['a/b@example.com']);
});

test('a list is read page by page', async () => {
  const { api, client } = createScene();
  await client.saveAccount({});
  const addresses = ['ada@example.com', 'bob@example.com', 'cyd@example.com'];
  for (const address of addresses) {
    await api.record(bounceFor('policy', address));
    api.time.now += 1_000;
  }
  const listed: (string | null)[] = [];
  for await (const { items } of pagesOf((position) => client.listSuppressions({ ...position, limit: 1 }))) {
    listed.push(...items.map(({ address }) => address));
  }
  expect(listed).toEqual(addresses.toReversed());
  expect((await client.listSuppressions({ reason: 'spam' })).items).toEqual([]);
});

test('what became of a campaign is read, and what came after an unbounce', async () => {
  const { api, client } = createScene();
  await client.saveAccount({ sendingIdentities: ['acme.example'] });
  await api.record(bounceFor('policy', 'ada@example.com', { campaign: 'spring' }));
  await client.filterRecipients({ recipients: ['ada@example.com'], campaign: 'autumn' });
  await client.unbounce('ada@example.com', { confirmedValid: true });

  const { items: campaigns } = await client.listCampaigns();
  expect(campaigns.map(({ campaign }) => campaign).sort()).toEqual(['autumn', 'spring']);
  expect((await client.readCampaign('spring')).counts.bounced).toMatchObject({ byReason: { policy: 1 } });
  expect((await client.readCampaign('autumn')).counts.notSent).toMatchObject({ byCode: { hard_bounce: 1 } });
  const { items: notSent } = await client.listCampaignRecipients('autumn', { outcome: 'not-sent' });
  expect(notSent).toMatchObject([{ address: 'ada@example.com', code: 'hard_bounce' }]);
  const { items: unbounces } = await client.listUnbounces({ month: '2026-11' });
  expect(unbounces).toMatchObject([{ address: 'ada@example.com', after: { state: 'fine' } }]);
});

test('a refusal comes with its rules', async () => {
  const { api, client } = createScene();
  await client.saveAccount({ sendingIdentities: [] });
  await api.record(bounceFor('unknown_user', 'ada@example.com'));
  const refused = await client.unbounce('ada@example.com', { confirmedValid: true }).catch((error) => error);
  expect(refused).toBeInstanceOf(ReboundProblemError);
  expect(refused).toMatchObject({ status: 409, code: 'reason_not_unbounceable', rule: 'U3' });
  expect(refused.refusals.map(({ rule }: { rule: string }) => rule)).toEqual(['U3', 'U7']);
});

test('what is wrong is said by a code, what the gateway refuses by its message', async () => {
  const { client, fetch } = createScene();
  await expect(client.readAccount()).rejects.toMatchObject({ code: 'unknown_account' });
  await expect(client.readSuppression('nobody')).rejects.toMatchObject({ code: 'invalid_address' });
  await expect(client.readAccount({ account: 'a b' })).rejects.toMatchObject({ code: 'invalid_account_id' });
  const lost = createReboundClient({ baseUrl: 'http://rooms/nowhere', fetch });
  await expect(lost.readAccount()).rejects.toThrow(ReboundGatewayError);
});

test('the contract is served', async () => {
  const { openapi, paths } = await createScene().client.readContract();
  expect(openapi).toMatch(/^3\.1\./);
  expect(paths).toHaveProperty(['/v1/openapi.json']);
});

test('an id of what was never seen is no address, and not suppressed', async () => {
  const { client } = createScene();
  await client.saveAccount({});
  const seen = await client.readSuppression(addressHash('never@example.com'));
  expect(seen).toMatchObject({ address: null, suppressed: false });
});
