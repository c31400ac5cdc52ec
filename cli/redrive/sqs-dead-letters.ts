import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetterQueue, QueueName, Taken } from './dead-letters.ts';

export interface QueuePair {
  readonly name: QueueName;
  readonly deadUrl: string;
  /** Null where the messages came from no queue. */
  readonly sourceUrl: string | null;
}

/** A command that is killed meanwhile leaves them hidden for no longer than this. */
const HIDDEN_IN_SECONDS = 60;
const MOST_IN_A_CALL = 10;
/** What was added on the way to the dead-letter queue: by the function, and by SNS. */
const ADDED = new Set(['reason', 'detail', 'RequestID', 'ErrorCode', 'ErrorMessage']);

/** A dead-letter queue in SQS. */
export function createSqsDeadLetters(
  sqs: SQSClient,
  { name, deadUrl, sourceUrl }: QueuePair,
): DeadLetterQueue {
  const QueueUrl = deadUrl;
  return {
    name,
    isOrdered: deadUrl.endsWith('.fifo'),
    async depth() {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    },
    async receive() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: MOST_IN_A_CALL,
          VisibilityTimeout: HIDDEN_IN_SECONDS,
          // Without waiting SQS asks some of its servers only.
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp', 'MessageGroupId'],
        }),
      );
      return Messages.map(letterOf);
    },
    async release(taken) {
      for (let from = 0; from < taken.length; from += MOST_IN_A_CALL) {
        const Entries = taken
          .slice(from, from + MOST_IN_A_CALL)
          .map(({ handle }, at) => ({ Id: String(at), ReceiptHandle: handle, VisibilityTimeout: 0 }));
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      }
    },
    sendBack: sourceUrl === null ? null : (letter) => sendTo(sqs, sourceUrl, letter),
    async remove({ handle }: Taken) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
    },
  };
}

function letterOf({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): DeadLetter {
  return {
    id: MessageId,
    handle: ReceiptHandle,
    body: Body,
    sentAt: Number(Attributes.SentTimestamp),
    attributes: MessageAttributes as DeadLetter['attributes'],
    group: Attributes.MessageGroupId ?? null,
  };
}

/** By the message's own id a FIFO queue knows a copy again that a run made before it was stopped. */
async function sendTo(
  sqs: SQSClient,
  QueueUrl: string,
  { id, body, attributes, group }: DeadLetter,
): Promise<void> {
  const kept = Object.entries(attributes).filter(([name]) => !ADDED.has(name));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: body,
      ...(kept.length > 0 && { MessageAttributes: Object.fromEntries(kept) }),
      ...(group !== null && { MessageGroupId: group, MessageDeduplicationId: id }),
    }),
  );
}
