import { planRemoval } from '../../lib/policy/ses-removal.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { JobRefusedError } from '../../lib/ses/removal-jobs.ts';
import type { SuppressionList } from '../../lib/ses/suppression-list.ts';
import type { ListReading } from '../../lib/store/ses-list-port.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

const ADDRESSES_AT_ONCE = 16;
/** Fewer are asked for one by one: that says at once what came of it. */
const FEWEST_IN_A_JOB = 50;

/** An entry that SES lists for a bounce, and whose address waits to be taken off. */
export interface WaitingEntry {
  readonly hash: string;
  /** As SES lists it. */
  readonly spelling: string;
}

export interface JobContext {
  readonly list: SuppressionList;
  readonly deps: SyncDependencies;
  readonly deadlineAt: Instant;
}

type JobCounts = Pick<ListReading['counts'], 'inJobs' | 'jobsRefused'>;

/**
 * Has one job take off what waits in a page of SES's list, where it is much. What came of it the next reading tells; what a
 * job was refused for goes its way alone. Done again, it asks for the same again.
 */
export async function askByJob(
  waiting: readonly WaitingEntry[],
  { region, startedAt, pages, counts }: ListReading,
  { list: { jobs }, deps, deadlineAt }: JobContext,
): Promise<JobCounts> {
  const none = { inJobs: 0, jobsRefused: 0 };
  if (jobs === null || counts.jobsRefused > 0 || waiting.length < FEWEST_IN_A_JOB) {
    return none;
  }
  const spellings = await toBeRemoved(waiting, deps, deadlineAt);
  if (spellings.length < FEWEST_IN_A_JOB) {
    return none;
  }
  try {
    await jobs.ask({ name: `${startedAt}-${pages}`, spellings }, deadlineAt);
    deps.telemetry.count('SesRemovalInJob', {}, spellings.length);
    deps.telemetry.log('info', 'ses_job_asked', { region, pages, entries: spellings.length });
    return { inJobs: spellings.length, jobsRefused: 0 };
  } catch (error) {
    if (error instanceof JobRefusedError) {
      deps.telemetry.count('SesJobRefused');
      deps.telemetry.log('warn', 'ses_job_refused', { region, pages, error: error.message });
      return { inJobs: 0, jobsRefused: 1 };
    }
    throw error;
  }
}

/** Whom nobody may send to stays listed, as where each is asked for by itself. */
async function toBeRemoved(
  waiting: readonly WaitingEntry[],
  { operator, policy }: SyncDependencies,
  deadlineAt: Instant,
): Promise<readonly string[]> {
  const spellings: string[] = [];
  await eachOf(waiting, ADDRESSES_AT_ONCE, async ({ hash, spelling }) => {
    const { plan } = planRemoval(await operator.readWhole(hash, deadlineAt), policy);
    if (plan === 'remove') {
      spellings.push(spelling);
    }
  });
  return spellings;
}
