import { canonicalAddress } from '../../lib/policy/address.ts';
import { type AddressStatus, NO_STATUS } from '../../lib/policy/address-status.ts';
import { capitalsOf } from '../../lib/policy/capitals.ts';
import type { SesFacts } from '../../lib/policy/ses-layers.ts';
import { applyListing, foundSince, openRemoval } from '../../lib/policy/ses-removal.ts';
import { isSimulatorAddress } from '../../lib/policy/simulator.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { ListEntry } from '../../lib/ses/suppression-list.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { ListReading, ReadingCounts } from '../../lib/store/ses-list-port.ts';
import { eachOf } from '../../lib/work-pool.ts';
import { askByJob, type JobContext } from './ask-by-job.ts';

const ADDRESSES_AT_ONCE = 16;

/** An entry whose address Rebound can read. */
interface KnownEntry extends ListEntry {
  readonly address: string;
  readonly hash: string;
}

/**
 * Writes down what a page of SES's list says of each address, and has taken off what waits for that. What is known already is
 * not written again.
 */
export async function applyPage(
  entries: readonly ListEntry[],
  reading: ListReading,
  context: JobContext,
): Promise<ReadingCounts> {
  const { region, startedAt, counts: before } = reading;
  const { deps, deadlineAt } = context;
  const { addresses, operator, sesList } = deps;
  const readAt = deps.clock();
  const known = entries.flatMap(toKnown);
  const byAddress = Map.groupBy(known, ({ hash }) => hash);
  const statuses = await addresses.readStatuses([...byAddress.keys()], deadlineAt);
  const counts = { blocked: 0, askedAgain: 0 };
  const waiting: KnownEntry[] = [];
  await eachOf(byAddress, ADDRESSES_AT_ONCE, async ([hash, entries]) => {
    const status = statuses.get(hash) ?? NO_STATUS;
    const change = (read: AddressStatus) => withSes(read, applyAll(read.ses, entries, readAt));
    const changed = change(status);
    const { ses } = changed === status ? status : await operator.updateStatus(hash, { change, deadlineAt });
    // By what stands then, so that a page that is done again counts the same.
    const found = foundSince(ses, startedAt);
    counts.blocked += Number(found === 'blocked');
    counts.askedAgain += Number(found === 'asked_again');
    const requestedAt = openRemoval(ses);
    if (requestedAt !== null) {
      // It may wait without anybody knowing, where the stream's record of it was lost.
      await sesList.notePending({ addressHash: hash, requestedAt, queuedAt: 0 }, deadlineAt);
      waiting.push(...entries.filter(({ listedFor }) => listedFor === 'bounce'));
    }
  });
  const seen = known.map(({ address, hash, spelling, listedFor }) => {
    const capitals = capitalsOf(spelling, address);
    return { addressHash: hash, capitals, listedFor, seenAt: startedAt };
  });
  await sesList.noteListed(region, seen, deadlineAt);
  const { inJobs, jobsRefused } = await askByJob(waiting, reading, context);
  return {
    ...before,
    entries: before.entries + entries.length,
    unreadable: before.unreadable + entries.length - known.length,
    blocked: before.blocked + counts.blocked,
    askedAgain: before.askedAgain + counts.askedAgain,
    inJobs: before.inJobs + inJobs,
    jobsRefused: before.jobsRefused + jobsRefused,
  };
}

function toKnown(entry: ListEntry): KnownEntry[] {
  const address = canonicalAddress(entry.spelling);
  return address === null ? [] : [{ ...entry, address, hash: addressHash(address) }];
}

function applyAll(ses: SesFacts, entries: readonly KnownEntry[], readAt: Instant): SesFacts {
  return entries.reduce(
    (facts, { address, listedFor, listedAt }) =>
      applyListing(facts, { listedFor, listedAt, readAt }, { isSimulator: isSimulatorAddress(address) }),
    ses,
  );
}

function withSes(status: AddressStatus, ses: SesFacts): AddressStatus {
  return ses === status.ses ? status : { ...status, ses };
}
