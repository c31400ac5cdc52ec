import { type DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteSuppressedDestinationCommand,
  GetEmailIdentityCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createJsonRpcClient } from '../../lib/aws/json-rpc-client.ts';
import { createRestJsonClient } from '../../lib/aws/rest-json-client.ts';
import { openService, type Scene, type ScriptedService } from './scripted-service.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const COMMON = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
  maxAttempts: 3,
  connections: { maxSockets: 16, connectionTimeoutInMs: 1_000, requestTimeoutInMs: 200 },
  clock: () => NOON,
};
const COMMAND = new GetItemCommand({ TableName: 'table', Key: { id: { S: 'ü' } } });
const OK: Scene = { status: 200, body: '{"Item":{"id":{"S":"\u00fc"}}}' };
const THROTTLED = fault(400, {
  __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
  message: 'Slow.',
});

let service: ScriptedService | undefined;
afterEach(() => service?.close());

function fault(status: number, body: object): Scene {
  return { status, body: JSON.stringify(body) };
}

async function dynamoOver(...scenes: readonly Scene[]) {
  service = await openService(...scenes);
  const options = { ...COMMON, service: 'dynamodb', targetPrefix: 'DynamoDB_20120810' };
  const client = createJsonRpcClient<DynamoDBClient>({ ...options, endpoint: service.endpoint });
  return { client, received: service.received };
}

async function sesOver(...scenes: readonly Scene[]) {
  service = await openService(...scenes);
  const client = createRestJsonClient<SESv2Client>({ ...COMMON, service: 'ses', endpoint: service.endpoint });
  return { client, received: service.received };
}

describe('a call by JSON RPC', () => {
  test('is one signed POST, and answers what the service said', async () => {
    const { client, received } = await dynamoOver(OK);
    expect(await client.send(COMMAND)).toMatchObject({
      Item: { id: { S: 'ü' } },
      $metadata: { httpStatusCode: 200 },
    });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: 'POST',
      path: '/',
      body: '{"TableName":"table","Key":{"id":{"S":"ü"}}}',
      headers: {
        host: service?.endpoint.slice('http://'.length),
        'content-type': 'application/x-amz-json-1.0',
        'content-length': '45',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        'x-amz-date': '20261123T120000Z',
        'amz-sdk-request': 'attempt=1; max=3',
      },
    });
    expect(received[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/20261123\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
  });

  test('takes an empty answer', async () => {
    const { client } = await dynamoOver({ status: 200, body: '' });
    expect(await client.send(COMMAND)).toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  test.each<[string, Scene]>([
    ['is throttled', THROTTLED],
    ['meets a fault of the service', fault(500, { __type: 'InternalServerError' })],
    ['meets a gateway that speaks no JSON', { status: 503, body: '<html>' }],
    ['loses its connection', 'hang_up'],
    ['gets no answer in time', 'silence'],
    ['gets no more than the beginning of one', 'stall'],
    ['loses its connection in the middle of one', 'break_off'],
  ])('is tried again when it %s', async (_, scene) => {
    const { client, received } = await dynamoOver(scene, OK);
    expect(await client.send(COMMAND)).toMatchObject({ Item: { id: { S: 'ü' } } });
    const ids = received.map(({ headers }) => headers['amz-sdk-invocation-id']);
    expect(ids).toEqual([expect.any(String), ids[0]]);
    expect(received[1]?.headers['amz-sdk-request']).toBe('attempt=2; max=3');
  });

  test('fails with the last fault after three tries', async () => {
    const { client, received } = await dynamoOver(THROTTLED);
    await expect(client.send(COMMAND)).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Slow.',
      $metadata: { httpStatusCode: 400, attempts: 3 },
    });
    expect(received).toHaveLength(3);
  });

  test('is not tried again when the service refuses it, and says why', async () => {
    const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { v: { N: '4' } } }];
    const { client, received } = await dynamoOver(
      fault(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
        message: 'Cancelled.',
        CancellationReasons: reasons,
      }),
    );
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: reasons,
    });
    expect(received).toHaveLength(1);
  });

  test('ends when its caller gives up, before and while it waits', async () => {
    const { client, received } = await dynamoOver('silence');
    const abortSignal = AbortSignal.timeout(50);
    await expect(client.send(COMMAND, { abortSignal })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(client.send(COMMAND, { abortSignal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(received).toHaveLength(1);
  });
});

describe('a call by REST', () => {
  test('puts into the path what belongs there, encoded', async () => {
    const { client, received } = await sesOver({ status: 200, body: '{"VerifiedForSendingStatus":true}' });
    const command = new GetEmailIdentityCommand({ EmailIdentity: "o'neil+a/b@x.example" });
    expect(await client.send(command)).toMatchObject({ VerifiedForSendingStatus: true });
    expect(received[0]).toMatchObject({
      method: 'GET',
      path: '/v2/email/identities/o%27neil%2Ba%2Fb%40x.example',
      body: '',
    });
    expect(received[0]?.headers.authorization).toContain('/eu-central-1/ses/aws4_request');
  });

  test('puts the rest into the body', async () => {
    const { client, received } = await sesOver({ status: 200, body: '{}' });
    await client.send(new PutSuppressedDestinationCommand({ EmailAddress: 'a@x.example', Reason: 'BOUNCE' }));
    await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'a@x.example' }));
    expect(received).toMatchObject([
      {
        method: 'PUT',
        path: '/v2/email/suppression/addresses',
        body: '{"EmailAddress":"a@x.example","Reason":"BOUNCE"}',
      },
      { method: 'DELETE', path: '/v2/email/suppression/addresses/a%40x.example', body: '' },
    ]);
  });

  test('fails under the name in the header', async () => {
    const headers = { 'x-amzn-errortype': 'NotFoundException:http://internal.example/' };
    const { client } = await sesOver({ status: 404, body: '{"message":"No such identity."}', headers });
    await expect(
      client.send(new GetEmailIdentityCommand({ EmailIdentity: 'x.example' })),
    ).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'No such identity.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('puts into the query what belongs there', async () => {
    const { client, received } = await sesOver({ status: 200, body: '{}' });
    const list = { Reasons: ['COMPLAINT', 'BOUNCE'] as const, NextToken: 'a&b=c/ü', PageSize: 100 };
    await client.send(new ListSuppressedDestinationsCommand({ ...list, Reasons: [...list.Reasons] }));
    await client.send(
      new DeleteSuppressedDestinationCommand({ EmailAddress: 'a@x.example', TenantName: 't' }),
    );
    expect(received).toMatchObject([
      {
        path: '/v2/email/suppression/addresses?NextToken=a%26b%3Dc%2F%C3%BC&PageSize=100&Reason=BOUNCE&Reason=COMPLAINT',
        body: '',
      },
      { path: '/v2/email/suppression/addresses/a%40x.example?TenantName=t', body: '' },
    ]);
  });

  test('leaves out of the query what is not given', async () => {
    const { client, received } = await sesOver({ status: 200, body: '{}' });
    await client.send(new ListSuppressedDestinationsCommand({ NextToken: undefined }));
    expect(received[0]?.path).toBe('/v2/email/suppression/addresses');
  });

  test('refuses a time in a query, rather than sending another one', async () => {
    const { client } = await sesOver(OK);
    const command = new ListSuppressedDestinationsCommand({ StartDate: new Date(NOON) });
    expect(() => client.send(command)).toThrow(TypeError);
  });
});
