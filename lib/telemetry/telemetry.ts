import type { CountedName, DimensionsOf, MeasuredName } from './metrics.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogValue = string | number | boolean | null | readonly string[];
export type LogFields = Readonly<Record<string, LogValue>>;
/** Names and values from a small, fixed set: each combination is a metric of its own, and is paid for. */
export type Dimensions = Readonly<Record<string, string>>;

/** What a function tells its operator. Never an address: callers pass its hash. */
export interface Telemetry {
  /** Adds to a sum. */
  count<Name extends CountedName>(metric: Name, ...counted: Counted<DimensionsOf<Name>>): void;
  /** States how much it is now; what was stated last counts. */
  measure(metric: MeasuredName, value: number): void;
  /** `event` is a fixed name in snake_case; what varies belongs into the fields. */
  log(level: LogLevel, event: string, fields?: LogFields): void;
  /** Writes what was counted and measured since the last time. Called once at the end of an invocation. */
  flush(): void;
}

type Counted<By extends Dimensions> = keyof By extends never
  ? [dimensions?: Readonly<Record<string, never>>, amount?: number]
  : [dimensions: By, amount?: number];
