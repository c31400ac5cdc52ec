import { redactAddresses } from '../policy/redact-addresses.ts';
import { type Instant, toIso } from '../policy/time.ts';
import { type CountGroup, createCounters } from './counters.ts';
import { METRICS, type MetricName } from './metrics.ts';
import type { Dimensions, Telemetry } from './telemetry.ts';

export interface JsonTelemetryDependencies {
  /** Takes one line with its newline, as `process.stdout.write` does. */
  readonly write: (line: string) => unknown;
  readonly clock: () => Instant;
  /** Of the metrics: the name of the stack, so that two stacks in one AWS account count apart. */
  readonly namespace: string;
}

const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;
const MAX_TEXT_LENGTH = 4_000;
/** An address that the cut goes through is seen whole. */
const MOST_READ_LENGTH = 2 * MAX_TEXT_LENGTH;

/**
 * Writes log events and metrics as JSON, one line each; a log group makes metrics of the latter by itself.
 * Source: Amazon CloudWatch user guide, "Specification: Embedded metric format".
 */
export function createJsonTelemetry({ write, clock, namespace }: JsonTelemetryDependencies): Telemetry {
  const counters = createCounters();
  const writeLine = (line: object) => write(`${JSON.stringify(line, printable)}\n`);
  return {
    count: (metric: MetricName, dimensions: Dimensions = {}, amount = 1) =>
      counters.add(metric, dimensions, amount),
    measure: (metric, value) => counters.set(metric, value),
    log: (level, event, fields = {}) =>
      void writeLine({ ...fields, timestamp: toIso(clock()), level: level.toUpperCase(), event }),
    flush() {
      for (const group of counters.take()) writeLine(toMetricLine(group, namespace, clock()));
    },
  };
}

function toMetricLine({ dimensions, counts }: CountGroup, Namespace: string, now: Instant): object {
  const metrics = [...counts.keys()].map((name) => ({ Name: name, Unit: METRICS[name].unit }));
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace, Dimensions: [Object.keys(dimensions)], Metrics: metrics }],
    },
    ...dimensions,
    ...Object.fromEntries(counts),
  };
}

/** Text from outside must neither break a line in two, nor turn it around, nor fill the log, nor name anybody. */
function printable(_name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const some = value.slice(0, MOST_READ_LENGTH).replace(UNPRINTABLE, '');
  return redactAddresses(some).slice(0, MAX_TEXT_LENGTH);
}
