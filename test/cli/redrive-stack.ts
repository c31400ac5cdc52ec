import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The queues of a stack, by their logical ids, and the outputs that name them. */
export const QUEUES = {
  Intake: 'QueueUrl',
  IntakeDead: 'DeadLetterQueueUrl',
  SubscriptionDead: 'SubscriptionDeadLetterQueueUrl',
  SesList: 'SesListQueueUrl',
  SesListDead: 'SesListDeadLetterQueueUrl',
  EventsDead: 'EventsDeadLetterQueueUrl',
} as const;
export type Queue = keyof typeof QUEUES;

const NAMES = Object.keys(QUEUES) as Queue[];

export function isFifo(queue: Queue): boolean {
  return queue.startsWith('SesList');
}

export function urlOf(endpoint: string, queue: Queue): string {
  return `${endpoint}/000000000000/Rebound-${queue}${isFifo(queue) ? '.fifo' : ''}`;
}

/** Creates the queues in an emulator, and announces them. */
export async function createStack(sqs: SQSClient, endpoint: string, stateDir: string): Promise<void> {
  for (const queue of NAMES) {
    await sqs.send(
      new CreateQueueCommand({
        QueueName: path.basename(urlOf(endpoint, queue)),
        Attributes: isFifo(queue) ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {},
      }),
    );
  }
  announceStack(endpoint, stateDir);
}

/** Leaves what `npm start` leaves for others: where SQS is, and the stack. */
export function announceStack(endpoint: string, stateDir: string): void {
  const write = (file: string, value: unknown) =>
    writeFileSync(path.join(stateDir, file), JSON.stringify(value));
  mkdirSync(path.join(stateDir, 'cdk.out'));
  write('local.json', { endpoints: { sqs: endpoint } });
  write('cdk.out/manifest.json', {
    artifacts: {
      Rebound: { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json' } },
      'Rebound.assets': { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
  });
  write('cdk.out/assets.json', { files: {} });
  write('cdk.out/template.json', {
    Resources: Object.fromEntries(
      NAMES.map((queue) => [queue, { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: isFifo(queue) } }]),
    ),
    Outputs: Object.fromEntries(NAMES.map((queue) => [QUEUES[queue], { Value: { Ref: queue } }])),
  });
}
