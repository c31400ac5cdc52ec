import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { endListing, foundSince } from '../../lib/policy/ses-removal.ts';
import type { Instant } from '../../lib/policy/time.ts';
import type { ListReading } from '../../lib/store/ses-list-port.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import type { SyncDependencies } from './sync-dependencies.ts';

const ROWS_PER_PAGE = 1_000;
const ADDRESSES_AT_ONCE = 16;

/** Ends the block of addresses that the reading did not find any more, in this Region nor in any other. */
export async function sweepPage(
  reading: ListReading,
  deps: SyncDependencies,
  deadlineAt: Instant,
): Promise<{ readonly next: string | null; readonly ended: number }> {
  const { region, startedAt, position: after } = reading;
  const { operator, sesList } = deps;
  const page = await sesList.listListed({ region, limit: ROWS_PER_PAGE, after, deadlineAt });
  const gone = page.items.filter(({ seenAt }) => seenAt < startedAt);
  const change = (status: AddressStatus) => {
    const ses = endListing(status.ses, startedAt);
    return ses === status.ses ? status : { ...status, ses };
  };
  let ended = 0;
  const addresses = new Set(gone.map(({ addressHash }) => addressHash));
  await eachOf(addresses, ADDRESSES_AT_ONCE, async (addressHash) => {
    if (!(await isListed(addressHash, reading, { ...deps, deadlineAt }))) {
      const { ses } = await operator.updateStatus(addressHash, { change, deadlineAt });
      ended += Number(foundSince(ses, startedAt) === 'ended');
    }
  });
  await sesList.forgetListed(region, gone, deadlineAt);
  return { next: page.next, ended };
}

/** Whether SES was seen to list it, in another spelling or another Region. */
async function isListed(
  addressHash: string,
  { region, startedAt }: ListReading,
  { lists, sesList, deadlineAt }: SyncDependencies & { readonly deadlineAt: Instant },
): Promise<boolean> {
  const seen = await allOf(
    lists.map(async (list) => {
      const entries = await sesList.findListed({ region: list.region, addressHash, deadlineAt });
      return entries.some(({ seenAt }) => list.region !== region || seenAt >= startedAt);
    }),
  );
  return seen.includes(true);
}
