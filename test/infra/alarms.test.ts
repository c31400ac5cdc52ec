import { test } from '@jest/globals';
import { expectGolden, sectionOf } from './golden.ts';
import { asList, type Resource, readable, resourcesOf, synthesize } from './synthesize.ts';

const HEAD = `# When each alarm rings

What is read, what counts against it, what silence means, and who is told: as synthesized. A changed line is a decision, not a repair.
Written by \`WRITE_GOLDEN=1 npx jest test/infra/alarms.test.ts\`.
`;

/** In this context every alarm there is stands in the stack. */
const template = synthesize({
  alarmEmail: 'ops@example.com',
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccount: 'default',
});

test('every alarm rings exactly when alarms.golden.md says', () => {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm')
    .map(([id, { Properties }]) => sectionOf(id.slice('Alarms'.length, -8), linesOf(Properties)))
    .sort();
  expectGolden('alarms.golden.md', [HEAD, ...alarms].join('\n'));
});

type Properties = Resource['Properties'];

function linesOf(properties: Properties): string[] {
  const { ComparisonOperator, Threshold, DatapointsToAlarm, EvaluationPeriods, TreatMissingData } =
    properties;
  return [
    `rings at ${ComparisonOperator} ${Threshold} in ${DatapointsToAlarm} of ${EvaluationPeriods}; missing data is ${TreatMissingData}`,
    ...readingsOf(properties),
    ...toldOf(properties, 'AlarmActions', 'as it begins'),
    ...toldOf(properties, 'OKActions', 'as it ends'),
  ];
}

function readingsOf(properties: Properties): string[] {
  if (properties.Metrics === undefined) return [statOf({ ...properties, Metric: properties })];
  return properties.Metrics.map(({ Id, Expression, MetricStat, Period, ReturnData = true }: Properties) => {
    const every = Period === undefined ? '' : ` every ${Period} s`;
    const reading = MetricStat === undefined ? `${Expression}${every}` : statOf(MetricStat);
    return `${ReturnData ? 'judged' : Id}: ${reading}`;
  });
}

function statOf({ Metric, Stat, Statistic, ExtendedStatistic, Period }: Properties): string {
  const dimensions = (Metric.Dimensions ?? []).map(
    ({ Name, Value }: { Name: string; Value: unknown }) => `${Name} ${readable(Value)}`,
  );
  const statistic = Stat ?? Statistic ?? ExtendedStatistic;
  const of = dimensions.length === 0 ? '' : ` of ${dimensions.join(', ')}`;
  return `${statistic} of ${Metric.Namespace} ${Metric.MetricName}${of} over ${Period} s`;
}

function toldOf(properties: Properties, member: string, when: string): string[] {
  return asList(properties[member] ?? []).map((action: unknown) => `tells ${readable(action)} ${when}`);
}
