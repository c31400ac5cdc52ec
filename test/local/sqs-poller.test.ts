import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, jest, test } from '@jest/globals';
import { startSqsPoller } from '../../local/sqs-poller.ts';
import type { QueueMapping } from '../../local/topology.ts';

const MAPPING: QueueMapping = {
  queueUrl: 'http://queue',
  queueArn: 'arn:queue',
  functionArn: 'arn:function',
  batchSize: 10,
  reportsItemFailures: true,
};
const MESSAGES: Message[] = ['a', 'b'].map((id) => ({
  MessageId: id,
  ReceiptHandle: `handle-${id}`,
  Body: id,
}));

/** Runs a poller on one batch and tells what became of its messages. */
async function poll(invoke: () => Promise<unknown>, mapping: Partial<QueueMapping> = {}) {
  const outcome: Record<string, unknown> = {};
  const onError = jest.fn();
  const batches = [MESSAGES];
  let isOver = () => {};
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  const send = async (command: object) => {
    if (command instanceof ReceiveMessageCommand) {
      const batch = batches.pop();
      if (batch !== undefined) return { Messages: batch };
      isOver();
      return new Promise(() => {});
    }
    if (command instanceof DeleteMessageCommand) outcome[String(command.input.ReceiptHandle)] = 'deleted';
    if (command instanceof ChangeMessageVisibilityCommand) {
      outcome[String(command.input.ReceiptHandle)] = `again in ${command.input.VisibilityTimeout} s`;
    }
    return {};
  };
  const sqs = { send } as unknown as Pick<SQSClient, 'send'>;
  startSqsPoller({ sqs, mapping: { ...MAPPING, ...mapping }, invoke, onError });
  await over;
  expect(onError).not.toHaveBeenCalled();
  return outcome;
}

describe('after a batch', () => {
  test('messages that did not fail are deleted', async () => {
    expect(await poll(async () => ({ batchItemFailures: [] }))).toEqual({
      'handle-a': 'deleted',
      'handle-b': 'deleted',
    });
  });

  test('one that failed comes back soon, alone', async () => {
    expect(await poll(async () => ({ batchItemFailures: [{ itemIdentifier: 'b' }] }))).toEqual({
      'handle-a': 'deleted',
      'handle-b': 'again in 2 s',
    });
  });

  test('all come back when the function threw', async () => {
    expect(await poll(() => Promise.reject(new Error('boom')))).toEqual({
      'handle-a': 'again in 2 s',
      'handle-b': 'again in 2 s',
    });
  });

  test('failures that the mapping does not ask for are not looked at', async () => {
    const invoke = async () => ({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(await poll(invoke, { reportsItemFailures: false })).toEqual({
      'handle-a': 'deleted',
      'handle-b': 'deleted',
    });
  });
});
