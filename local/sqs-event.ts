import type { Message } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { REGION } from './references.ts';

/** The event that Lambda makes of received messages. Source: AWS Lambda developer guide, "Using Lambda with Amazon SQS". */
export function toSqsEvent(messages: readonly Message[], queueArn: string): SQSEvent {
  return { Records: messages.map((message) => toRecord(message, queueArn)) };
}

function toRecord(message: Message, queueArn: string): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: (message.Attributes ?? {}) as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
        name,
        {
          stringValue: StringValue ?? '',
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType ?? 'String',
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

/**
 * Ids of the messages that stay in the queue. As on Lambda, a response that names an unknown message, or is
 * none at all, fails the whole batch. Source: AWS Lambda developer guide, "Handling errors for an SQS event
 * source in Lambda".
 */
export function failedMessageIds(response: unknown, messageIds: readonly string[]): readonly string[] {
  const failures = (response as SQSBatchResponse | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return messageIds;
  const failed = failures.map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => messageIds.includes(id)) ? failed : messageIds;
}
