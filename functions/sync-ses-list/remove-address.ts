import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { withCapitals } from '../../lib/policy/capitals.ts';
import {
  applyListing,
  planRemoval,
  type RemovalPlan,
  type Settlement,
  settleRemoval,
} from '../../lib/policy/ses-removal.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { ListEntry, SuppressionList } from '../../lib/ses/suppression-list.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

type Removal = Extract<RemovalPlan, { plan: 'remove' }>;

/** Takes an address off SES's list wherever it may stand, and writes down what came of it. May be repeated. */
export async function removeAddress(
  addressHash: string,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<void> {
  const askedAt = deps.clock();
  const plan = planRemoval(await deps.operator.readWhole(addressHash, deadlineAt), deps.policy);
  const until = plan.plan === 'remove' ? Math.max(askedAt, plan.requestedAt) : askedAt;
  const settle = async (settlement: Settlement, complaint: ListEntry | null = null) => {
    const change = (status: AddressStatus) => settled(status, { settlement, complaint, until });
    await deps.operator.updateStatus(addressHash, { change, deadlineAt });
  };
  const outcome = await carryOut();
  await deps.sesList.forgetPending({ addressHash, requestedAt: until }, deadlineAt);
  deps.telemetry.count('SesRemovalSettled', { Outcome: outcome });
  deps.telemetry.log('info', 'ses_removal_settled', { addressHash, outcome });

  async function carryOut(): Promise<string> {
    switch (plan.plan) {
      case 'nothing':
        return 'nothing_asked';
      case 'keep':
        await settle('kept');
        return 'kept';
      case 'unknown_spelling':
        await settle('not_asked');
        return 'unknown_spelling';
      case 'remove': {
        if (deps.lists.length === 0) {
          await settle('not_asked');
          return 'no_ses';
        }
        const spellings = await spellingsOf(plan, addressHash, { ...deps, deadlineAt });
        const found = await Promise.all(
          deps.lists.map((list) => removeFrom(list, { ...plan, spellings }, deadlineAt)),
        );
        const complaint = found.flat().find(({ listedFor }) => listedFor === 'complaint') ?? null;
        await settle(complaint === null ? 'confirmed' : 'kept', complaint);
        return complaint === null ? 'removed' : 'listed_for_complaint';
      }
    }
  }
}

/** Those that accounts have met, and those in which SES's list was seen to hold the address. */
async function spellingsOf(
  { address, spellings }: Removal,
  addressHash: string,
  { lists, sesList, deadlineAt }: SyncDependencies & { readonly deadlineAt: Instant },
): Promise<readonly string[]> {
  const listed = await Promise.all(
    lists.map(({ region }) => sesList.findListed({ region, addressHash, deadlineAt })),
  );
  const seen = listed.flat().flatMap(({ capitals }) => withCapitals(address, capitals) ?? []);
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

interface Outcome {
  readonly settlement: Settlement;
  readonly complaint: ListEntry | null;
  readonly until: Instant;
}

function settled(status: AddressStatus, { settlement, complaint, until }: Outcome): AddressStatus {
  const ses = settleRemoval(status.ses, { until, settlement });
  if (ses === status.ses) {
    return status;
  }
  // Read after whatever was asked for until then, so that it blocks.
  const listing = complaint && { ...complaint, readAt: until + 1 };
  return { ...status, ses: listing === null ? ses : applyListing(ses, listing, { isSimulator: false }) };
}
