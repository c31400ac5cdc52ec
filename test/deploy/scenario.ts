import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Cdk, Outputs } from './cdk.ts';
import { catchEvents } from './event-rule.ts';
import { createIamUser } from './iam-user.ts';
import type { MiniStack } from './ministack.ts';
import { CAMPAIGN, policyBounce } from './notifications.ts';
import { takeMessage, takeUntil, untilEmpty } from './queues.ts';
import { createReboundClient, type ReboundClient } from './rebound-client.ts';
import type { Report } from './report.ts';
import { type Credentials, createCaller, REGION } from './signed-call.ts';

const READER = 'reader@recipients.example';
const OTHER = 'other@recipients.example';
const TAKEN_OVER = 'long.gone@recipients.example';
const MISTAKEN = 'mistaken@provider.example';
const IDENTITY = 'sender.example.com';
const GIVEN_UP = 'former.example.com';
const EPHEMERAL = { ephemeral: 'true' };
const CHANGED = {
  ...EPHEMERAL,
  campaignTag: 'mailing',
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccount: 'default',
};

export interface ScenarioOptions {
  readonly report: Report;
  readonly ministack: MiniStack;
  readonly cdk: Cdk;
  readonly administrator: Credentials;
}

/** Deploys the stack and drives it from outside, over its topic, its queues and its API. */
export async function runScenario(options: ScenarioOptions): Promise<void> {
  const { report, cdk } = options;
  let outputs: Outputs = {};
  const deployed = await report.step('cdk bootstrap and cdk deploy create the stack', async () => {
    await cdk.bootstrap();
    outputs = await cdk.deploy(EPHEMERAL);
  });
  if (!deployed) return;
  const world = await createWorld(outputs, options);
  await callers(world);
  await bounces(world);
  await suppressedEvent(world);
  await imports(world);
  await campaigns(world);
  await unbounces(world);
  await unbouncedEvent(world);
  await correction(world);
  await erasure(world);
  await redeployment(world, options);
}

async function callers({ report, unsigned, sender, stranger, operator, ses }: World): Promise<void> {
  await report.step('an unsigned call is refused', async () => {
    assert.equal(
      (await unsigned.request('POST', '/recipients/filter', { recipients: [READER] })).status,
      403,
    );
  });
  await report.step('a sender cannot call for another account', async () => {
    assert.equal((await stranger.request('GET', '')).status, 403);
    assert.equal(
      (await stranger.request('POST', '/recipients/filter', { recipients: [READER] })).status,
      403,
    );
  });
  await report.step('a sender cannot register, the operator can', async () => {
    const account = { contacts: 1000, sendingIdentities: [IDENTITY] };
    assert.equal((await sender.request('PUT', '', account)).status, 403);
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: IDENTITY }));
    await operator.request('PUT', '', { sendingIdentities: [IDENTITY, GIVEN_UP] });
    const registered = await operator.request('PUT', '', account);
    assert.equal(registered.status, 200, JSON.stringify(registered.body));
    assert.deepEqual((await sender.request('GET', '')).body, registered.body);
    assert.equal(registered.body.contacts, 1000);
  });
}

async function bounces({ report, sender, sqs, outputs, publish }: World): Promise<void> {
  const bounce = policyBounce(READER);
  await report.step(
    'a bounce on the topic: the filter refuses the address and lets others pass',
    async () => {
      assert.deepEqual((await sender.filter(READER, OTHER)).send, [READER, OTHER]);
      await publish(bounce);
      const verdict = await sender.untilRefused(READER);
      assert.equal(verdict.code, 'hard_bounce');
      assert.equal(verdict.rule, 'P2');
      assert.deepEqual((await sender.filter(READER, OTHER)).send, [OTHER]);
    },
  );
  await report.step('the same notification again is not counted again', async () => {
    await publish(bounce);
    await publish(bounce);
    await untilEmpty(sqs, outputs['QueueUrl'] ?? '');
    assert.equal((await sender.suppression(READER)).bounces.length, 1);
  });
  await report.step('the statistics of the day have counted it', async () => {
    const { status, body } = await sender.request('GET', '/stats?days=2');
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      body.byReason.map(({ reason, bounces }: { reason: string; bounces: number }) => [reason, bounces]),
      [['policy', 1]],
      JSON.stringify(body),
    );
  });
  await report.step('what nobody can understand waits in the dead-letter queue with its reason', async () => {
    const poison = `no notification ${randomUUID()}`;
    await publish(poison);
    const message = await takeMessage(sqs, outputs['DeadLetterQueueUrl'] ?? '');
    assert.ok(message.Body?.includes(poison), message.Body);
    assert.ok(message.MessageAttributes?.['reason']?.StringValue, JSON.stringify(message));
  });
}

