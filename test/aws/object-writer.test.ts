import { afterEach, expect, test } from '@jest/globals';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import { createObjectWriter, placeOf } from '../../lib/aws/object-writer.ts';
import { openService, type Scene, type ScriptedService } from './scripted-service.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const COMMON = {
  service: 's3',
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
  maxAttempts: 3,
  connections: { maxSockets: 16, connectionTimeoutInMs: 1_000, requestTimeoutInMs: 200 },
  clock: () => NOON,
};
const OBJECT = {
  key: 'removals/eu-central-1/1790000000000-3.json',
  body: '{"emailAddress":"bücher@example.com"}\n',
  contentType: 'application/x-ndjson',
};
const TAKEN: Scene = { status: 200, body: '' };

type Headers = Readonly<Record<string, string>>;

let service: ScriptedService | undefined;
afterEach(() => service?.close());

async function writerOver(...scenes: readonly Scene[]) {
  service = await openService(...scenes);
  const writer = createObjectWriter({ ...COMMON, endpoint: service.endpoint }, 'the-bucket');
  return { writer, received: service.received };
}

test('an object is one PUT, signed with the hash of its body as the SDK signs it', async () => {
  const { writer, received } = await writerOver(TAKEN);
  await writer.put(OBJECT);
  expect(received).toHaveLength(1);
  const [sent] = received;
  const { path = '', headers = {} } = sent ?? {};
  expect(sent).toMatchObject({ method: 'PUT', path: `/the-bucket/${OBJECT.key}`, body: OBJECT.body });
  const { host = '', 'content-type': type = '', 'x-amz-content-sha256': sum = '' } = headers as Headers;
  const signed = { host, 'content-type': type, 'x-amz-content-sha256': sum };
  const sdk = new SignatureV4({ ...COMMON, sha256: Sha256, uriEscapePath: false, applyChecksum: true });
  const request = new HttpRequest({
    method: 'PUT',
    path,
    body: OBJECT.body,
    headers: signed,
  });
  const { headers: expected } = await sdk.sign(request, { signingDate: new Date(NOON) });
  expect(headers).toMatchObject(expected);
});

test('is tried again after a passing fault, and refused in the name of its status', async () => {
  const { writer, received } = await writerOver({ status: 503, body: '<Error/>' }, TAKEN);
  await writer.put(OBJECT);
  expect(received).toHaveLength(2);
  service?.close();
  const refusing = await writerOver({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
  await expect(refusing.writer.put(OBJECT)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  expect(refusing.received).toHaveLength(1);
});

test('a bucket is named by the host, and by the path where the host is a number', () => {
  expect(placeOf('the-bucket', 'https://s3.eu-central-1.amazonaws.com')).toEqual({
    endpoint: 'https://the-bucket.s3.eu-central-1.amazonaws.com/',
    prefix: '',
  });
  expect(placeOf('the-bucket', 'http://127.0.0.1:4566')).toEqual({
    endpoint: 'http://127.0.0.1:4566',
    prefix: '/the-bucket',
  });
});
