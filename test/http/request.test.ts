import { describe, expect, test } from '@jest/globals';
import { readEvent } from '../../lib/http/request.ts';
import { apiEvent } from './events.ts';
import { problemBodyOf, problemOf } from './problem-of.ts';

const LIMIT_IN_BYTES = 3 * 1024 * 1024;
const plain = (body: unknown) => readEvent(apiEvent({ body }));
const base64 = (bytes: Uint8Array | string) =>
  readEvent(apiEvent({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }));

describe('an event of the gateway', () => {
  test('is read into our own words', () => {
    const request = readEvent(
      apiEvent({
        pathParameters: { account: 'acme', address: '50%off@example.com' },
        queryStringParameters: { limit: '10', reason: 'policy,spam' },
        headers: { 'Idempotency-Key': 'k' },
      }),
    );
    expect(request).toMatchObject({ id: 'request-1', routeKey: 'POST /v1/accounts/{account}/things' });
    expect({ ...request.path }).toEqual({ account: 'acme', address: '50%off@example.com' });
    expect({ ...request.query }).toEqual({ limit: '10', reason: 'policy,spam' });
    expect({ ...request.headers }).toEqual({ 'idempotency-key': 'k' });
  });

  test.each([[undefined], [null], [1], ['text'], [[]], [{}], [{ requestContext: 1, headers: 'x' }]])(
    'may lack everything: %j',
    (event) => {
      const request = readEvent(event);
      expect(request).toMatchObject({ id: '', routeKey: '', path: {}, query: {} });
      expect(request.readBody()).toBeUndefined();
    },
  );

  test('has no members but those that were sent', () => {
    const { query } = readEvent({ queryStringParameters: { limit: 7, cursor: 'c' } });
    expect([query['constructor'], query['limit'], query['cursor']]).toEqual([undefined, undefined, 'c']);
  });
});

describe('a body', () => {
  test.each<[string, () => unknown, unknown]>([
    ['as text', plain('{"a":"\u00e4"}').readBody, { a: '\u00e4' }],
    ['as base64', base64('{"a":"\u00e4"}').readBody, { a: '\u00e4' }],
    ['as text with a byte order mark', plain('\ufeff[1]').readBody, [1]],
    ['as base64 with a byte order mark', base64('\ufeff[1]').readBody, [1]],
    ['that is absent', plain(undefined).readBody, undefined],
    ['that is empty', plain('').readBody, undefined],
    [
      'of 32 levels',
      plain('['.repeat(32) + ']'.repeat(32)).readBody,
      JSON.parse('['.repeat(32) + ']'.repeat(32)),
    ],
    ['with brackets in strings', plain(`["${'[{\\"'.repeat(50)}"]`).readBody, ['[{"'.repeat(50)]],
    [
      'of 3 MiB as base64',
      base64(`"${'x'.repeat(LIMIT_IN_BYTES - 2)}"`).readBody,
      'x'.repeat(LIMIT_IN_BYTES - 2),
    ],
    ['of 3 MiB', plain(`"${'x'.repeat(LIMIT_IN_BYTES - 2)}"`).readBody, 'x'.repeat(LIMIT_IN_BYTES - 2)],
  ])('%s is read', (_, readBody, value) => {
    expect(readBody()).toEqual(value);
  });

  test.each<[string, () => unknown, string]>([
    ['that is no JSON', plain('{').readBody, 'body_not_json'],
    ['of white space', plain('  ').readBody, 'body_not_json'],
    ['with two values', plain('{}{}').readBody, 'body_not_json'],
    ['with a string that does not end', plain('["').readBody, 'body_not_json'],
    ['with an escape that does not end', plain('["\\').readBody, 'body_not_json'],
    ['that is no UTF-8', base64(Uint8Array.of(0x22, 0xff, 0x22)).readBody, 'body_not_json'],
    ['of 33 levels', plain('['.repeat(33) + ']'.repeat(33)).readBody, 'invalid_request'],
    ['of a million levels', plain('{"a":'.repeat(500_000)).readBody, 'invalid_request'],
    ['over 3 MiB', plain(`"${'x'.repeat(LIMIT_IN_BYTES - 1)}"`).readBody, 'body_too_large'],
    [
      'over 3 MiB of two-byte letters',
      plain(`"${'\u00e4'.repeat(LIMIT_IN_BYTES / 2)}"`).readBody,
      'body_too_large',
    ],
    ['over 3 MiB as base64', base64(`"${'x'.repeat(LIMIT_IN_BYTES - 1)}"`).readBody, 'body_too_large'],
  ])('%s is refused', (_, readBody, code) => {
    expect(problemOf(readBody)).toBe(code);
  });

  test.each([
    ['that is no JSON', plain('{').readBody, 'Send the body as JSON (RFC 8259) in UTF-8.'],
    ['that is no UTF-8', base64(Uint8Array.of(0xff)).readBody, 'Send the body as JSON (RFC 8259) in UTF-8.'],
    [
      'that is too long',
      plain('x'.repeat(LIMIT_IN_BYTES + 1)).readBody,
      'Keep the body under 3 MiB: split the call into several.',
    ],
  ])('%s is told what to do', (_, readBody, detail) => {
    expect(problemBodyOf(readBody)?.detail).toBe(detail);
  });
});
