import { describe, expect, test } from '@jest/globals';
import type { Metric } from '../../lib/telemetry/metrics.ts';
import { METRICS } from '../../lib/telemetry/metrics.ts';
import { alarmsIn, faultsIn, metricsOf, type Operations, operationsOf } from './operations-faults.ts';
import { asList, type Resource, resourcesOf, synthesize } from './synthesize.ts';

/** In this context every alarm there is stands in the stack. */
const template = synthesize({
  alarmEmail: 'ops@example.com',
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccount: 'default',
});
const operations = operationsOf(template.toJSON()['Resources'] as Operations['resources']);

test('alarm, metric, dimensions, unit, heading and counting code fit together', () => {
  expect(faultsIn(operations)).toEqual([]);
});

describe('it is noticed', () => {
  const alarm = alarmsIn(operations).find(([id]) => id.startsWith('AlarmsSesRemovalsWait'));
  const [alarmId = ''] = alarm ?? [];
  /** The alarm on SES removals with some of its properties changed. */
  const withAlarm = (changes: object): Operations => {
    const before = operations.resources[alarmId] as Resource;
    const changed = { ...before, Properties: { ...before.Properties, ...changes } };
    return { ...operations, resources: { ...operations.resources, [alarmId]: changed } };
  };
  const withCatalogue = (changes: Readonly<Record<string, unknown>>): Operations => ({
    ...operations,
    catalogue: { ...operations.catalogue, ...(changes as Record<string, Metric>) },
  });
  const withText = (key: 'runbook' | 'metricsDocument' | 'sources', from: string, to: string): Operations => {
    expect(operations[key]).toContain(from);
    return { ...operations, [key]: operations[key].replaceAll(from, to) };
  };

  test.each<[string, () => Operations, string]>([
    [
      'when an alarm reads a metric that no code counts',
      () => withAlarm({ MetricName: 'SesOldestRemovaIAge' }),
      'reads Rebound SesOldestRemovaIAge by nothing, which nobody writes',
    ],
    [
      'when an alarm reads a metric without the dimensions that it has',
      () => withAlarm({ MetricName: 'BounceRecorded' }),
      'reads Rebound BounceRecorded by nothing, which nobody writes',
    ],
    [
      'when an alarm adds a dimension',
      () => withAlarm({ Dimensions: [{ Name: 'Stack', Value: 'Rebound' }] }),
      'reads Rebound SesOldestRemovalAge by Stack, which nobody writes',
    ],
    [
      'when an alarm reads another namespace',
      () => withAlarm({ Namespace: 'AWS/SES' }),
      'reads AWS/SES SesOldestRemovalAge by nothing, which nobody writes',
    ],
    [
      "when an alarm's description names no heading",
      () => withAlarm({ AlarmDescription: 'Look into docs/runbook.md' }),
      'names no heading',
    ],
    [
      'when an alarm leads to a heading that is not there',
      () => withAlarm({ AlarmDescription: 'See docs/runbook.md#gone' }),
      'names no heading',
    ],
    [
      'when an alarm leaves open what missing data means',
      () => withAlarm({ TreatMissingData: undefined }),
      'does not say what missing data means',
    ],
    [
      'when a heading has no alarm',
      () => ({ ...operations, runbook: `${operations.runbook}\n## Full moon\n` }),
      '"Full moon" has no alarm',
    ],
    [
      'when a heading does not say what to do',
      () => withText('runbook', '**What to do.** Stop the campaign. Did', '**Otherwise.** Did'),
      '"Complaint rate of the day" does not say: What to do.',
    ],
    [
      'when the runbook leads nowhere',
      () => withText('runbook', '(#dead-letters)', '(#dead)'),
      'The runbook leads to #dead, which it lacks',
    ],
    [
      'when the runbook looks for a log line that nobody writes',
      () => withText('runbook', '"message_parked"', '"message_left"'),
      'The runbook looks for message_left, which nobody logs',
    ],
    [
      'when the runbook speaks of a metric that nobody counts',
      () => withText('runbook', '`MessageReturned`', '`MessagesReturned`'),
      'The runbook speaks of MessagesReturned, which nobody counts',
    ],
    [
      'when the code stops to count',
      () => withText('sources', "'SesOldestRemovalAge'", 'null'),
      'SesOldestRemovalAge is counted nowhere',
    ],
    [
      'when a metric has no unit',
      () => withCatalogue({ MessageReturned: { kind: 'counted', by: {} } }),
      'MessageReturned has no unit',
    ],
    [
      'when a metric is divided by what there may be any number of',
      () => withCatalogue({ MessageReturned: { ...METRICS.MessageReturned, by: { Account: 9 } } }),
      'MessageReturned is divided by Account',
    ],
    [
      'when a metric is explained nowhere',
      () => withText('metricsDocument', '| `MessageReturned` |', '| MessageReturned |'),
      'docs/metrics.md has no row like MessageReturned',
    ],
    [
      'when a metric is explained with another unit',
      () =>
        withText(
          'metricsDocument',
          '| `SesOldestRemovalAge` | | Seconds |',
          '| `SesOldestRemovalAge` | | Count |',
        ),
      'docs/metrics.md has no row like SesOldestRemovalAge',
    ],
    [
      'when a metric that is no more is explained',
      () => ({
        ...operations,
        metricsDocument: `${operations.metricsDocument}\n| \`Gone\` | | Count | x |\n`,
      }),
      'docs/metrics.md explains Gone, which is none',
    ],
    [
      'when the dashboard draws none of the catalogue',
      () => withCatalogue({ Forgotten: METRICS.MessageReturned }),
      'Forgotten is not on the dashboard',
    ],
  ])('%s', (_, spoil, fault) => {
    expect(faultsIn(spoil()).filter((found) => found.includes(fault))).not.toEqual([]);
  });
});

