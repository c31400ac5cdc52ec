import { describe, expect, test } from '@jest/globals';
import { createApiHandler } from '../../lib/http/api-handler.ts';
import { type ListFile, type ListPage, listRoute } from '../../lib/http/list-route.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { apiEvent } from './events.ts';

interface Thing {
  readonly id: string;
  readonly size: number;
  readonly isOpen: boolean;
  readonly maker: { readonly name: string; readonly note: string | null } | null;
}

const ROUTE = 'GET /v1/accounts/{account}/boxes/{box}/things';
const FILE: ListFile<Thing> = {
  name: ({ account }) => `${account}-things`,
  columns: ['id', 'size', 'isOpen', 'maker.name', 'maker.note'],
};
const THINGS: readonly Thing[] = [
  { id: '-a', size: -1, isOpen: true, maker: { name: '=Ada', note: null } },
  { id: 'b', size: 2, isOpen: false, maker: null },
];

type ReadPage = (request: ApiRequest) => Promise<ListPage<Thing>>;

/** A route over a list, and how it is asked. */
function setUp(readPage: ReadPage = async () => ({ items: THINGS, cursor: null })) {
  const route = listRoute(FILE, readPage);
  const handler = createApiHandler({
    routes: { [ROUTE]: { scope: 'suppressions:read', handle: (request) => route(request, undefined) } },
    clock: () => 0,
    telemetry: createWatchedTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  });
  return async (accept: string, query: Record<string, string> = {}) => {
    const event = apiEvent({
      routeKey: ROUTE,
      pathParameters: { account: 'acme', box: 'b@x.1' },
      queryStringParameters: query,
      headers: { Accept: accept },
    });
    return await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  };
}

describe('a list is answered', () => {
  test('as JSON', async () => {
    expect(await setUp()('application/json')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify({ items: THINGS }),
    });
  });

  test('as CSV, with members of members in columns of their own', async () => {
    expect(await setUp()('text/csv')).toEqual({
      statusCode: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="acme-things.csv"',
      },
      body: "id,size,isOpen,maker.name,maker.note\r\n'-a,'-1,true,'=Ada,\r\nb,2,false,,\r\n",
    });
  });

  test('as NDJSON', async () => {
    expect(await setUp()('application/x-ndjson')).toEqual({
      statusCode: 200,
      headers: {
        'content-type': 'application/x-ndjson',
        'cache-control': 'no-store',
        'content-disposition': 'attachment; filename="acme-things.ndjson"',
      },
      body: THINGS.map((thing) => `${JSON.stringify(thing)}\n`).join(''),
    });
  });

  test('as nothing else, and then it is not read', async () => {
    let reads = 0;
    const ask = setUp(async () => ({ items: [], cursor: String(++reads) }));
    const { statusCode, body } = await ask('text/html, application/xml;q=0.9');
    expect(statusCode).toBe(406);
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'not_acceptable' });
    expect(reads).toBe(0);
  });

  test('when it is empty', async () => {
    const ask = setUp(async () => ({ items: [], cursor: null }));
    expect((await ask('application/json')).body).toBe('{"items":[]}');
    expect((await ask('text/csv')).body).toBe('id,size,isOpen,maker.name,maker.note\r\n');
    expect((await ask('application/x-ndjson')).body).toBe('');
  });
});

describe('the next page', () => {
  const more: ReadPage = async () => ({ items: THINGS, cursor: 'next_1' });

  test.each(['application/json', 'text/csv', 'application/x-ndjson'])(
    'is named in Link, for %s',
    async (accept) => {
      const { headers } = await setUp(more)(accept, { limit: '2', reason: 'a b&c', cursor: 'this_1' });
      expect(headers?.['link']).toBe(
        '</v1/accounts/acme/boxes/b%40x.1/things?limit=2&reason=a+b%26c&cursor=next_1>; rel="next"',
      );
    },
  );

  test('stands in JSON too', async () => {
    expect((await setUp(more)('application/json')).body).toBe(
      JSON.stringify({ items: THINGS, cursor: 'next_1' }),
    );
  });

  test('has no header line in CSV, and says so', async () => {
    const { headers, body } = await setUp()('text/csv', { cursor: 'this_1' });
    expect(headers?.['content-type']).toBe('text/csv; charset=utf-8; header=absent');
    expect(body).toMatch(/^'-a,/);
  });
});

describe('a page that would be too large', () => {
  const large = (bytes: number): Thing => ({ id: 'x'.repeat(bytes), size: 1, isOpen: true, maker: null });

  /** As many things of a size as asked for, and how many that was. */
  function listOf(bytes: number) {
    const asked: (string | undefined)[] = [];
    const readPage: ReadPage = async ({ query }) => {
      asked.push(query['limit']);
      const items = Array.from({ length: Number(query['limit'] ?? 10) }, () => large(bytes));
      return { items, cursor: 'next_1' };
    };
    return { asked, ask: setUp(readPage) };
  }

  test.each(['application/json', 'text/csv', 'application/x-ndjson'])(
    'is shorter than asked for, as %s',
    async (accept) => {
      const { asked, ask } = listOf(1_500_000);
      const { statusCode, headers, body } = await ask(accept);
      expect(statusCode).toBe(200);
      expect(asked).toEqual([undefined, '5', '2']);
      expect(body?.match(/x{1500000}/g)).toHaveLength(2);
      expect(headers?.['link']).not.toContain('limit');
    },
  );

  test('goes on with the limit that was asked for', async () => {
    const { headers } = await listOf(1_500_000).ask('text/csv', { limit: '9' });
    expect(headers?.['link']).toContain('limit=9&cursor=next_1');
  });

  test('is a problem only when one row is', async () => {
    const { asked, ask } = listOf(5_500_000);
    const { statusCode, body } = await ask('text/csv', { limit: '2' });
    expect(statusCode).toBe(413);
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'split_the_call' });
    expect(asked).toEqual(['2', '1']);
  });
});
