import { describe, expect, test } from '@jest/globals';
import { failedMessageIds, toSqsEvent } from '../../local/sqs-event.ts';

test('a received message becomes a record of the event', () => {
  const message = {
    MessageId: 'm1',
    ReceiptHandle: 'r1',
    Body: 'text',
    MD5OfBody: 'd41d',
    Attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1' },
    MessageAttributes: { reason: { DataType: 'String', StringValue: 'why' } },
  };
  expect(toSqsEvent([message], 'arn:queue')).toEqual({
    Records: [
      {
        messageId: 'm1',
        receiptHandle: 'r1',
        body: 'text',
        attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1' },
        messageAttributes: {
          reason: { stringValue: 'why', dataType: 'String', stringListValues: [], binaryListValues: [] },
        },
        md5OfBody: 'd41d',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:queue',
        awsRegion: 'us-east-1',
      },
    ],
  });
});

describe('of three messages', () => {
  test.each([
    ['none fails when the list is empty', { batchItemFailures: [] }, []],
    ['none fails when there is no list', {}, []],
    ['none fails when the function answers nothing', null, []],
    ['those fail that are named', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
    [
      'all fail when an unknown one is named',
      { batchItemFailures: [{ itemIdentifier: 'z' }] },
      ['a', 'b', 'c'],
    ],
    ['all fail when an empty one is named', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b', 'c']],
    ['all fail when the list is none', { batchItemFailures: 'b' }, ['a', 'b', 'c']],
  ])('%s', (_, response, failed) => {
    expect(failedMessageIds(response, ['a', 'b', 'c'])).toEqual(failed);
  });
});