describe('the alarms', () => {
  const alarms = alarmsIn(operations);
  const readBy = (namespace: string, name: string) =>
    alarms
      .filter(([, { Properties }]) =>
        metricsOf(Properties).some((metric) => metric.namespace === namespace && metric.name === name),
      )
      .map(([, { Properties }]) => JSON.stringify(Properties));
  const withoutAlarm = (type: string, read: readonly string[]) =>
    resourcesOf(template, type)
      .map(([id]) => id)
      .filter((id) => !read.some((properties) => properties.includes(`"${id}"`)));

  test('watch every function: errors and throttles', () => {
    expect(withoutAlarm('AWS::Lambda::Function', readBy('AWS/Lambda', 'Errors'))).toEqual([]);
    expect(withoutAlarm('AWS::Lambda::Function', readBy('AWS/Lambda', 'Throttles'))).toEqual([]);
  });

  test('watch every function that reads a stream: how far it is behind', () => {
    const readers = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
      .filter(([, { Properties }]) => Properties.StartingPosition !== undefined)
      .map(([, { Properties }]) => Properties.FunctionName.Ref);
    const read = readBy('AWS/Lambda', 'IteratorAge');
    expect(readers.length).toBeGreaterThan(0);
    expect(read).toHaveLength(readers.length);
    expect(readers.filter((id) => !read.some((properties) => properties.includes(`"${id}"`)))).toEqual([]);
  });

  test('watch every queue: its age where messages are worked off, else that there is any', () => {
    const aged = readBy('AWS/SQS', 'ApproximateAgeOfOldestMessage');
    const filled = readBy('AWS/SQS', 'ApproximateNumberOfMessagesVisible');
    expect(withoutAlarm('AWS::SQS::Queue', [...aged, ...filled])).toEqual([]);
    const working = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties.EventSourceArn['Fn::GetAtt'][0] as string)
      .filter((id) => template.toJSON()['Resources'][id].Type === 'AWS::SQS::Queue');
    expect(aged).toHaveLength(working.length);
    expect(working.filter((id) => !aged.some((properties) => properties.includes(`"${id}"`)))).toEqual([]);
  });

  test('watch every table and API', () => {
    expect(withoutAlarm('AWS::DynamoDB::Table', readBy('AWS/DynamoDB', 'WriteThrottleEvents'))).toEqual([]);
    expect(withoutAlarm('AWS::DynamoDB::Table', readBy('AWS/DynamoDB', 'SystemErrors'))).toEqual([]);
    expect(withoutAlarm('AWS::ApiGatewayV2::Api', readBy('AWS/ApiGateway', '5xx'))).toEqual([]);
  });

  test('read at most ten metrics each, which is all that CloudWatch takes, and no search', () => {
    for (const [id, { Properties }] of alarms) {
      expect([id, metricsOf(Properties).length <= 10]).toEqual([id, true]);
      expect(JSON.stringify(Properties)).not.toContain('SEARCH(');
    }
  });

  test('and the metrics together cost no more than docs/metrics.md says', () => {
    const read = alarms.flatMap(([, { Properties }]) => metricsOf(Properties)).length;
    const own = Object.values(METRICS).map(({ by }) =>
      Object.values(by).reduce((product: number, values) => product * values, 1),
    );
    const ownAtMost = own.reduce((sum, each) => sum + each, 0);
    console.log(`${alarms.length} alarms read ${read} metrics; the stack's own are at most ${ownAtMost}`);
    expect(read).toBeLessThan(70);
    expect(ownAtMost).toBeLessThanOrEqual(160);
  });
});

