import { withCapitals } from '../../lib/policy/capitals.ts';
import { planRemoval } from '../../lib/policy/ses-removal.ts';
import { HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import type { ListEntry, SuppressionList } from '../../lib/ses/suppression-list.ts';
import { allOf } from '../../lib/work-pool.ts';
import { areJobsTaken, areMany, isLeftToReading, listedOf, type Removal } from './left-to-reading.ts';
import { type Settled, settle } from './settle-removal.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

/** From then on a task has waited for long: there are many, or SES is slow. */
const LONG_IN_LINE_IN_MS = HOUR_IN_MS / 6;

export interface RemovalTask {
  readonly addressHash: string;
  /** When it was put into the queue. */
  readonly sentAt: Instant;
}

/**
 * Takes an address off SES's list wherever it may stand, and writes down what came of it. What has stood in a long line is
 * left to the readings and their jobs, if these will take it off: it stays pending. May be repeated.
 */
export async function removeAddress(
  { addressHash, sentAt }: RemovalTask,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const askedAt = deps.clock();
  const plan = planRemoval(await deps.operator.readWhole(addressHash, deadlineAt), deps.policy);
  const isLongInLine = sentAt + LONG_IN_LINE_IN_MS < askedAt;
  if (isLongInLine && plan.plan === 'remove' && (await isLeft(plan))) {
    deps.telemetry.log('info', 'ses_removal_left_to_reading', { addressHash });
    return;
  }
  const until = plan.plan === 'remove' ? Math.max(askedAt, plan.requestedAt) : askedAt;
  await settle({ addressHash, until, ...(await carryOut()) }, deps, deadlineAt);

  async function isLeft(removal: Removal): Promise<boolean> {
    if (!(await areJobsTaken(deps, deadlineAt)) || !(await areMany(deps, deadlineAt))) {
      return false;
    }
    return isLeftToReading(removal, await listedOf(addressHash, deps, deadlineAt), deps);
  }

  async function carryOut(): Promise<Pick<Settled, 'settlement' | 'complaint' | 'outcome'>> {
    switch (plan.plan) {
      case 'nothing':
        return { settlement: null, outcome: 'nothing_asked' };
      case 'keep':
        return { settlement: 'kept', outcome: 'kept' };
      case 'unknown_spelling':
        return { settlement: 'not_asked', outcome: 'unknown_spelling' };
      case 'remove': {
        if (deps.lists.length === 0) {
          return { settlement: 'not_asked', outcome: 'no_ses' };
        }
        const spellings = await spellingsOf(plan, addressHash, { ...deps, deadlineAt });
        const found = await allOf(
          deps.lists.map((list) => removeFrom(list, { ...plan, spellings }, deadlineAt)),
        );
        const complaint = found.flat().find(({ listedFor }) => listedFor === 'complaint') ?? null;
        return complaint === null
          ? { settlement: 'confirmed', outcome: 'removed' }
          : { settlement: 'kept', complaint, outcome: 'listed_for_complaint' };
      }
    }
  }
}

/** Those that accounts have met, and those in which SES's list was seen to hold the address. */
async function spellingsOf(
  { address, spellings }: Removal,
  addressHash: string,
  { deadlineAt, ...deps }: SyncDependencies & { readonly deadlineAt: Instant },
): Promise<readonly string[]> {
  const listed = await listedOf(addressHash, deps, deadlineAt);
  const seen = listed.flatMap(({ capitals }) => withCapitals(address, capitals) ?? []);
  return [...new Set([...spellings, ...seen])];
}

/** Answers the entries that were found; those for a complaint stay. */
async function removeFrom(
  list: SuppressionList,
  { spellings, tenants }: Removal,
  deadlineAt: Instant,
): Promise<readonly ListEntry[]> {
  const found: ListEntry[] = [];
  for (const tenant of [null, ...tenants]) {
    for (const spelling of spellings) {
      const entry = await list.find({ spelling, tenant }, deadlineAt);
      if (entry === null) {
        continue;
      }
      found.push(entry);
      if (entry.listedFor === 'bounce') {
        await list.remove({ spelling, tenant }, deadlineAt);
      }
    }
  }
  return found;
}
