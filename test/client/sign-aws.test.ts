import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createReboundClient } from '../../client/index.ts';
import { type AwsSignerOptions, createAwsSigner } from '../../client/sign-aws.ts';
import { createFakeFetch } from './fake-fetch.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET };
const GATEWAY = 'https://abc.execute-api.eu-central-1.amazonaws.com';
const SIGNED = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/;

/** A client that signs, and what it sends. */
function createSigning(options: AwsSignerOptions = {}, baseUrl = GATEWAY) {
  const { fetch, sent } = createFakeFetch();
  const sign = createAwsSigner({ credentials: CREDENTIALS, clock: () => NOW, ...options });
  return { client: createReboundClient({ baseUrl, fetch, sign }), sent };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The signature by the words of the AWS page "Create a signed AWS API request", over these headers. */
function signatureOf(path: string, { method, query, headers, body }: Record<string, string>): string {
  const request = [method, path, query, headers, '', 'SIGNED', sha256(body ?? '')];
  const names = (headers ?? '').split('\n').map((line) => line.split(':')[0]);
  const canonical = request.join('\n').replace('SIGNED', names.join(';'));
  const scope = '20261123/eu-central-1/execute-api/aws4_request';
  const toSign = ['AWS4-HMAC-SHA256', '20261123T120000Z', scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(key, toSign).toString('hex');
}

describe('a signature', () => {
  test.each([
    ['ada+news@example.com', 'ada%2Bnews%40example.com'],
    ['a/b@x.com', '~YS9iQHguY29t'],
  ])('of a call about %s is what AWS makes of it', async (address, canonical) => {
    const { client, sent } = createSigning();
    await client.readSuppression(address);
    const [, credential, names = '', signature] = SIGNED.exec(sent[0]?.headers['authorization'] ?? '') ?? [];
    expect(credential).toBe('AKIDEXAMPLE/20261123/eu-central-1/execute-api/aws4_request');
    const all = { ...sent[0]?.headers, host: new URL(GATEWAY).host } as Record<string, string>;
    const headers = names.split(';').map((name) => `${name}:${all[name]}`);
    expect(names.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date']));
    expect(signature).toBe(
      signatureOf(`/v1/accounts/default/suppressions/${canonical}`, {
        method: 'GET',
        query: '',
        headers: headers.join('\n'),
      }),
    );
  });

  test('covers query and body', async () => {
    const { client, sent } = createSigning();
    await client.listSuppressions({ limit: 1 });
    await client.listSuppressions({ limit: 2 });
    await client.saveAccount({ contacts: 1 });
    await client.saveAccount({ contacts: 2 });
    expect(new Set(sent.map(({ headers }) => SIGNED.exec(headers['authorization'] ?? '')?.[3])).size).toBe(4);
  });

  test('names a session by its token', async () => {
    const { client, sent } = createSigning({ credentials: { ...CREDENTIALS, sessionToken: 'session' } });
    await client.readAccount();
    expect(sent[0]?.headers).toMatchObject({ 'x-amz-security-token': 'session' });
  });

  test('leaves the host to whoever sends', async () => {
    const { client, sent } = createSigning();
    await client.readAccount();
    expect(sent[0]?.headers).not.toHaveProperty('host');
    expect(sent[0]?.headers['authorization']).toContain('host;');
  });
});

describe('the Region', () => {
  test.each([
    ['of a gateway is in its name', {}, GATEWAY, 'eu-central-1'],
    ['may be given', { region: 'us-east-1' }, GATEWAY, 'us-east-1'],
    ['of another name must be', { region: 'us-east-1' }, 'https://rebound.example.com', 'us-east-1'],
  ])('%s', async (_name, options, baseUrl, region) => {
    const { client, sent } = createSigning(options, baseUrl);
    await client.readAccount();
    expect(sent[0]?.headers['authorization']).toContain(`/${region}/execute-api/`);
  });

  test('of another name is not guessed', async () => {
    const { client } = createSigning({}, 'https://rebound.example.com');
    await expect(client.readAccount()).rejects.toThrow('rebound.example.com does not name its AWS Region');
  });
});
