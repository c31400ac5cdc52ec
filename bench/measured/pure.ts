import { canonicalAddress } from '../../lib/policy/address.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import { medianOf } from '../bench.ts';
import { recipientsOf, snsBody } from './events.ts';
import type { PureJob, PureResult } from './job.ts';

const COUNT = 10_000;
const REPETITIONS = 31;

/** Runs ours and the yardstick by turns, after both have been warmed up. */
export function measurePure({ kind }: PureJob): PureResult {
  const { ours, yardstick } = PAIRS[kind]();
  const times: PureResult[] = [];
  for (let repetition = -10; repetition < REPETITIONS; repetition++) {
    const result = { oursInMs: timeOf(ours), yardstickInMs: timeOf(yardstick) };
    if (repetition >= 0) times.push(result);
  }
  return {
    oursInMs: medianOf(times.map(({ oursInMs }) => oursInMs)),
    yardstickInMs: medianOf(times.map(({ yardstickInMs }) => yardstickInMs)),
  };
}

interface Pair {
  readonly ours: () => unknown;
  readonly yardstick: () => unknown;
}

const PAIRS: Readonly<Record<PureJob['kind'], () => Pair>> = {
  normalise() {
    const list = recipientsOf(COUNT, 'normalise');
    return {
      ours: () => list.map(canonicalAddress),
      yardstick: () => list.map((text) => text.trim().normalize('NFC').toLowerCase()),
    };
  },
  notification() {
    const bodies = recipientsOf(COUNT / 10, 'notification').map((recipient) => snsBody([recipient]));
    return {
      ours: () => bodies.map(readBody),
      yardstick: () => bodies.map((body) => JSON.parse((JSON.parse(body) as { Message: string }).Message)),
    };
  },
};

/** CPU, which other processes of the machine disturb less than the clock on the wall. */
function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
