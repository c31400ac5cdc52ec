import { describe, expect, test } from '@jest/globals';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { createSigner, encodeSegment, type SignerOptions } from '../../lib/aws/signer.ts';

const NOON = Date.parse('2026-11-23T12:00:00.789Z');
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const DYNAMODB: SignerOptions = { service: 'dynamodb', region: 'eu-central-1', credentials: CREDENTIALS };
const REQUEST = {
  method: 'POST',
  path: '/',
  headers: {
    host: 'dynamodb.eu-central-1.amazonaws.com',
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.GetItem',
  },
  body: '{"Key":{}}',
};

/** What the SDK's own signer says. */
async function signedBySdk(
  { service, region, credentials }: SignerOptions,
  request: typeof REQUEST & { readonly query?: Record<string, string[]> },
  now: number,
) {
  const sdk = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const { headers } = await sdk.sign(new HttpRequest({ query: {}, ...request }), {
    signingDate: new Date(now),
  });
  return headers;
}

describe('a signature', () => {
  test('is the one of the SDK, whatever is signed', async () => {
    const header = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/).map((text) => text.replace(/ +/g, ' '));
    const segment = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 20 })
      .filter((text) => !/^\.{1,2}$/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          body: fc.string({ unit: 'binary' }),
          target: header,
          segments: fc.array(segment),
          query: fc.dictionary(segment, fc.array(segment, { minLength: 1, maxLength: 3 }), {
            maxKeys: 3,
            noNullPrototype: true,
          }),
          sessionToken: fc.option(fc.stringMatching(/^[!-~]+$/), { nil: undefined }),
          secretAccessKey: fc.stringMatching(/^[!-~]+$/),
          now: fc.integer({ min: 0, max: Date.parse('2100-01-01') }),
        }),
        async ({ body, target, segments, query, sessionToken, secretAccessKey, now }) => {
          const credentials = {
            accessKeyId: 'AKID',
            secretAccessKey,
            ...(sessionToken !== undefined && { sessionToken }),
          };
          const options = { ...DYNAMODB, credentials };
          const path = `/${segments.map(encodeSegment).join('/')}`;
          const headers = { ...REQUEST.headers, 'x-amz-target': target };
          const request = { ...REQUEST, body, path, query, headers };
          expect(createSigner(options)(request, now)).toEqual(await signedBySdk(options, request, now));
        },
      ),
      { seed: 20261123 },
    );
  });

  test('sorts a query by names, not by pairs', async () => {
    const request = { ...REQUEST, query: { 'a-b': ['1'], a: ['2', '10'] } };
    expect(createSigner(DYNAMODB)(request, NOON)).toEqual(await signedBySdk(DYNAMODB, request, NOON));
  });

  test('follows the day: the key of yesterday signs nothing today', async () => {
    const sign = createSigner(DYNAMODB);
    for (const now of [NOON, NOON + 86_400_000, NOON]) {
      expect(sign(REQUEST, now)).toEqual(await signedBySdk(DYNAMODB, REQUEST, now));
    }
  });

  test('carries a session token only where there is one', () => {
    expect(createSigner(DYNAMODB)(REQUEST, NOON)).not.toHaveProperty('x-amz-security-token');
    const temporary = { ...DYNAMODB, credentials: { ...CREDENTIALS, sessionToken: 'token' } };
    expect(createSigner(temporary)(REQUEST, NOON)).toHaveProperty('x-amz-security-token', 'token');
  });
});

test('a segment keeps nothing but unreserved characters', () => {
  expect(encodeSegment("o'neil+a(b)*!/ü@x.example")).toBe('o%27neil%2Ba%28b%29%2A%21%2F%C3%BC%40x.example');
});