async function suppressedEvent(world: World): Promise<void> {
  await world.report.step(
    'the suppression is told on EventBridge, and a rule brings it to a queue',
    async () => {
      const { id } = await world.sender.suppression(READER);
      const { account, detail, source } = await untilEvent(world, 'Address Suppressed');
      assert.deepEqual([source, detail.id, detail.change, detail.reason], ['rebound', id, 'began', 'policy']);
      assert.equal(detail.account, 'default');
      assert.ok(account);
      assert.ok(!JSON.stringify(detail).includes('@'), JSON.stringify(detail));
    },
  );
}

async function unbouncedEvent(world: World): Promise<void> {
  await world.report.step('the unbounce is told too', async () => {
    const { id } = await world.sender.suppression(READER);
    const { detail } = await untilEvent(world, 'Address Unbounced');
    assert.deepEqual([detail.id, detail.reason], [id, 'policy']);
  });
}

async function untilEvent({ sqs, eventsQueueUrl: queueUrl }: World, type: string) {
  return await takeUntil({ sqs, queueUrl }, (body) => {
    const event = JSON.parse(body);
    return event['detail-type'] === type ? event : null;
  });
}

async function imports({ report, sender, operator }: World): Promise<void> {
  const body = { rows: [{ address: TAKEN_OVER, reason: 'hard bounce', bouncedAt: '2024-03-05' }] };
  await report.step("an operator takes over another provider's suppression, a sender may not", async () => {
    assert.equal((await sender.request('POST', '/suppressions/import', body)).status, 403);
    const tried = await operator.request('POST', '/suppressions/import', { ...body, dryRun: true });
    assert.deepEqual(tried.body.counts?.byOutcome, { suppressed: 1 }, JSON.stringify(tried.body));
    assert.deepEqual((await sender.filter(TAKEN_OVER)).send, [TAKEN_OVER]);
    const done = await operator.request('POST', '/suppressions/import', body);
    assert.deepEqual(done.body.rows, tried.body.rows, JSON.stringify(done.body));
    assert.deepEqual((await sender.filter(TAKEN_OVER)).send, []);
  });
}

async function campaigns({ report, sender }: World): Promise<void> {
  await report.step('the audit of the campaign names who bounced and who was not sent to', async () => {
    const filtered = await sender.request('POST', '/recipients/filter', {
      recipients: [READER, OTHER],
      campaign: CAMPAIGN,
    });
    assert.equal(filtered.status, 200, JSON.stringify(filtered.body));
    const { counts } = (await sender.request('GET', `/campaigns/${CAMPAIGN}`)).body;
    assert.deepEqual([counts.bounced.total, counts.notSent.total], [1, 1], JSON.stringify(counts));
    for (const outcome of ['bounced', 'not-sent']) {
      const { body } = await sender.request('GET', `/campaigns/${CAMPAIGN}/recipients?outcome=${outcome}`);
      assert.deepEqual([body.items.length, body.items[0]?.address], [1, READER], JSON.stringify(body));
    }
    const { items } = (await sender.request('GET', '/campaigns')).body;
    assert.deepEqual(
      items.map(({ campaign }: { campaign: string }) => campaign),
      [CAMPAIGN],
    );
  });
}

async function unbounces({ report, sender, publish }: World): Promise<void> {
  await report.step('an unbounce is granted, and waits for SES', async () => {
    const granted = await sender.unbounce(READER);
    assert.equal(granted.status, 200, JSON.stringify(granted.body));
    assert.equal(granted.body.quota.used, 1);
    assert.equal(granted.body.layers.sesAccountList, 'pending');
  });
  await report.step('by stream and queue SES is asked, and the filter lets the address pass', async () => {
    await sender.untilSent(READER);
    assert.equal((await sender.suppression(READER)).layers.sesAccountList, 'clear');
  });
  await report.step('after a new bounce a second unbounce is refused', async () => {
    await publish(policyBounce(READER));
    await sender.untilRefused(READER);
    const refused = await sender.unbounce(READER);
    assert.deepEqual([refused.status, refused.body.code], [409, 'already_unbounced_once']);
    const { items } = (await sender.request('GET', '/unbounces')).body;
    assert.deepEqual(
      [items[0]?.address, items[0]?.after.state],
      [READER, 'bounced_again'],
      JSON.stringify(items),
    );
  });
}

