import fc from 'fast-check';
import { seededRandom } from '../../support/random.ts';
import { type Draw, draws } from './draw.ts';

/** A random history: what was told, what people lifted in the middle of it, and with which luck it was delivered. */
export interface Log {
  readonly draws: readonly Draw[];
  readonly lifts: readonly LiftDraw[];
  readonly asksSes: boolean;
  /** Seeds the order of delivery and the faults. */
  readonly luck: number;
}

/** An unbounce, or a release for the account or for nobody's own suppression. */
export interface LiftDraw {
  readonly kind: 'unbounce' | 'release' | 'release_own';
  readonly account: number;
  readonly person: number;
}

export interface LogSize {
  readonly notices: number;
  readonly people: number;
}

const MOST_LIFTS = 24;

export function logs({ notices, people }: LogSize): fc.Arbitrary<Log> {
  const size = { minLength: 1, maxLength: notices, size: 'max' } as const;
  return fc.record({
    draws: fc.array(draws(people), size),
    lifts: fc.array(
      fc.record({
        kind: fc.constantFrom('unbounce', 'unbounce', 'unbounce', 'release', 'release_own'),
        account: fc.nat(3),
        person: fc.nat(people - 1),
      }),
      { maxLength: MOST_LIFTS, size: 'max' },
    ),
    asksSes: fc.boolean(),
    luck: fc.nat(),
  });
}

/** Independent streams of chance for the parts of one run. */
export function luckOf({ luck }: Log, part: number): () => number {
  return seededRandom(luck * 31 + part);
}
