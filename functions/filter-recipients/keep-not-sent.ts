import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import { type CampaignRow, notSentRow } from '../../lib/policy/campaign-row.ts';
import { withKnownAddress } from '../../lib/policy/known-address.ts';
import type { CampaignQuery, CampaignWriter } from '../../lib/store/campaign-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import { evidenceOf, type NotSentRecipient } from './filter-answer.ts';

export interface AuditStores {
  readonly addresses: Pick<AddressStore, 'updateAddress'>;
  readonly campaigns: CampaignWriter;
}

interface Kept extends Pick<NotSentRecipient, 'status' | 'record'> {
  readonly row: CampaignRow;
  readonly address: string;
}

const ADDRESSES_AT_ONCE = 32;

/** Keeps for the campaign's audit who is not sent to, and why. What the list itself was to blame for is not kept. */
export async function keepNotSent(
  notSent: readonly NotSentRecipient[],
  query: CampaignQuery,
  { addresses, campaigns }: AuditStores,
): Promise<void> {
  const kept = notSent.flatMap((one) => keptOf(one, query) ?? []);
  const { now, deadlineAt } = query;
  await allOf([
    campaigns.registerCampaign(query),
    campaigns.writeRows({ rows: kept.map(({ row }) => row), now, deadlineAt }),
    eachOf(kept.filter(isUnnamed), ADDRESSES_AT_ONCE, async ({ row, address }) => {
      const { account, addressHash } = row;
      const change = (snapshot: AddressSnapshot) => withKnownAddress(snapshot, { address, spellings: [] });
      await addresses.updateAddress({ account, addressHash }, { change, deadlineAt });
    }),
  ]);
}

function keptOf(notSent: NotSentRecipient, { account, campaign, now }: CampaignQuery): Kept | null {
  const { hash, verdict, status, record } = notSent;
  const { address } = notSent.recipient;
  if (hash === null || address === null) {
    return null;
  }
  const key = { account, campaign, addressHash: hash };
  const evidence = verdict.standing === null ? null : evidenceOf(verdict.standing.key, record);
  const row = notSentRow(key, { verdict, status: evidence?.status ?? null, at: now });
  return row && { row, address, status, record };
}

/** A layer above may block an address of which the account knows nothing, and the row holds its hash alone. */
function isUnnamed({ record, status }: Kept): boolean {
  const erasedAt = record?.erasedAt ?? status?.erasedAt ?? null;
  return (record?.address ?? null) === null && erasedAt === null;
}