describe('an alarm is told', () => {
  const actionsOf = (of: ReturnType<typeof synthesize>) => [
    ...new Set(
      alarmsIn({ resources: of.toJSON()['Resources'] }).flatMap(([, { Properties }]) =>
        [...asList(Properties.AlarmActions ?? []), ...asList(Properties.OKActions ?? [])].map((action) =>
          JSON.stringify(action),
        ),
      ),
    ),
  ];

  test('to an address, by a topic that CloudWatch may publish to', () => {
    const [[topicId = ''] = []] = resourcesOf(template, 'AWS::SNS::Topic').filter(([id]) =>
      id.includes('Alarm'),
    );
    expect(actionsOf(template)).toEqual([JSON.stringify({ Ref: topicId })]);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: { Ref: topicId },
    });
    const [[, policy] = []] = resourcesOf(template, 'AWS::SNS::TopicPolicy').filter(([id]) =>
      id.includes('Alarm'),
    );
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('to a topic that is there already', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-central-1:111122223333:ops';
    const other = synthesize({ alarmTopicArn });
    expect(actionsOf(other)).toEqual([JSON.stringify(alarmTopicArn)]);
    expect(resourcesOf(other, 'AWS::SNS::Topic')).toHaveLength(1);
  });

  test('to the console alone where nobody is named, and not at all where alarms are off', () => {
    expect(actionsOf(synthesize())).toEqual([]);
    const off = synthesize({ alarms: 'false' });
    expect([
      resourcesOf(off, 'AWS::CloudWatch::Alarm'),
      resourcesOf(off, 'AWS::CloudWatch::Dashboard'),
    ]).toEqual([[], []]);
    expect(off.findOutputs('DashboardName')).toEqual({});
  });
});

test('SES that sends and says nothing is noticed sooner where deliveries are published', () => {
  const expressionOf = (context: Readonly<Record<string, string>>) =>
    alarmsIn({ resources: synthesize(context).toJSON()['Resources'] })
      .filter(([id]) => id.startsWith('AlarmsNoNotification'))
      .map(([, { Properties }]) => Properties.Metrics[0].Expression);
  expect([expressionOf({}), expressionOf({ deliveryEvents: 'true' })]).toEqual([
    ['IF(FILL(sends, 0) >= 2000 AND FILL(received, 0) < 1, 1, 0)'],
    ['IF(FILL(sends, 0) >= 50 AND FILL(received, 0) < 1, 1, 0)'],
  ]);
});
