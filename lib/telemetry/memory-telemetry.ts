import type { MeasuredName, MetricName } from './metrics.ts';
import type { Dimensions, LogFields, LogLevel, Telemetry } from './telemetry.ts';

export interface LogEvent {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** Keeps what was written, so that a test can ask for it: counts and measures once they were flushed. */
export interface MemoryTelemetry extends Telemetry {
  readonly events: readonly LogEvent[];
  /** The sum over every set of dimensions that holds the given ones. */
  counted(metric: MetricName, dimensions?: Dimensions): number;
  /** What was measured last; null when nothing was. */
  measured(metric: MeasuredName): number | null;
}

interface Counted {
  readonly metric: MetricName;
  readonly dimensions: Dimensions;
  readonly amount: number;
}

export function createMemoryTelemetry(): MemoryTelemetry {
  const events: LogEvent[] = [];
  const pending = { counted: [] as Counted[], measured: new Map<MeasuredName, number>() };
  const counted: Counted[] = [];
  const measured = new Map<MeasuredName, number>();
  return {
    events,
    count: (metric: MetricName, dimensions: Dimensions = {}, amount = 1) =>
      void pending.counted.push({ metric, dimensions, amount }),
    measure: (metric, value) => void pending.measured.set(metric, value),
    log: (level, event, fields = {}) => void events.push({ level, event, fields }),
    flush() {
      counted.push(...pending.counted.splice(0));
      for (const [metric, value] of pending.measured) measured.set(metric, value);
      pending.measured.clear();
    },
    counted: (metric, dimensions = {}) =>
      counted
        .filter((entry) => entry.metric === metric && holds(entry.dimensions, dimensions))
        .reduce((sum, { amount }) => sum + amount, 0),
    measured: (metric) => measured.get(metric) ?? null,
  };
}

function holds(dimensions: Dimensions, wanted: Dimensions): boolean {
  return Object.entries(wanted).every(([name, value]) => dimensions[name] === value);
}
