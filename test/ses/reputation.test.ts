import { describe, expect, test } from '@jest/globals';
import { createReputationReader, NO_REPUTATION } from '../../lib/ses/reputation.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const MINUTE_IN_MS = 60_000;
const ELEVEN = NOON / 1000 - 3_600;

function result(
  Id: string,
  Values: readonly unknown[],
  Timestamps: readonly unknown[] = [ELEVEN, ELEVEN - 3_600],
) {
  return { Id, Label: Id, StatusCode: 'Complete', Timestamps, Values };
}

/** A reader over CloudWatch that gives these answers, the last one again and again. */
function open(...answers: readonly (object | Error)[]) {
  const asked: [string, unknown][] = [];
  const time = { now: NOON };
  const reader = createReputationReader({
    async callCloudWatch(operation, input) {
      asked.push([operation, input]);
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? {};
      if (answer instanceof Error) throw answer;
      return answer as Record<string, unknown>;
    },
    clock: () => time.now,
  });
  return { reader, asked, time };
}

const BOTH = { MetricDataResults: [result('bounces', [0.012, 0.5]), result('complaints', [0.0002, 0.5])] };

describe('the reputation', () => {
  test('is the newest value of the two metrics that SES publishes', async () => {
    const { reader, asked } = open(BOTH);
    expect(await reader.readReputation()).toEqual({
      bounceRate: 0.012,
      complaintRate: 0.0002,
      asOf: NOON - 3_600_000,
    });
    const metric = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'AWS/SES', MetricName }, Period: 3_600, Stat: 'Average' },
    });
    const week = 7 * 24 * 3_600;
    expect(asked).toEqual([
      [
        'GetMetricData',
        {
          MetricDataQueries: [
            metric('bounces', 'Reputation.BounceRate'),
            metric('complaints', 'Reputation.ComplaintRate'),
          ],
          StartTime: NOON / 1000 - week,
          EndTime: NOON / 1000,
          ScanBy: 'TimestampDescending',
        },
      ],
    ]);
  });

  test('has no rate of complaints where nobody complained yet', async () => {
    const { reader } = open({ MetricDataResults: [result('bounces', [0]), result('complaints', [], [])] });
    expect(await reader.readReputation()).toMatchObject({ bounceRate: 0, complaintRate: null });
  });

  test.each<[string, object | Error]>([
    ['SES has published nothing', { MetricDataResults: [result('bounces', [], [])] }],
    ['the call is refused', new Error('AccessDenied')],
    ['the answer is another one', { Result: 'ok' }],
    ['the value is no rate', { MetricDataResults: [result('bounces', [12])] }],
    ['the value is no number', { MetricDataResults: [result('bounces', ['0.1'])] }],
    ['the time is missing', { MetricDataResults: [result('bounces', [0.1], [])] }],
  ])('is unknown when %s', async (_, answer) => {
    expect(await open(answer).reader.readReputation()).toBeNull();
  });

  test('is asked for again after five minutes, one that nobody knew after one', async () => {
    const { reader, asked, time } = open(new Error('Busy.'), BOTH);
    for (const [minutes, calls, isKnown] of [
      [0, 1, false],
      [0.9, 1, false],
      [1, 2, true],
      [5.9, 2, true],
      [6, 3, true],
    ] as const) {
      time.now = NOON + minutes * MINUTE_IN_MS;
      expect((await reader.readReputation()) !== null).toBe(isKnown);
      expect(asked).toHaveLength(calls);
    }
  });

  test('is asked for once by those who come at once', async () => {
    const { reader, asked } = open(BOTH);
    const [one, other] = await Promise.all([reader.readReputation(), reader.readReputation()]);
    expect(one).toEqual(other);
    expect(asked).toHaveLength(1);
  });

  test('is not waited for longer than two seconds', async () => {
    const reader = createReputationReader({
      callCloudWatch: (_operation, _input, { abortSignal }) =>
        new Promise((_resolve, reject) => {
          abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
        }),
      clock: Date.now,
    });
    const before = performance.now();
    expect(await reader.readReputation()).toBeNull();
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test('is unknown where no SES is configured', async () => {
    expect(await NO_REPUTATION.readReputation()).toBeNull();
  });
});
