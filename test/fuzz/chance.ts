import { seededRandom } from '../support/random.ts';

/** Random choices, the same for the same seed. */
export interface Chance {
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number;
  of<T>(choices: readonly T[]): T;
  /** True once in so many times. */
  once(times: number): boolean;
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  return {
    below,
    of: <T>(choices: readonly T[]) => choices[below(choices.length)] as T,
    once: (times) => below(times) === 0,
  };
}
