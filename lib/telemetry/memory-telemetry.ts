import type { MeasuredName, MetricName } from './metrics.ts';
import type { Dimensions, LogFields, LogLevel, Telemetry } from './telemetry.ts';

export interface LogEvent {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** Keeps what was told, so that a test can ask for it. */
export interface MemoryTelemetry extends Telemetry {
  readonly events: readonly LogEvent[];
  /** The sum over every set of dimensions that holds the given ones. */
  counted(metric: MetricName, dimensions?: Dimensions): number;
  /** What was measured last; null when nothing was. */
  measured(metric: MeasuredName): number | null;
}

export function createMemoryTelemetry(): MemoryTelemetry {
  const events: LogEvent[] = [];
  const counted: { metric: MetricName; dimensions: Dimensions; amount: number }[] = [];
  const measured = new Map<MeasuredName, number>();
  return {
    events,
    count: (metric: MetricName, dimensions: Dimensions = {}, amount = 1) =>
      void counted.push({ metric, dimensions, amount }),
    measure: (metric, value) => void measured.set(metric, value),
    log: (level, event, fields = {}) => void events.push({ level, event, fields }),
    flush: () => {},
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
