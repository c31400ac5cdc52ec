import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../infra/routes.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { bounce, failed } from '../ses/build.ts';
import { readableAddressesIn } from '../support/readable-addresses.ts';
import { routeKeyOf } from './gateway-model.ts';
import { ROUTE_ROWS } from './route-rows.ts';
import { openSpiedStack, type SpiedStack } from './spied-stack.ts';
import { EVERYTHING } from './stack-on-paper.ts';
import { OPERATOR } from './tenants.ts';

// A bad day: AWS refuses everything, in words that name people, and what functions print is read.

const PERSON = 'Ada.Lovelace+news@example.com';
const WORDS = `The key {"address": "${PERSON}"} (ada.lovelace%2Bnews%40example.com)\u001b[31m\u202e is wrong.`;
const WRITTEN: readonly string[] = [
  PERSON,
  PERSON.toLowerCase(),
  PERSON.toUpperCase(),
  encodeURIComponent(PERSON),
  Buffer.from(PERSON).toString('base64url'),
  Buffer.from(PERSON).toString('base64'),
  'lovelace',
];

let stack: SpiedStack;
beforeAll(async () => {
  stack = await openSpiedStack(EVERYTHING);
  stack.refuse(WORDS);
});
afterAll(() => stack.close());

/** Lines as a log group gets them: JSON, one event or metric each, which nothing from outside breaks or turns. */
function expectClean(lines: readonly string[]): Record<string, unknown>[] {
  const text = lines.join('');
  expect(readableAddressesIn(text)).toEqual([]);
  expect(WRITTEN.filter((written) => text.toLowerCase().includes(written.toLowerCase()))).toEqual([]);
  return lines.map((line) => {
    expect(line).toMatch(/^\{[^\p{Cc}\p{Bidi_Control}]*\}\n$/u);
    return JSON.parse(line);
  });
}

describe('what is logged when AWS refuses everything', () => {
  test.each(ROUTES.filter(({ scope }) => scope !== null).map((route) => [routeKeyOf(route), route] as const))(
    'of %s names the request and nobody',
    async (key, { method, path }) => {
      const rawPath = path
        .replace('{account}', 'acme')
        .replace('{address}', `~${Buffer.from(PERSON).toString('base64url')}`)
        .replace('{campaign}', 'spring');
      const { body, query = '' } = ROUTE_ROWS[key] ?? {};
      const wild = JSON.parse(
        JSON.stringify(body ?? null).replaceAll(/[\w.+-]+@example\.com/g, PERSON),
      ) as unknown;
      const reply = await stack.send({ method, rawPath, query, body: wild ?? undefined }, OPERATOR);
      expect([reply.status, reply.faults]).toEqual([500, []]);
      expect(reply.text.toLowerCase()).not.toContain('lovelace');
      const told = expectClean(reply.lines).filter(({ event }) => event !== undefined);
      expect(told).toEqual([
        expect.objectContaining({
          event: 'request_failed',
          level: 'ERROR',
          route: key,
          requestId: expect.stringMatching(/^[\w-]{36}$/),
          timestamp: expect.stringMatching(/Z$/),
          error: expect.stringContaining('is wrong'),
        }),
      ]);
    },
    30_000,
  );

  test.each([
    ['a bounce', JSON.stringify(bounce({ bouncedRecipients: [failed(PERSON)] }, { destination: [PERSON] }))],
    ['no JSON', `from ${PERSON}`],
    ['a recipient that is none', JSON.stringify(bounce({ bouncedRecipients: [failed(`${PERSON}>, x`)] }))],
  ])(
    'of a message with %s names the message and nobody',
    async (_, body) => {
      const Records = [{ messageId: 'message-1', body, eventSource: 'aws:sqs' }];
      const { result, lines } = await stack.invoke('RecordBounces', { Records });
      expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
      const told = expectClean(lines).filter(({ event }) => event !== undefined);
      expect(told.length).toBeGreaterThan(0);
      for (const one of told) expect(JSON.stringify(one)).toContain('message-1');
    },
    60_000,
  );

  test.each(['SyncSesList', 'PublishEvents'])(
    'of a change that %s is told of names nobody',
    async (name) => {
      const key = { addressHash: addressHash(PERSON.toLowerCase()), scope: 'status', v: 2 };
      const removal = { requestedAt: '2026-11-23T00:00:00.000Z', state: 'pending' };
      const image = { ...key, global: { declaredAt: '2026-11-23T00:00:00.000Z', rule: 'G1' } };
      const NewImage = marshall({ ...image, ses: { sesAccountList: { removal } } });
      const Records = [
        { eventSource: 'aws:dynamodb', dynamodb: { NewImage, SequenceNumber: '1' } },
        {
          eventSource: 'aws:dynamodb',
          dynamodb: { NewImage: marshall({ ...key, global: PERSON }), SequenceNumber: '2' },
        },
      ];
      const before = stack.lines.length;
      // Lambda prints what a function throws.
      const thrown = await stack.invoke(name, { Records }).catch((error: Error) => error.stack ?? '');
      expect(readableAddressesIn(thrown)).toEqual([]);
      expect(expectClean(stack.lines.slice(before)).length).toBeGreaterThan(0);
    },
    60_000,
  );
});
