import { withErasure } from '../../lib/policy/address-event.ts';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import { bouncedRow, type CampaignRow, echoRow } from '../../lib/policy/campaign-row.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import type { CampaignWriter } from '../../lib/store/campaign-port.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import type { BatchTime, OnFailure } from './batch.ts';
import type { AddressTidings, ToldEvent } from './tidings.ts';

/** A row of a campaign's audit, and the message that told it. */
export interface ToldRow {
  readonly messageId: string;
  readonly row: CampaignRow;
}

const CAMPAIGNS_AT_ONCE = 4;

/** What a batch tells of one address, as rows of campaigns. */
export function rowsOf(
  { key, tidings }: AddressTidings,
  { record, status }: AddressSnapshot,
  policy: Policy,
): readonly ToldRow[] {
  const { erasedAt } = withErasure(record, status);
  const rowOf = (event: ToldEvent): CampaignRow | null => {
    switch (event.kind) {
      case 'bounce':
        return bouncedRow(key, { ...event, erasedAt }, policy);
      case 'mark':
        return echoRow({ ...key, campaign: event.campaign }, event.mark);
      case 'delivery':
        return null;
    }
  };
  return tidings.flatMap(({ messageId, event }) => {
    const row = rowOf(event);
    return row === null ? [] : [{ messageId, row }];
  });
}

/**
 * Keeps the rows. Repeated notifications write theirs again: it costs little, and mends what was left undone when
 * an earlier try ended between the address and its row.
 */
export async function recordRows(
  told: readonly ToldRow[],
  campaigns: CampaignWriter,
  { onFailure, ...time }: BatchTime & { readonly onFailure: OnFailure },
): Promise<void> {
  const byCampaign = Map.groupBy(told, ({ row }) => `${row.account}#${row.campaign}`);
  await eachOf(byCampaign.values(), CAMPAIGNS_AT_ONCE, async (ofOne) => {
    const rows = ofOne.map(({ row }) => row);
    const [first] = rows;
    if (first === undefined) {
      return;
    }
    const { account, campaign } = first;
    try {
      await allOf([
        campaigns.registerCampaign({ account, campaign, ...time }),
        campaigns.writeRows({ rows, ...time }),
      ]);
    } catch (error) {
      onFailure(
        ofOne.map(({ messageId }) => messageId),
        error,
      );
    }
  });
}
