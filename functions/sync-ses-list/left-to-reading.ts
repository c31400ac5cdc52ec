import type { RemovalPlan } from '../../lib/policy/ses-removal.ts';
import { HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import type { ListedAddress } from '../../lib/store/ses-list-port.ts';
import { allOf } from '../../lib/work-pool.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

export type Removal = Extract<RemovalPlan, { plan: 'remove' }>;

/** What is noted of an address in SES's list of one Region. */
export type ListedIn = ListedAddress & { readonly region: string };

/** At one request a second so many take ten minutes or more; two readings and their jobs take as long for any number. */
const MANY = 600;
/** What readings and jobs have not taken off by then is asked for by itself. */
const LEFT_FOR_IN_MS = 6 * HOUR_IN_MS;

/** Whether so many wait that readings are quicker than asking for each. */
export async function areMany({ sesList }: SyncDependencies, deadlineAt: Instant): Promise<boolean> {
  const { next } = await sesList.listPending({ limit: MANY, after: null, deadlineAt });
  return next !== null;
}

/** Whether readings have jobs take off what they find: SES takes jobs somewhere, and has not refused one since. */
export async function areJobsTaken(
  { lists, sesList }: SyncDependencies,
  deadlineAt: Instant,
): Promise<boolean> {
  const regions = lists.filter(({ jobs }) => jobs !== null).map(({ region }) => region);
  const readings = await allOf(regions.map((region) => sesList.readReading(region, deadlineAt)));
  return regions.length > 0 && readings.every((reading) => (reading?.counts.jobsRefused ?? 0) === 0);
}

/** What is noted of an address, in every Region. */
export async function listedOf(
  addressHash: string,
  { lists, sesList }: SyncDependencies,
  deadlineAt: Instant,
): Promise<readonly ListedIn[]> {
  const listed = await allOf(
    lists.map(async ({ region }) => {
      const entries = await sesList.findListed({ region, addressHash, deadlineAt });
      return entries.map((entry) => ({ ...entry, region }));
    }),
  );
  return listed.flat();
}

/**
 * Whether readings and their jobs end the removal. They do not reach the lists of tenants, nor Regions without jobs, and
 * what SES lists for a complaint is to be looked at by itself.
 */
export function isLeftToReading(
  { requestedAt, tenants }: Removal,
  listed: readonly ListedIn[],
  { lists, clock }: Pick<SyncDependencies, 'lists' | 'clock'>,
): boolean {
  const takesJobs = (region: string) => lists.some((list) => list.region === region && list.jobs !== null);
  return (
    tenants.length === 0 &&
    requestedAt + LEFT_FOR_IN_MS > clock() &&
    listed.every(({ listedFor, region }) => listedFor === 'bounce' && takesJobs(region))
  );
}
