import { describe, expect, test } from '@jest/globals';
import { checkRouteKey, decodePath, matchRoute } from '../../local/route.ts';
import { TemplateError } from '../../local/template-error.ts';

const KEYS = [
  'GET /v1/accounts/{account}',
  'PUT /v1/accounts/{account}',
  'GET /v1/accounts/{account}/suppressions',
  'GET /v1/accounts/{account}/suppressions/{address}',
  'POST /v1/accounts/{account}/suppressions/import',
  'POST /v1/accounts/{account}/suppressions/{address}',
  'POST /v1/accounts/{account}/suppressions/{address}/unbounce',
];
const ROUTES = KEYS.map((key) => ({ key, functionArn: key }));

/** The route key and parameters that a request line leads to, as the gateway finds them. */
function routed(method: string, rawPath: string): unknown {
  const path = decodePath(rawPath);
  const match = path === null ? null : matchRoute(ROUTES, method, path);
  return match === null ? null : [match.route.key, match.pathParameters];
}

describe('a request leads to', () => {
  test.each([
    ['its route', 'GET', '/v1/accounts/a', [KEYS[0], { account: 'a' }]],
    ['the route of its method', 'PUT', '/v1/accounts/a', [KEYS[1], { account: 'a' }]],
    [
      'a decoded parameter',
      'GET',
      '/v1/accounts/a/suppressions/x%40y.com',
      [KEYS[3], { account: 'a', address: 'x@y.com' }],
    ],
    [
      'a parameter that was not encoded',
      'GET',
      '/v1/accounts/a/suppressions/x+1@y.com',
      [KEYS[3], { account: 'a', address: 'x+1@y.com' }],
    ],
    [
      'a parameter that is decoded once',
      'GET',
      '/v1/accounts/a/suppressions/50%25off@x.com',
      [KEYS[3], { account: 'a', address: '50%off@x.com' }],
    ],
    [
      'a parameter in any script',
      'GET',
      '/v1/accounts/a/suppressions/%C3%A9@y.com',
      [KEYS[3], { account: 'a', address: 'é@y.com' }],
    ],
    [
      'the literal segment before the parameter',
      'POST',
      '/v1/accounts/a/suppressions/import',
      [KEYS[4], { account: 'a' }],
    ],
    [
      'the parameter where the literal does not fit',
      'POST',
      '/v1/accounts/a/suppressions/importer',
      [KEYS[5], { account: 'a', address: 'importer' }],
    ],
    ['a parameter cut at a decoded question mark', 'GET', '/v1/accounts/a%3Fb', [KEYS[0], { account: 'a' }]],
  ])('%s', (_, method, rawPath, expected) => {
    expect(routed(method, rawPath)).toEqual(expected);
  });

  test.each([
    ['another method', 'DELETE', '/v1/accounts/a'],
    ['another path', 'GET', '/v2/accounts/a'],
    ['an empty parameter', 'GET', '/v1/accounts/'],
    ['a slash at the end', 'GET', '/v1/accounts/a/'],
    ['an encoded slash, which parts two segments', 'GET', '/v1/accounts/a/suppressions/a%2Fb@x.com'],
    ['a segment too many', 'GET', '/v1/accounts/a/b'],
    ['HEAD, which is not GET', 'HEAD', '/v1/accounts/a'],
  ])('nothing: %s', (_, method, rawPath) => {
    expect(routed(method, rawPath)).toBeNull();
  });

  test('nothing that can be decoded: a stray percent sign', () => {
    expect(decodePath('/v1/accounts/50%off')).toBeNull();
  });
});

describe('a route key', () => {
  test.each(KEYS)('is understood: %s', (key) => {
    expect(() => checkRouteKey(key)).not.toThrow();
  });

  test.each(['$default', 'ANY /v1', 'GET /v1/{proxy+}', 'GET', 'GET /v1/a{b}'])('is refused: %s', (key) => {
    expect(() => checkRouteKey(key)).toThrow(TemplateError);
  });
});
