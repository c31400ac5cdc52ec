import { expect, test } from '@jest/globals';
import { readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

const template = synthesize();
const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'PublishEventsStream').Properties;

test('the stream feeds publish-events from its beginning, and what failed is told again for six hours', () => {
  expect(mapping).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 6 * 3_600,
  });
  expect(mapping.MaximumRetryAttempts).toBeUndefined();
  expect(readable(mapping.EventSourceArn)).toBe('<AddressBounces.StreamArn>');
});

test('where in the stream something was given up is kept for two weeks', () => {
  expect(readable(mapping.DestinationConfig.OnFailure.Destination)).toBe('<EventsOutDeadLetterQueue.Arn>');
  const { Properties } = resourceOf(template, 'AWS::SQS::Queue', 'EventsOutDeadLetterQueue');
  expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
});

test('publish-events is told of items that are suppressed or unbounced, and of global bounces', () => {
  const there = { S: [{ exists: true }] };
  const global = { global: { M: { declaredAt: there } } };
  expect(
    mapping.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern)),
  ).toEqual([
    { dynamodb: { NewImage: { suppressedAt: there } } },
    { dynamodb: { NewImage: { unbounce: { M: { unbouncedAt: there } } } } },
    { dynamodb: { NewImage: global } },
    { dynamodb: { OldImage: global } },
  ]);
});

test('no stream has more than two readers, which is what DynamoDB allows', () => {
  const sources = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) =>
    readable(Properties.EventSourceArn),
  );
  expect(sources.filter((source) => source.endsWith('StreamArn>'))).toHaveLength(2);
});

test('events can be switched off: then there is neither function nor queue', () => {
  const off = JSON.stringify(synthesize({ events: 'false' }).toJSON());
  expect(off).not.toMatch(/PublishEvents|EventsOut|EventsDeadLetter/);
});
