import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { operationsOf, readContract, resolve } from '../../contract/document.ts';
import { readCsv } from '../../lib/http/csv.ts';
import { readNdjson } from '../../lib/http/ndjson.ts';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import {
  type Api,
  type Call,
  CORRECT,
  CORRECTIONS,
  createRegisteredApi,
  expectProblem,
  LIST,
  NOW,
  type Reply,
} from './api-harness.ts';
import { bounceFor, strikesOf } from './notifications.ts';

/** Valid, every one, and a trial for whoever puts them into a table. */
const ADDRESSES = [
  '=cmd@example.com',
  '+49@example.com',
  '-id@example.com',
  "'tick@example.com",
  '"a, b"@example.com',
  '"say \\"no\\""@example.com',
  'märz@bücher.example',
];

interface ExportedList {
  readonly routeKey: string;
  readonly call?: Call;
  readonly file: string;
}

const CAMPAIGN = '-spring';
const RECIPIENTS = 'GET /v1/accounts/{account}/campaigns/{campaign}/recipients';

/** Every route that answers a list. */
const LISTS: Readonly<Record<string, ExportedList>> = {
  'suppressed addresses': { routeKey: LIST, file: 'acme-suppressions' },
  campaigns: { routeKey: 'GET /v1/accounts/{account}/campaigns', file: 'acme-campaigns' },
  'recipients that bounced': {
    routeKey: RECIPIENTS,
    call: { campaign: CAMPAIGN, query: { outcome: 'bounced' } },
    file: 'acme--spring-bounced',
  },
  'recipients not sent to': {
    routeKey: RECIPIENTS,
    call: { campaign: CAMPAIGN, query: { outcome: 'not-sent' } },
    file: 'acme--spring-not-sent',
  },
  unbounces: { routeKey: 'GET /v1/accounts/{account}/unbounces', file: 'acme-unbounces-2026-11' },
  corrections: { routeKey: CORRECTIONS, file: 'acme-corrections' },
  accounts: { routeKey: 'GET /v1/accounts', file: 'accounts' },
};

async function createFilledApi(): Promise<Api> {
  const api = await createRegisteredApi();
  for (const address of ADDRESSES) {
    await api.record(bounceFor('policy', address, { campaign: CAMPAIGN }));
    api.time.now += 60_000;
  }
  await api.record(...strikesOf('soft@example.com'));
  await api.filter(ADDRESSES, { campaign: CAMPAIGN });
  for (const note of ['=1+1', '@home', 'two\r\nlines', null]) {
    const address = `${note?.length ?? 0}@example.net`;
    await api.record(bounceFor('policy', address, { campaign: `@${address}` }));
    const evidence = note === null ? null : { kind: 'replied', note };
    await api.unbounce(address, { body: { confirmedValid: true, evidence } });
    await correctOne(api, `${note?.length ?? 0}.example`, note);
    await api.register({}, `other-${note?.length ?? 0}`);
  }
  return api;
}

/** A correction of its own, since it names another domain. */
async function correctOne(api: Api, domain: string, note: string | null): Promise<void> {
  await api.record(bounceFor('policy', `ada@${domain}`));
  const bouncedAt = NOW - DAY_IN_MS;
  const window = { from: toIso(bouncedAt - HOUR_IN_MS), to: toIso(bouncedAt + HOUR_IN_MS) };
  const reply = await api.call(CORRECT, { body: { ...window, domain, note, apply: true } });
  expect(reply.body.lifted).toMatchObject({ addresses: 1 });
}

/** Every page, found by `Link` alone. */
async function pagesOf(api: Api, { routeKey, call = {} }: ExportedList, accept: string): Promise<Reply[]> {
  const pages: Reply[] = [];
  let query = new URLSearchParams({ ...(call.query as Record<string, string>), limit: '3' });
  for (let link: string | undefined = ''; link !== undefined; ) {
    const reply = await api.call(routeKey, {
      ...call,
      headers: { Accept: accept },
      query: Object.fromEntries(query),
    });
    expect(reply.status).toBe(200);
    pages.push(reply);
    link = /^<[^?]+\?([^>]+)>; rel="next"$/.exec(String(reply.headers['link'] ?? ''))?.[1];
    query = new URLSearchParams(link);
  }
  return pages;
}

