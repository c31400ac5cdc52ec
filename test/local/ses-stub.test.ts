import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetSuppressedDestinationCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localClient } from '../../local/aws-clients.ts';
import type { LocalState } from '../../local/state-file.ts';
import { type Instance, startInstance } from './instance.ts';

const MOST_WAIT_IN_MS = 100_000;
/** The stub takes one request a second, and the function needs most of them. */
const BETWEEN_QUESTIONS_OF_SES_IN_MS = 5_000;
const ADA = 'ada@example.net';
const SPELLED = 'Ada@Example.net';

let instance: Instance;
let state: LocalState;

beforeAll(async () => {
  instance = startInstance(['--empty', '--ses-stub']);
  state = await instance.ready();
});
afterAll(() => instance.clear());

const ses = () => new SESv2Client({ ...localClient(state.endpoints.ses ?? ''), maxAttempts: 12 });

async function list(EmailAddress: string, Reason: SuppressionListReason = 'BOUNCE'): Promise<void> {
  await ses().send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
}

async function isListed(EmailAddress: string): Promise<boolean> {
  return await ses()
    .send(new GetSuppressedDestinationCommand({ EmailAddress }))
    .then(
      () => true,
      (error: Error) => {
        if (error.name === 'NotFoundException') return false;
        throw error;
      },
    );
}

async function publish(reply: object, bounce: object, address = SPELLED): Promise<void> {
  const now = new Date().toISOString();
  const message = {
    notificationType: 'Bounce',
    bounce: {
      feedbackId: `feedback-${now}`,
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: address, action: 'failed', ...reply }],
      timestamp: now,
      ...bounce,
    },
    mail: { timestamp: now, messageId: `message-${now}`, source: 'news@example.com', destination: [address] },
  };
  const sns = new SNSClient(localClient(state.endpoints.sns));
  await sns.send(new PublishCommand({ TopicArn: state.topicArn, Message: JSON.stringify(message) }));
}

async function call(path: string, body?: object, method = body === undefined ? 'GET' : 'POST') {
  const response = await fetch(`${state.apiUrl}/v1/accounts/default${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer holds what the test says it holds.
  return (await response.json()) as any;
}

const filter = (...recipients: string[]) => call('/recipients/filter', { recipients });
const layer = async (address = ADA) => (await call(`/suppressions/${address}`)).layers.sesAccountList;

async function until(holds: () => Promise<boolean>, pauseInMs = 100): Promise<void> {
  const giveUpAt = Date.now() + MOST_WAIT_IN_MS;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error('It did not happen in time.');
    await sleep(pauseInMs);
  }
}

test('bounce, unbounce, echo: the address leaves the list each time, and one unbounce is charged', async () => {
  await call('', { contacts: 1_000, sendingIdentities: ['example.com'] }, 'PUT');
  await list(SPELLED);
  await publish({ status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 message refused by policy' }, {});
  await until(async () => (await filter(ADA)).notSent.length === 1);

  const granted = await call(`/suppressions/${ADA}/unbounce`, { confirmedValid: true });
  expect(granted).toMatchObject({
    identityCheck: 'verified',
    layers: { own: 'clear', sesAccountList: 'pending' },
  });
  await until(async () => (await layer()) === 'clear');
  expect(await isListed(SPELLED)).toBe(false);
  expect((await filter(ADA)).send).toEqual([ADA]);

  await list(SPELLED);
  await publish({}, { bounceSubType: 'OnAccountSuppressionList' });
  await until(async () => !(await isListed(SPELLED)), BETWEEN_QUESTIONS_OF_SES_IN_MS);
  await until(async () => (await layer()) === 'clear');
  expect((await filter(ADA)).send).toEqual([ADA]);
  expect((await call('/unbounce-quota')).used).toBe(1);
});

test('a permanent bounce for the sender’s own fault ends off the list, and nobody is suppressed', async () => {
  const bob = 'bob@example.net';
  await list(bob);
  await publish({ status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.26 DMARC check failed' }, {}, bob);
  await until(async () => (await layer(bob)) === 'clear');
  expect(await isListed(bob)).toBe(false);
  expect((await filter(bob)).send).toEqual([bob]);
});

test('what SES lists is read when a task says so', async () => {
  const [cy, dee] = ['cy@example.net', 'dee@example.net'];
  await list(cy);
  await list(dee, 'COMPLAINT');
  const sqs = new SQSClient(localClient(state.endpoints.sqs));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: state.sesListQueueUrl,
      MessageBody: '{"task":"import"}',
      MessageGroupId: 'ses',
    }),
  );
  await until(async () => (await filter(cy, dee)).send.length === 0);
  const { notSent } = await filter(cy, dee);
  expect(notSent).toMatchObject([
    { rule: 'P5', layer: 'sesAccountList', unbounce: { allowed: true } },
    { rule: 'P5', layer: 'sesAccountList', unbounce: { allowed: false, refusals: ['U3'] } },
  ]);
});

test('the statistics show the rates of the stub, by the way of CloudWatch', async () => {
  const unresolved = { status: '5.1.2', diagnosticCode: 'smtp; 550 5.1.2 Host unknown' };
  await publish(unresolved, {}, 'eve@nowhere.example');
  await until(async () => (await filter('eve@nowhere.example')).notSent.length === 1);
  const { bounceRate, byReason } = await call('/stats');
  expect(bounceRate).toEqual({
    rate: 0.021,
    complaintRate: 0.0004,
    asOf: expect.stringMatching(/:00:00\.000Z$/),
    scope: 'aws_account',
    source: 'AWS/SES Reputation.BounceRate',
  });
  expect(byReason).toContainEqual(expect.objectContaining({ reason: 'dns_failure', bounces: 1 }));
});
