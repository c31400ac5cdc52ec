import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

const POLL_EVERY_MS = 500;
const POLL_FOR_MS = 60_000;

/** Waits until a queue holds no message, neither waiting nor in work. */
export async function untilEmpty(sqs: SQSClient, queueUrl: string): Promise<void> {
  const giveUpAt = Date.now() + POLL_FOR_MS;
  while (Date.now() < giveUpAt) {
    if ((await messagesIn(sqs, queueUrl)) === 0) return;
    await delay(POLL_EVERY_MS);
  }
  throw new Error(`${queueUrl} was not empty after ${POLL_FOR_MS / 1000} s`);
}

/** Takes the one message that a queue holds, waiting for it for a minute. */
export async function takeMessage(sqs: SQSClient, queueUrl: string): Promise<Message> {
  const giveUpAt = Date.now() + POLL_FOR_MS;
  while (Date.now() < giveUpAt) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 2, MessageAttributeNames: ['All'] }),
    );
    const [message, ...others] = Messages;
    assert.deepEqual(others, []);
    if (message !== undefined) return message;
  }
  throw new Error(`${queueUrl} held no message after ${POLL_FOR_MS / 1000} s`);
}

/** Takes messages from a queue one by one, each for good, until one is what is looked for. */
export async function takeUntil<T>(
  { sqs, queueUrl }: { readonly sqs: SQSClient; readonly queueUrl: string },
  find: (body: string) => T | null,
): Promise<T> {
  for (;;) {
    const { Body = '', ReceiptHandle } = await takeMessage(sqs, queueUrl);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    const found = find(Body);
    if (found !== null) return found;
  }
}

async function messagesIn(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