/** The members of an item by their names, those of members after a dot, as text. */
function flat(item: object, prefix = ''): [string, string][] {
  return Object.entries(item).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(value ?? '')] as [string, string]],
  );
}

describe.each(Object.entries(LISTS))('the list of %s', (_, list) => {
  async function itemsOf(api: Api): Promise<Record<string, unknown>[]> {
    return (await pagesOf(api, list, 'application/json')).flatMap(({ body }) => body.items);
  }

  test('is more than one page of JSON, each with the cursor that its Link names', async () => {
    const pages = await pagesOf(await createFilledApi(), list, 'application/json, text/csv;q=0.9');
    expect(pages.length).toBeGreaterThan(1);
    for (const { body, headers } of pages) {
      const named = new URLSearchParams(/\?([^>]+)>/.exec(String(headers['link'] ?? ''))?.[1]).get('cursor');
      expect(body.cursor ?? null).toBe(named);
    }
  });

  test('is the same as NDJSON', async () => {
    const api = await createFilledApi();
    const pages = await pagesOf(api, list, 'application/x-ndjson');
    expect(readNdjson(pages.map(({ text }) => text).join(''))).toEqual(await itemsOf(api));
    expect(pages[0]?.headers).toMatchObject({
      'content-disposition': `attachment; filename="${list.file}.ndjson"`,
    });
  });

  test('is the same as CSV, one table however many pages', async () => {
    const api = await createFilledApi();
    const pages = await pagesOf(api, list, 'text/csv');
    const [names = [], ...rows] = readCsv(pages.map(({ text }) => text).join(''));
    const seen = rows.map((row) => names.map((name, index) => [name, row[index]]));
    const items = await itemsOf(api);
    for (const [index, item] of items.entries()) {
      const known = new Map(flat(item));
      expect(seen[index]).toEqual(names.map((name) => [name, known.get(name) ?? '']));
    }
    expect(seen).toHaveLength(items.length);
    expect(pages[0]?.headers).toMatchObject({
      'content-disposition': `attachment; filename="${list.file}.csv"`,
    });
  });

  test('leaves no member out of CSV', async () => {
    const api = await createFilledApi();
    const [page] = await pagesOf(api, list, 'text/csv');
    const [names = []] = readCsv(page?.text ?? '');
    const members = (await itemsOf(api)).flatMap((item) => flat(item).map(([name]) => name));
    const isShown = (member: string) =>
      names.some((name) => name === member || name.startsWith(`${member}.`));
    expect([...new Set(members)].filter((member) => !isShown(member))).toEqual([]);
  });

  test('holds no cell that a spreadsheet evaluates', async () => {
    const pages = await pagesOf(await createFilledApi(), list, 'text/csv');
    const cells = pages.flatMap(({ text }): string[] => parse(text, { relax_column_count: true }).flat());
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  test('is no picture', async () => {
    const api = await createFilledApi();
    const reply = await api.call(list.routeKey, { ...list.call, headers: { accept: 'image/png' } });
    expectProblem(reply, { status: 406, code: 'not_acceptable' });
  });
});

test('an exported address reads back as it is', async () => {
  const api = await createFilledApi();
  const { text } = await api.call(LIST, { headers: { accept: 'text/csv' } });
  const addresses = readCsv(text).map(([, address]) => address);
  expect(addresses).toEqual(expect.arrayContaining(['=cmd@example.com', "'tick@example.com"]));
});

test('every list that the contract knows is exported here', () => {
  const documented = operationsOf(readContract()).filter(
    ({ operation }) =>
      resolve(readContract(), operation.responses['200'] ?? { $ref: '' }).content['text/csv'],
  );
  const exported = new Set(Object.values(LISTS).map(({ routeKey }) => routeKey));
  expect(documented.map(({ routeKey }) => routeKey).sort()).toEqual([...exported].sort());
});
