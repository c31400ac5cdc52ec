import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failedMessageIds, toSqsEvent } from './sqs-event.ts';
import type { QueueMapping } from './topology.ts';

export interface SqsPollerOptions {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly mapping: QueueMapping;
  invoke(event: unknown): Promise<unknown>;
  /** Told when the queue cannot be reached. */
  onError(error: unknown): void;
}

export interface SqsPoller {
  /** Fetches nothing more, and waits a moment for the batch in work. */
  stop(): Promise<void>;
}

// SQS hands out ten messages at a time; a larger batch of Lambda's would only wait for more.
const MOST_MESSAGES_PER_RECEIVE = 10;
const LONG_POLL_IN_SECONDS = 20;
/** On AWS a failed message is away for the queue's visibility timeout; here a person waits for it. */
const RETRY_AFTER_IN_SECONDS = 2;
const PAUSE_AFTER_ERROR_IN_MS = 1_000;
const MOST_STOP_IN_MS = 1_000;

/** Gives a function the messages of a queue, batch after batch, and deletes those that did not fail. */
export function startSqsPoller({ sqs, mapping, invoke, onError }: SqsPollerOptions): SqsPoller {
  const stopping = new AbortController();
  const receive = new ReceiveMessageCommand({
    QueueUrl: mapping.queueUrl,
    MaxNumberOfMessages: Math.min(mapping.batchSize, MOST_MESSAGES_PER_RECEIVE),
    WaitTimeSeconds: LONG_POLL_IN_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });

  async function handle(messages: readonly Message[]): Promise<void> {
    const failed = await process(messages);
    await Promise.all(
      messages.map(({ MessageId = '', ReceiptHandle }) => {
        const target = { QueueUrl: mapping.queueUrl, ReceiptHandle };
        return failed.includes(MessageId)
          ? sqs.send(
              new ChangeMessageVisibilityCommand({ ...target, VisibilityTimeout: RETRY_AFTER_IN_SECONDS }),
            )
          : sqs.send(new DeleteMessageCommand(target));
      }),
    );
  }

  async function process(messages: readonly Message[]): Promise<readonly string[]> {
    const messageIds = messages.map(({ MessageId = '' }) => MessageId);
    try {
      const response = await invoke(toSqsEvent(messages, mapping.queueArn));
      return mapping.reportsItemFailures ? failedMessageIds(response, messageIds) : [];
    } catch {
      return messageIds;
    }
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const { Messages = [] } = await sqs.send(receive, { abortSignal: stopping.signal });
        if (Messages.length > 0) await handle(Messages);
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        await sleep(PAUSE_AFTER_ERROR_IN_MS);
      }
    }
  }

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([polling, sleep(MOST_STOP_IN_MS, null, { ref: false })]);
    },
  };
}
