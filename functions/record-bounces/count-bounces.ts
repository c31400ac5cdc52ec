import { type CountedBounce, tallyBounces } from '../../lib/policy/bounce-statistics.ts';
import type { BounceCountWriter } from '../../lib/store/bounce-count-port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { BatchTime } from './batch.ts';

export interface CountDependencies {
  readonly bounceCounts: BounceCountWriter;
  readonly telemetry: Telemetry;
}

const DAYS_AT_ONCE = 8;

/**
 * Counts the bounces that were news, one write for each account and day. What cannot be counted is left out and told: the
 * bounce itself is recorded, and a message that came again for its count alone would find nothing new.
 */
export async function countBounces(
  bounces: readonly CountedBounce[],
  { bounceCounts, telemetry }: CountDependencies,
  { now, deadlineAt }: BatchTime,
): Promise<void> {
  await eachOf(tallyBounces(bounces, now), DAYS_AT_ONCE, async (tally) => {
    try {
      await bounceCounts.addBounceCounts({ tally, deadlineAt });
    } catch (error) {
      const missed = [...tally.counts.values()].reduce((sum, count) => sum + count, 0);
      telemetry.count('BounceNotCounted', {}, missed);
      telemetry.log('warn', 'bounces_not_counted', { day: tally.day, missed, error: String(error) });
    }
  });
}
