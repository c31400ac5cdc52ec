import { HOUR_IN_MS, type Instant } from '../policy/time.ts';

/** What SES itself says of the mail of a whole AWS account in a Region. Rates are from 0 to 1. */
export interface Reputation {
  readonly bounceRate: number;
  /** Null where SES has none: there was no complaint yet. */
  readonly complaintRate: number | null;
  readonly asOf: Instant;
}

export interface ReputationReader {
  /** Null where nobody knows, or nobody says so within two seconds. Never throws. */
  readReputation(): Promise<Reputation | null>;
}

/** Where no SES is configured. */
export const NO_REPUTATION: ReputationReader = { readReputation: async () => null };

export interface ReputationDependencies {
  /** Calls an operation of CloudWatch by its name. */
  readonly callCloudWatch: (
    operation: string,
    input: unknown,
    options: { readonly abortSignal: AbortSignal },
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly clock: () => Instant;
}

const PATIENCE_IN_MS = 2_000;
const KEPT_IN_MS = 5 * 60_000;
/** How long nobody is asked again after there was no answer. */
const PAUSE_IN_MS = 60_000;
/** SES publishes while there is mail; an older figure says nothing of the present. */
const PERIOD_IN_S = 3_600;
const PERIODS = 7 * 24;

const METRICS = { bounces: 'Reputation.BounceRate', complaints: 'Reputation.ComplaintRate' } as const;

/**
 * Creates what reads SES's own figures from CloudWatch, and keeps them for five minutes. Source: Amazon SES Developer Guide,
 * "Creating reputation monitoring alarms using CloudWatch"; Amazon CloudWatch API Reference, "GetMetricData".
 */
export function createReputationReader({ callCloudWatch, clock }: ReputationDependencies): ReputationReader {
  let kept = { answer: Promise.resolve<Reputation | null>(null), until: Number.NEGATIVE_INFINITY };

  const ask = async (now: Instant): Promise<Reputation | null> => {
    try {
      const abortSignal = AbortSignal.timeout(PATIENCE_IN_MS);
      return readAnswer(await callCloudWatch('GetMetricData', queryAt(now), { abortSignal }));
    } catch {
      return null;
    }
  };

  return {
    async readReputation() {
      const now = clock();
      if (now < kept.until) {
        return await kept.answer;
      }
      const asked = { answer: ask(now), until: now + KEPT_IN_MS };
      kept = asked;
      const answer = await asked.answer;
      if (answer === null) {
        asked.until = now + PAUSE_IN_MS;
      }
      return answer;
    },
  };
}

function queryAt(now: Instant) {
  const lastHour = Math.ceil(now / HOUR_IN_MS) * PERIOD_IN_S;
  return {
    MetricDataQueries: Object.entries(METRICS).map(([Id, MetricName]) => ({
      Id,
      MetricStat: { Metric: { Namespace: 'AWS/SES', MetricName }, Period: PERIOD_IN_S, Stat: 'Average' },
    })),
    StartTime: lastHour - PERIODS * PERIOD_IN_S,
    EndTime: lastHour,
    ScanBy: 'TimestampDescending',
  };
}

interface MetricDataResult {
  readonly Id?: unknown;
  readonly Timestamps?: readonly unknown[];
  readonly Values?: readonly unknown[];
}

/** The newest value of each metric. */
function readAnswer({ MetricDataResults }: Readonly<Record<string, unknown>>): Reputation | null {
  const results = (Array.isArray(MetricDataResults) ? MetricDataResults : []) as MetricDataResult[];
  const newestOf = (id: keyof typeof METRICS) => {
    const result = results.find(({ Id }) => Id === id);
    const [value, seconds] = [result?.Values?.[0], result?.Timestamps?.[0]];
    return isRate(value) && typeof seconds === 'number' ? { value, at: seconds * 1000 } : null;
  };
  const bounces = newestOf('bounces');
  return (
    bounces && {
      bounceRate: bounces.value,
      complaintRate: newestOf('complaints')?.value ?? null,
      asOf: bounces.at,
    }
  );
}

function isRate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
