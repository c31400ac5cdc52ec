import type { Dimensions } from './telemetry.ts';

/** Counts that share their dimensions. */
export interface CountGroup {
  readonly dimensions: Dimensions;
  readonly counts: ReadonlyMap<string, number>;
}

export interface Counters {
  add(metric: string, dimensions: Dimensions, amount: number): void;
  /** Everything that is not zero, one group per set of dimensions; the counters start afresh. */
  take(): readonly CountGroup[];
}

export function createCounters(): Counters {
  const groups = new Map<string, { dimensions: Dimensions; counts: Map<string, number> }>();
  return {
    add(metric, dimensions, amount) {
      if (amount === 0) return;
      const key = JSON.stringify(Object.entries(dimensions).sort());
      const group = groups.get(key) ?? { dimensions, counts: new Map() };
      groups.set(key, group);
      group.counts.set(metric, (group.counts.get(metric) ?? 0) + amount);
    },
    take() {
      const taken = [...groups.values()];
      groups.clear();
      return taken;
    },
  };
}
