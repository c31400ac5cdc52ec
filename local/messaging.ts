import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { localClient } from './aws-clients.ts';
import type { Topology } from './topology.ts';

export interface Messaging {
  /** Answers for SNS and SQS alike. */
  readonly endpoint: string;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  create(topology: Pick<Topology, 'queues' | 'topics' | 'subscriptions'>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the emulator of SNS and SQS within this process, on 127.0.0.1. */
export async function startMessaging(): Promise<Messaging> {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 });
  const sqs = new SQSClient(localClient(endpoint));
  const sns = new SNSClient(localClient(endpoint));
  return {
    endpoint,
    sqs,
    sns,
    async create({ queues, topics, subscriptions }) {
      for (const { name, fixedAttributes } of queues) {
        await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: fixedAttributes }));
      }
      // A redrive policy names a queue that must exist by then.
      for (const { url, attributes } of queues) {
        await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
      }
      for (const { name } of topics) await sns.send(new CreateTopicCommand({ Name: name }));
      for (const { topicArn, protocol, endpoint, attributes } of subscriptions) {
        await sns.send(
          new SubscribeCommand({
            TopicArn: topicArn,
            Protocol: protocol,
            Endpoint: endpoint,
            Attributes: attributes,
          }),
        );
      }
    },
    async stop() {
      sqs.destroy();
      sns.destroy();
      await app.close();
    },
  };
}
