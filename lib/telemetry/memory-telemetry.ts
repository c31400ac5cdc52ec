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
  counted(metric: string, dimensions?: Dimensions): number;
}

export function createMemoryTelemetry(): MemoryTelemetry {
  const events: LogEvent[] = [];
  const counted: { metric: string; dimensions: Dimensions; amount: number }[] = [];
  return {
    events,
    count: (metric, dimensions = {}, amount = 1) => void counted.push({ metric, dimensions, amount }),
    log: (level, event, fields = {}) => void events.push({ level, event, fields }),
    flush: () => {},
    counted: (metric, dimensions = {}) =>
      counted
        .filter((entry) => entry.metric === metric && holds(entry.dimensions, dimensions))
        .reduce((sum, { amount }) => sum + amount, 0),
  };
}

function holds(dimensions: Dimensions, wanted: Dimensions): boolean {
  return Object.entries(wanted).every(([name, value]) => dimensions[name] === value);
}
