import { expect, test } from '@jest/globals';
import { createReboundClient, ReboundGatewayError } from '../../client/index.ts';
import { readCsv } from '../../lib/http/csv.ts';
import { readNdjson } from '../../lib/http/ndjson.ts';
import { createApi } from '../functions/api-harness.ts';
import { bounceFor } from '../functions/notifications.ts';
import { createFakeFetch } from './fake-fetch.ts';
import { createRoomsFetch } from './rooms-fetch.ts';

const ADDRESSES = ['=ada@example.com', 'bob@example.com', 'cyd@example.com'];

async function allOf(pages: AsyncIterable<string>): Promise<string[]> {
  const texts: string[] = [];
  for await (const page of pages) texts.push(page);
  return texts;
}

/** A client of an account that does not send to three addresses. */
async function createScene() {
  const api = createApi();
  await api.register();
  for (const address of ADDRESSES) {
    await api.record(bounceFor('policy', address));
    api.time.now += 1_000;
  }
  const fetch = createRoomsFetch(api);
  return createReboundClient({ baseUrl: 'http://rooms', account: 'acme', fetch });
}

test('the pages of a list are one CSV file', async () => {
  const client = await createScene();
  const pages = await allOf(
    client.exportList('listSuppressions', { format: 'csv', query: { limit: 1, reason: 'policy' } }),
  );
  expect(pages.length).toBeGreaterThanOrEqual(3);
  const [names = [], ...rows] = readCsv(pages.join(''));
  expect(rows.map((row) => row[names.indexOf('address')])).toEqual(ADDRESSES.toReversed());
});

test('and one NDJSON file', async () => {
  const client = await createScene();
  const pages = await allOf(client.exportList('listSuppressions', { format: 'ndjson', query: { limit: 2 } }));
  const rows = readNdjson(pages.join('')) as { readonly address: string }[];
  expect(rows.map(({ address }) => address)).toEqual(ADDRESSES.toReversed());
});

test('of the recipients of a campaign too', async () => {
  const client = await createScene();
  const pages = client.exportList('listCampaignRecipients', {
    format: 'ndjson',
    campaign: 'spring',
    query: { outcome: 'bounced' },
  });
  const rows = readNdjson((await allOf(pages)).join('')) as { readonly address: string }[];
  expect(rows.map(({ address }) => address).sort()).toEqual(ADDRESSES);
});

test('a page that fails for a moment is asked for again, the others are not', async () => {
  const headers = { 'content-type': 'text/csv; charset=utf-8; header=present' };
  const link = '</v1/accounts/default/suppressions?limit=1&cursor=next-one>; rel="next"';
  const { fetch, sent } = createFakeFetch(
    { headers: { ...headers, link }, body: 'one\r\n' },
    { status: 503, body: { message: 'Service Unavailable' } },
    { headers, body: 'two\r\n' },
  );
  const retry = { delay: async () => {} };
  const client = createReboundClient({ baseUrl: 'http://127.0.0.1', fetch, retry });
  const pages = client.exportList('listSuppressions', { format: 'csv', query: { limit: 1 } });
  expect(await allOf(pages)).toEqual(['one\r\n', 'two\r\n']);
  expect(sent.map(({ url }) => new URL(url).search)).toEqual([
    '?limit=1',
    '?limit=1&cursor=next-one',
    '?limit=1&cursor=next-one',
  ]);
  expect(sent[0]?.headers).toMatchObject({ accept: 'text/csv, application/problem+json' });
});

test('another format than the one asked for is no page', async () => {
  const { fetch } = createFakeFetch({ headers: { 'content-type': 'text/html' }, body: '<p>Log in</p>' });
  const client = createReboundClient({ baseUrl: 'http://127.0.0.1', fetch });
  const pages = allOf(client.exportList('listSuppressions', { format: 'ndjson' }));
  await expect(pages).rejects.toThrow(ReboundGatewayError);
});

test('a refusal is a problem as everywhere', async () => {
  const client = createReboundClient({ baseUrl: 'http://rooms', fetch: createRoomsFetch(createApi()) });
  const pages = client.exportList('listSuppressions', { format: 'csv', account: 'nobody' });
  await expect(allOf(pages)).rejects.toMatchObject({ code: 'unknown_account' });
});