async function correction({ report, sender, operator, publish }: World): Promise<void> {
  await report.step('an operator takes back what an incident brought, after a dry run', async () => {
    const from = new Date(Date.now() - 60_000).toISOString();
    await publish(policyBounce(MISTAKEN));
    await sender.untilRefused(MISTAKEN);
    const incident = { from, to: new Date().toISOString(), domain: 'provider.example' };
    assert.equal((await sender.request('POST', '/corrections', incident)).status, 403);
    const tried = await operator.request('POST', '/corrections', incident);
    assert.deepEqual([tried.body.applied, tried.body.lifted?.addresses], [false, 1], JSON.stringify(tried));
    assert.deepEqual((await sender.filter(MISTAKEN)).send, []);
    const done = await operator.request('POST', '/corrections', { ...incident, apply: true });
    assert.deepEqual([done.body.applied, done.body.lifted?.addresses], [true, 1], JSON.stringify(done));
    await sender.untilSent(MISTAKEN);
    assert.equal((await sender.request('GET', '/unbounce-quota')).body.used, 1);
  });
}

async function erasure({ report, sender, operator }: World): Promise<void> {
  await report.step('an erasure forgets the address and keeps the block', async () => {
    assert.equal((await sender.erase(TAKEN_OVER)).status, 403);
    const erased = await operator.erase(TAKEN_OVER);
    assert.deepEqual([erased.status, erased.body.erased], [200, true], JSON.stringify(erased.body));
    assert.deepEqual((await sender.filter(TAKEN_OVER)).send, []);
    const { items } = (await sender.request('GET', '/suppressions')).body;
    const row = items.find(({ id }: { id: string }) => id === erased.body.id);
    assert.deepEqual([row?.address, row?.erased], [null, true], JSON.stringify(items));
  });
}

async function redeployment({ report, outputs, ...world }: World, { cdk }: ScenarioOptions): Promise<void> {
  let changed: Outputs = {};
  await report.step('a deployment with other settings keeps tables, addresses and quota', async () => {
    changed = await cdk.deploy(CHANGED);
    const { JwtApiUrl, ...others } = changed;
    assert.deepEqual(others, outputs);
    assert.deepEqual((await world.sender.filter(READER, OTHER)).send, [OTHER]);
    assert.equal((await world.sender.request('GET', '/unbounce-quota')).body.used, 1);
  });
  await report.step('the API for tokens answers 401 without one', async () => {
    const apiUrl = changed['JwtApiUrl'];
    assert.ok(apiUrl);
    assert.equal((await world.clientOf({ apiUrl }).request('GET', '/suppressions')).status, 401);
  });
}

type World = Awaited<ReturnType<typeof createWorld>>;

/** Everybody who talks to the deployed stack. */
async function createWorld(outputs: Outputs, { report, ministack, administrator }: ScenarioOptions) {
  const { endpoint, certificate } = ministack;
  const call = createCaller(certificate);
  const aws = {
    endpoint,
    region: REGION,
    credentials: administrator,
    requestHandler: { httpsAgent: { ca: certificate } },
  };
  const sns = new SNSClient(aws);
  const sqs = new SQSClient(aws);
  const eventsQueueUrl = await catchEvents({ events: new EventBridgeClient(aws), sqs });
  const user = { endpoint, call, administrator };
  const senderKey = await createIamUser('sender', outputs['SenderPolicyArn'] ?? '', user);
  const operatorKey = await createIamUser('operator', outputs['OperatorPolicyArn'] ?? '', user);
  const clientOf = (given: { apiUrl?: string; account?: string; credentials?: Credentials }): ReboundClient =>
    createReboundClient({ apiUrl: outputs['ApiUrl'] ?? '', account: 'default', call, ...given });
  return {
    report,
    outputs,
    sqs,
    eventsQueueUrl,
    ses: new SESv2Client(aws),
    publish: (message: string) =>
      sns.send(new PublishCommand({ TopicArn: outputs['TopicArn'], Message: message })),
    clientOf,
    unsigned: clientOf({}),
    sender: clientOf({ credentials: senderKey }),
    stranger: clientOf({ credentials: senderKey, account: 'default-2' }),
    operator: clientOf({ credentials: operatorKey }),
  };
}
