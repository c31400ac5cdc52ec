import type { AddressRecord } from '../../../lib/policy/address-record.ts';
import type { AddressStatus } from '../../../lib/policy/address-status.ts';
import { DAY_IN_MS, startOfDay } from '../../../lib/policy/time.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import type { CampaignReader } from '../../../lib/store/campaign-port.ts';
import type { AddressStore } from '../../../lib/store/port.ts';
import { eachOf } from '../../../lib/work-pool.ts';
import { pairOf } from './model.ts';
import { STRIKE_WINDOW_IN_DAYS } from './rules.ts';
import type { AddressState, CampaignState, RecordState, RowState, WorldState } from './state.ts';
import { NOW, type World } from './world.ts';

export interface Observed {
  readonly addresses: Pick<AddressStore, 'readAddress'>;
  readonly campaigns: CampaignReader;
}

const CAMPAIGNS_AT_ONCE = 8;
const ROWS_PER_PAGE = 1_000;
const FAR_AWAY = NOW + 3_600_000;

/** Everything that the stores hold of a world. */
export async function observe(
  { accounts, addresses }: World,
  stores: Observed,
): Promise<Omit<WorldState, 'parked'>> {
  const records: Record<string, RecordState> = {};
  const states: Record<string, AddressState> = {};
  for (const address of addresses) {
    for (const account of accounts) {
      const key = { account, addressHash: addressHash(address) };
      const { record, status } = await stores.addresses.readAddress(key, FAR_AWAY);
      if (record.address !== null) records[pairOf(account, address)] = recordState(record);
      states[address] = addressState(status);
    }
  }
  const campaigns: Record<string, CampaignState> = {};
  for (const account of accounts) {
    const named = await campaignsOf(account, stores.campaigns);
    await eachOf(named, CAMPAIGNS_AT_ONCE, async (campaign) => {
      campaigns[pairOf(account, campaign)] = await campaignState({ account, campaign }, addresses, stores);
    });
  }
  return { records, addresses: states, campaigns };
}

function recordState({ address, spellings, facts, bounces, suppression }: AddressRecord): RecordState {
  const strikes: Record<string, Record<string, string>> = {};
  for (const [key, days] of Object.entries(facts.strikes)) {
    const newest = Math.max(...Object.keys(days).map(startOfDay));
    strikes[key] = {};
    for (const [day, { sentAt, messageId }] of Object.entries(days)) {
      if (startOfDay(day) <= newest - STRIKE_WINDOW_IN_DAYS * DAY_IN_MS) continue;
      strikes[key][day] = `${sentAt} ${messageId}`;
    }
  }
  return {
    address,
    spellings,
    standing: (suppression?.standing ?? [])
      .filter(isStanding)
      .map(({ key, rule, until, sentAt, feedbackId, campaign }) => ({
        ...{ key, rule, until, sentAt, feedbackId, campaign },
      })),
    strikes,
    bounces: bounces.map((one) => `${one.bouncedAt} ${one.feedbackId} ${one.key} ${one.campaign}`),
  };
}

function addressState({ suppressedBy, global, ses, deadReports }: AddressStatus): AddressState {
  const standing = [...suppressedBy].map(([account, marks]) => {
    const said = marks.filter(isStanding).map(({ key, rule, until }) => `${key} ${rule} ${until}`);
    return [account, said] as const;
  });
  const marks = Object.entries(ses).flatMap(([layer, { mark }]) => (mark === null ? [] : [[layer, mark]]));
  const { removal = null, tenants = [] } = ses.sesAccountList ?? {};
  return {
    isGlobal: global !== null,
    suppressedBy: Object.fromEntries(standing.filter(([, said]) => said.length > 0)),
    deadReports: Object.fromEntries(
      [...deadReports].map(([account, days]) => [account, `${days.at(0)} ${days.at(-1)}`]),
    ),
    marks: Object.fromEntries(marks),
    tenants,
    removalAt: removal?.state === 'pending' ? removal.requestedAt : null,
  };
}

function isStanding({ until }: { readonly until: number | null }): boolean {
  return until === null || until > NOW;
}

async function campaignsOf(account: string, campaigns: CampaignReader): Promise<readonly string[]> {
  const { items } = await campaigns.listCampaigns({
    account,
    limit: ROWS_PER_PAGE,
    after: null,
    deadlineAt: FAR_AWAY,
  });
  return items.map(({ campaign }) => campaign);
}

async function campaignState(
  named: { readonly account: string; readonly campaign: string },
  addresses: readonly string[],
  { campaigns }: Observed,
): Promise<CampaignState> {
  const query = { ...named, now: NOW, deadlineAt: FAR_AWAY };
  const counted = await campaigns.readCampaign(query);
  const rows: Record<string, RowState> = {};
  for (const outcome of ['bounced', 'not-sent'] as const) {
    const page = await campaigns.listRows({ ...query, outcome, limit: ROWS_PER_PAGE, after: null });
    for (const { account, campaign, addressHash: hash, diagnostic, ...row } of page.items) {
      const address = addresses.find((one) => addressHash(one) === hash) ?? hash;
      rows[`${outcome} ${address}`] = row;
    }
  }
  return { rows, counts: counted?.counts ?? NOTHING_COUNTED };
}

const NOTHING_COUNTED = {
  bounced: { total: -1, byKind: { hard: 0, soft: 0 }, byReason: {} },
  notSent: { total: -1, byCode: {}, byReason: {} },
};
