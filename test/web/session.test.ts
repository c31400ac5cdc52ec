import { describe, expect, test } from '@jest/globals';
import { ReboundGatewayError, ReboundProblemError } from '../../client/index.ts';
import { failureKindOf } from '../../web/app/failure-kind.ts';
import { ConfigError, parseConfig } from '../../web/session/config.ts';

describe('the settings', () => {
  test('of this machine name accounts and no issuer', () => {
    expect(parseConfig({ apiUrl: '/', auth: null, accounts: ['default'] })).toEqual({
      apiUrl: '/',
      auth: null,
      accounts: ['default'],
    });
  });

  test('of a stack name an issuer, and an account or the claim for it', () => {
    const auth = {
      issuer: 'https://issuer.example',
      clientId: 'c',
      scopes: ['a'],
      scopePrefix: 'r/',
      accountClaim: null,
    };
    expect(parseConfig({ apiUrl: '/', auth, account: 'shop' })).toEqual({
      apiUrl: '/',
      auth,
      accounts: ['shop'],
    });
    const bare = { issuer: 'https://issuer.example', clientId: 'c' };
    expect(parseConfig({ apiUrl: '/', auth: bare, account: null })).toEqual({
      apiUrl: '/',
      auth: { ...bare, scopes: [], scopePrefix: '', accountClaim: null },
      accounts: [],
    });
  });

  test.each([null, 'text', {}, { apiUrl: 1 }, { apiUrl: '/', auth: {} }, { apiUrl: '/', auth: 'x' }])(
    '%j are none',
    (json) => {
      expect(() => parseConfig(json)).toThrow(ConfigError);
    },
  );
});

function problem(code: string): ReboundProblemError {
  const body = { type: 't', title: 't', status: 400, detail: 'd', code } as never;
  return new ReboundProblemError({ problem: body, retryAfterInSeconds: null });
}

function gateway(status: number): ReboundGatewayError {
  return new ReboundGatewayError({ status, message: 'm', retryAfterInSeconds: null });
}

test.each([
  ['offline', new TypeError('Failed to fetch')],
  ['offline', new DOMException('The operation timed out.', 'TimeoutError')],
  ['signedOut', gateway(401)],
  ['forbidden', gateway(403)],
  ['forbidden', problem('forbidden')],
  ['unavailable', gateway(404)],
  ['busy', gateway(503)],
  ['busy', problem('try_again')],
  ['unknownAccount', problem('unknown_account')],
  ['unknownCampaign', problem('unknown_campaign')],
  ['invalidAddress', problem('invalid_address')],
  ['other', problem('internal')],
  ['other', gateway(500)],
  ['other', new Error('something else')],
])('%s is what the reader is told', (kind, error) => {
  expect(failureKindOf(error)).toBe(kind);
});
