import type { MetricName } from './metrics.ts';
import type { Dimensions } from './telemetry.ts';

/** Counts that share their dimensions. */
export interface CountGroup {
  readonly dimensions: Dimensions;
  readonly counts: ReadonlyMap<MetricName, number>;
}

export interface Counters {
  add(metric: MetricName, dimensions: Dimensions, amount: number): void;
  /** Takes the place of what was there. */
  set(metric: MetricName, value: number): void;
  /** Everything that was set, or added and is not zero, one group per set of dimensions; the counters start afresh. */
  take(): readonly CountGroup[];
}

export function createCounters(): Counters {
  const groups = new Map<string, { dimensions: Dimensions; counts: Map<MetricName, number> }>();
  const groupOf = (dimensions: Dimensions) => {
    const key = JSON.stringify(Object.entries(dimensions).sort());
    const group = groups.get(key) ?? { dimensions, counts: new Map() };
    groups.set(key, group);
    return group;
  };
  return {
    add(metric, dimensions, amount) {
      if (amount === 0) return;
      const { counts } = groupOf(dimensions);
      counts.set(metric, (counts.get(metric) ?? 0) + amount);
    },
    set(metric, value) {
      groupOf({}).counts.set(metric, value);
    },
    take() {
      const taken = [...groups.values()];
      groups.clear();
      return taken;
    },
  };
}
