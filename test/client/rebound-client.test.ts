import { describe, expect, test } from '@jest/globals';
import { createReboundClient, type ReboundClient } from '../../client/index.ts';
import type { ReboundClientOptions } from '../../client/send.ts';
import { operationsOf, readContract } from '../../contract/document.ts';
import { createFakeFetch } from './fake-fetch.ts';

const BASE_URL = 'https://abc.execute-api.eu-central-1.amazonaws.com';
const operations = operationsOf(readContract());

function createClient(options: Partial<ReboundClientOptions> = {}) {
  const { fetch, sent } = createFakeFetch();
  return { client: createReboundClient({ baseUrl: BASE_URL, fetch, ...options }), sent };
}

/** One call of each operation, and where it must go. */
const CALLS: Readonly<Record<string, (client: ReboundClient) => Promise<unknown>>> = {
  readAccount: (client) => client.readAccount(),
  saveAccount: (client) => client.saveAccount({ contacts: 7 }),
  filterRecipients: (client) => client.filterRecipients({ recipients: ['ada@example.com'] }),
  listSuppressions: (client) => client.listSuppressions(),
  importSuppressions: (client) => client.importSuppressions({ rows: [{ address: 'ada@example.com' }] }),
  readSuppression: (client) => client.readSuppression('ada@example.com'),
  unbounce: (client) => client.unbounce('ada@example.com', { confirmedValid: true }),
  readUnbounceQuota: (client) => client.readUnbounceQuota(),
  readStats: (client) => client.readStats(),
  listUnbounces: (client) => client.listUnbounces(),
  listCampaigns: (client) => client.listCampaigns(),
  readCampaign: (client) => client.readCampaign('spring@2026'),
  listCampaignRecipients: (client) =>
    client.listCampaignRecipients('spring@2026', { outcome: 'not-sent', reason: 'policy' }),
  listAccounts: (client) => client.listAccounts(),
  correctSuppressions: (client) =>
    client.correctSuppressions({ from: '2026-11-22T14:00:00Z', to: '2026-11-22T17:00:00Z' }),
  listCorrections: (client) => client.listCorrections(),
  readGlobalBounce: (client) => client.readGlobalBounce('ada@example.com'),
  releaseAddress: (client) => client.releaseAddress('ada@example.com', { reason: 'She called.' }),
  eraseAddress: (client) => client.eraseAddress('ada@example.com'),
  readContract: (client) => client.readContract(),
};

const QUERIES: Readonly<Record<string, string>> = {
  listCampaignRecipients: '?outcome=not-sent&reason=policy',
};

describe('every operation of the contract', () => {
  test('has a method, and no method is without one', () => {
    const names = operations.map(({ operation }) => operation.operationId).sort();
    const { exportList, ...methods } = createClient().client;
    expect(Object.keys(methods).sort()).toEqual(names);
  });

  test.each(operations)(
    '$operation.operationId goes where it stands',
    async ({ method, path, operation }) => {
      const { client, sent } = createClient();
      await CALLS[operation.operationId]?.(client);
      const filled = path
        .replace('{account}', 'default')
        .replace('{address}', 'ada@example.com')
        .replace('{campaign}', 'spring@2026');
      const url = `${BASE_URL}${filled}${QUERIES[operation.operationId] ?? ''}`;
      expect(sent).toMatchObject([{ method: method.toUpperCase(), url }]);
    },
  );
});

describe('a call', () => {
  test('says what it sends and what it takes', async () => {
    const { client, sent } = createClient();
    await client.saveAccount({ contacts: 7 });
    await client.readAccount();
    const accept = 'application/json, application/problem+json';
    expect(sent.map(({ headers }) => headers)).toEqual([
      { accept, 'content-type': 'application/json' },
      { accept },
    ]);
    expect(sent[0]?.body).toEqual({ contacts: 7 });
  });

  test('is about the account of the client, or of the call', async () => {
    const { client, sent } = createClient({ account: 'acme' });
    await client.readAccount();
    await client.readAccount({ account: 'other' });
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/accounts/acme', '/v1/accounts/other']);
  });

  test('goes under whatever address is given, slash or none', async () => {
    const { client, sent } = createClient({ baseUrl: 'http://127.0.0.1:8787/stage/' });
    await client.readContract();
    expect(sent[0]?.url).toBe('http://127.0.0.1:8787/stage/v1/openapi.json');
  });

  test('has a query of what is given', async () => {
    const { client, sent } = createClient();
    await client.listSuppressions({ reason: 'policy', limit: 10, cursor: 'a-b_c' });
    expect(new URL(sent[0]?.url ?? '').search).toBe('?reason=policy&limit=10&cursor=a-b_c');
  });

  test.each(['.', '..'])('about the account %s goes nowhere, for no path can hold it', async (account) => {
    const { client, sent } = createClient();
    await expect(client.readAccount({ account })).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });

  test('of an account that is none arrives as written, to be refused', async () => {
    const { client, sent } = createClient();
    await client.readAccount({ account: 'a/b#c' });
    expect(sent[0]?.url).toBe(`${BASE_URL}/v1/accounts/a%2Fb%23c`);
  });

  test('stops when its signal says so', async () => {
    const { client } = createClient({ fetch: async (_url, init) => Promise.reject(init?.signal?.reason) });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(client.readAccount({ signal })).rejects.toThrow('enough');
  });

  test('that is not answered in time fails', async () => {
    const fetch: typeof globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const { client } = createClient({ fetch, timeoutInMs: 5 });
    await expect(client.readAccount()).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('who calls', () => {
  test('is said by a token', async () => {
    const { client, sent } = createClient({ token: 'abc' });
    await client.readAccount();
    expect(sent[0]?.headers).toMatchObject({ authorization: 'Bearer abc' });
  });

  test('is said by a token that is fetched for each call', async () => {
    const tokens = ['token-1', 'token-2'];
    const { client, sent } = createClient({ token: async () => tokens.shift() ?? '' });
    await client.readAccount();
    await client.readAccount();
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is said by a signature of all that is sent', async () => {
    const { client, sent } = createClient({
      sign: async ({ method, url, headers, body }) => ({ ...headers, signature: `${method} ${url} ${body}` }),
    });
    await client.saveAccount({ contacts: 7 });
    expect(sent[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      signature: `PUT ${BASE_URL}/v1/accounts/default {"contacts":7}`,
    });
  });
});

describe('an unbounce', () => {
  test('carries the key that is given', async () => {
    const { client, sent } = createClient();
    await client.unbounce('ada@example.com', { confirmedValid: true }, { idempotencyKey: 'mine' });
    expect(sent[0]?.headers['idempotency-key']).toBe('mine');
  });

  test('carries a key of its own, another for each call', async () => {
    const { client, sent } = createClient();
    await client.unbounce('ada@example.com', { confirmedValid: true });
    await client.unbounce('ada@example.com', { confirmedValid: true });
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f-]{36}$/);
  });
});
