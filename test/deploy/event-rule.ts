import { type EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

const RULE = 'everything-of-rebound';

export interface EventRuleOptions {
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
}

/** A rule as in the README: everything that Rebound tells goes to a queue. Answers the queue's URL. */
export async function catchEvents({ events, sqs }: EventRuleOptions): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: RULE }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const Arn = (await sqs.send(asked)).Attributes?.['QueueArn'];
  await events.send(new PutRuleCommand({ Name: RULE, EventPattern: '{"source":["rebound"]}' }));
  await events.send(new PutTargetsCommand({ Rule: RULE, Targets: [{ Id: 'queue', Arn }] }));
  return QueueUrl;
}
