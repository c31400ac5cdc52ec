import { pagesOf, type ReboundClient, type SuppressionRow } from '../../client/index.ts';
import { type Burst, type BurstBounce, findBursts, PAST_IN_DAYS } from '../../lib/policy/burst.ts';
import { domainOf, providerOf } from '../../lib/policy/provider.ts';
import { DAY_IN_MS, type Instant, toIso } from '../../lib/policy/time.ts';
import { type AccountsOptions, accountsOf } from '../accounts.ts';
import { whole } from '../quantities.ts';
import type { StatusLine } from '../status-line.ts';

export interface Incidents {
  /** The newest first. */
  readonly bursts: readonly Burst[];
  /** How many suppressions were read for it, those of the past included. */
  readonly read: number;
}

const ROWS_A_PAGE = 1_000;

/**
 * Looks for bursts in the lists of suppressed addresses, newest first, as far back as the past with which they are
 * compared. What was unbounced or corrected since is no part of it.
 */
export async function findIncidents(
  client: ReboundClient,
  {
    from,
    to,
    status,
    ...options
  }: AccountsOptions & { readonly from: Instant; readonly to: Instant; readonly status: StatusLine },
): Promise<Incidents> {
  const earliest = toIso(from - PAST_IN_DAYS * DAY_IN_MS);
  const bounces: BurstBounce[] = [];
  let read = 0;
  for await (const account of accountsOf(client, options)) {
    const pages = pagesOf((position) =>
      client.listSuppressions({ limit: ROWS_A_PAGE, ...position }, { account }),
    );
    for await (const { items } of pages) {
      const rows = items.filter(({ suppressedAt }) => suppressedAt >= earliest);
      read += rows.length;
      for (const row of rows) bounces.push(...bounceOf(row));
      status.update(`${account}: ${whole(read)} suppressions read`);
      if (rows.length < items.length) break;
    }
  }
  return { bursts: findBursts(bounces, { from, to }), read };
}

/** What ends by itself is no hard bounce, and a complaint no provider's word; of an erased address nobody knows the provider. */
function bounceOf({ address, reason, rule, until, bouncedAt }: SuppressionRow): readonly BurstBounce[] {
  if (address === null || bouncedAt === null || until !== null || reason === 'complaint') return [];
  return [{ provider: providerOf(domainOf(address)), reason, rule, bouncedAt: Date.parse(bouncedAt) }];
}
