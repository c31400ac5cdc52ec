import { describe, expect, test } from '@jest/globals';
import { campaignCounts, countChange, sumOf } from '../../lib/policy/campaign-counts.ts';
import { bouncedRow, type CampaignRow, compareRows, echoRow } from '../../lib/policy/campaign-row.ts';
import { DAY_IN_MS, type Instant } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type {
  Campaign,
  CampaignPosition,
  CampaignReader,
  CampaignWriter,
  RowPosition,
  RowsQuery,
} from '../../lib/store/campaign-port.ts';
import { shardOf } from '../../lib/store/items/campaign-item.ts';
import { ADDRESS, aBounce, hoursAfter, NOW, POLICY } from '../policy/builders.ts';
import { aKey, soon } from './scene.ts';

export const RETENTION_IN_DAYS = 400;
const EXPIRED = NOW + (RETENTION_IN_DAYS + 1) * DAY_IN_MS;
const NOTHING = campaignCounts(new Map());

export type CampaignStore = CampaignReader & CampaignWriter;

/** A campaign that no other test knows. */
export function aCampaign(account = aKey().account) {
  return { account, campaign: 'spring' };
}

export type CampaignOf = ReturnType<typeof aCampaign>;

/** The row of a bounce of somebody, of whom only this name is known. */
export function bounceOf(
  { account, campaign }: CampaignOf,
  name: string,
  changes: Parameters<typeof aBounce>[0] = {},
): CampaignRow {
  const bounce = aBounce({ ...changes, campaign });
  return bouncedRow(
    { account, addressHash: hashOf(name) },
    { address: ADDRESS, bounce, erasedAt: null },
    POLICY,
  );
}

export function hashOf(name: string): string {
  return addressHash(`${name}@example.com`);
}

/** Names of people whose rows all stand in one shard. */
export function namesInOneShard(count: number): string[] {
  const names = Array.from({ length: count * 24 }, (_, index) => `person-${index}`);
  return names.filter((name) => shardOf(hashOf(name)) === '7').slice(0, count);
}

export async function write(
  store: CampaignStore,
  rows: readonly CampaignRow[],
  { now = NOW, deadlineAt = soon() }: { now?: Instant; deadlineAt?: Instant } = {},
): Promise<void> {
  await store.writeRows({ rows, now, deadlineAt });
}

export async function register(
  store: CampaignStore,
  campaign: CampaignOf,
  now: Instant = NOW,
): Promise<void> {
  await store.registerCampaign({ ...campaign, now, deadlineAt: soon() });
}

/** The counts of a campaign that is registered for it. */
export async function countsOf(store: CampaignStore, campaign: CampaignOf, now: Instant = NOW) {
  await register(store, campaign);
  return (await store.readCampaign({ ...campaign, now, deadlineAt: soon() }))?.counts;
}

type PageQuery = Partial<Pick<RowsQuery, 'outcome' | 'limit' | 'now'>>;

/** Every page of a campaign's rows; `between` is done after each. */
export async function pagesOf(
  store: CampaignStore,
  campaign: CampaignOf,
  {
    outcome = 'bounced',
    limit = 1_000,
    now = NOW,
    between,
  }: PageQuery & { between?: () => Promise<void> } = {},
): Promise<(readonly CampaignRow[])[]> {
  const pages: (readonly CampaignRow[])[] = [];
  let after: RowPosition | null = null;
  do {
    const page = await store.listRows({ ...campaign, outcome, limit, after, now, deadlineAt: soon() });
    pages.push(page.items);
    after = page.next;
    await between?.();
  } while (after !== null);
  return pages;
}

export async function rowsOf(...asked: Parameters<typeof pagesOf>): Promise<CampaignRow[]> {
  return (await pagesOf(...asked)).flat();
}

/** Everything that `lib/store/campaign-port.ts` promises; `opened` gives the store once tests run. */
export function campaignContract(opened: () => CampaignStore): void {
  describe('a row', () => {
    test('is kept with everything that it says, and counted', async () => {
      const campaign = aCampaign();
      const full = bounceOf(campaign, 'ada', { status: '5.7.1', diagnostic: '550 5.7.1 blocked' });
      const bare = bounceOf(campaign, 'bob', { permanence: 'transient', sentAt: null });
      const mark = { layer: 'sesGlobalList', sentAt: NOW, markedAt: null, listedFor: 'bounce' } as const;
      const echo = echoRow({ ...campaign, addressHash: hashOf('ada') }, mark);
      await write(opened(), [full, bare, echo]);
      const bounced = await rowsOf(opened(), campaign);
      expect(bounced).toHaveLength(2);
      expect(bounced).toEqual(expect.arrayContaining([full, bare]));
      expect(await rowsOf(opened(), campaign, { outcome: 'not-sent' })).toEqual([echo]);
      expect(await countsOf(opened(), campaign)).toEqual({
        bounced: { total: 2, byKind: { hard: 1, soft: 1 }, byReason: { policy: 2 } },
        notSent: { total: 1, byCode: { ses_suppressed: 1 }, byReason: {} },
      });
    });

    test('belongs to its account and campaign alone', async () => {
      const campaign = aCampaign();
      await write(opened(), [bounceOf(campaign, 'ada')]);
      for (const other of [
        aCampaign(),
        { ...campaign, campaign: 'sprin' },
        { ...campaign, campaign: 'spring.2' },
      ]) {
        expect(await rowsOf(opened(), other)).toEqual([]);
        expect(await countsOf(opened(), other)).toEqual(NOTHING);
      }
    });

    test('counts once, however often it is written', async () => {
      const campaign = aCampaign();
      const row = bounceOf(campaign, 'ada');
      await write(opened(), [row, row]);
      await write(opened(), [row]);
      await Promise.all([write(opened(), [row]), write(opened(), [row])]);
      expect(await rowsOf(opened(), campaign)).toEqual([row]);
      expect(await countsOf(opened(), campaign)).toMatchObject({ bounced: { total: 1 } });
    });

    test.each([
      ['in the order of time', [0, 1, 2]],
      ['the other way round', [2, 1, 0]],
      ['the greatest in the middle', [0, 2, 1]],
    ])('gives way to a greater one and to no other: %s', async (_, order) => {
      const campaign = aCampaign();
      const told = [
        bounceOf(campaign, 'ada', { bouncedAt: NOW }),
        bounceOf(campaign, 'ada', { bouncedAt: hoursAfter(1), key: 'unknown_user' }),
        bounceOf(campaign, 'ada', { bouncedAt: hoursAfter(2), permanence: 'transient' }),
      ];
      for (const place of order) {
        await write(opened(), told.slice(place, place + 1));
      }
      expect(await rowsOf(opened(), campaign)).toEqual(told.slice(2));
      expect(await countsOf(opened(), campaign)).toEqual({
        ...NOTHING,
        bounced: { total: 1, byKind: { hard: 0, soft: 1 }, byReason: { policy: 1 } },
      });
    });

    test('nobody is none', async () => {
      await write(opened(), []);
      expect(await rowsOf(opened(), aCampaign())).toEqual([]);
    });
  });

  test('many at once, some of them there already, are each kept and counted once', async () => {
    const campaign = aCampaign();
    const names = [...namesInOneShard(130), 'ada', 'bob', 'carl'];
    const rows = names.map((name) => bounceOf(campaign, name));
    const known = rows.filter((_, index) => index % 3 === 0);
    await write(opened(), known);
    const news = rows.map((row, index) =>
      index % 2 === 0
        ? row
        : bounceOf(campaign, names[index] ?? '', { bouncedAt: hoursAfter(9), key: 'content' }),
    );
    await write(opened(), news);
    expect(sorted(await rowsOf(opened(), campaign))).toEqual(sorted(news));
    expect(await countsOf(opened(), campaign)).toEqual(tallyOf(news));
  });

  test('concurrent writers of one shard lose nothing and count nothing twice', async () => {
    const campaign = aCampaign();
    const names = namesInOneShard(12);
    const told = Array.from({ length: 10 }, (_, writer) =>
      names.map((name, place) =>
        bounceOf(campaign, name, {
          bouncedAt: hoursAfter((writer * 7 + place) % 5),
          feedbackId: `${writer}`,
          key: writer % 2 === 0 ? 'policy' : 'content',
        }),
      ),
    );
    await Promise.all(told.map((rows) => write(opened(), rows)));
    const greatest = names.map((_, place) =>
      told
        .map((rows) => rows[place] as CampaignRow)
        .reduce((known, row) => (compareRows(row, known) > 0 ? row : known)),
    );
    expect(sorted(await rowsOf(opened(), campaign))).toEqual(sorted(greatest));
    expect(await countsOf(opened(), campaign)).toEqual(tallyOf(greatest));
  });

  describe('what has expired', () => {
    test('is shown nowhere', async () => {
      const campaign = aCampaign();
      await write(opened(), [bounceOf(campaign, 'ada'), bounceOf(campaign, 'bob')]);
      expect(await rowsOf(opened(), campaign, { now: EXPIRED - 2 * DAY_IN_MS })).toHaveLength(2);
      expect(await rowsOf(opened(), campaign, { now: EXPIRED, limit: 1 })).toEqual([]);
      expect(await countsOf(opened(), campaign, EXPIRED)).toEqual(NOTHING);
    });

    test('hides no row that is newer', async () => {
      const campaign = aCampaign();
      const newer = bounceOf(campaign, 'bob', { sentAt: EXPIRED - DAY_IN_MS });
      await write(opened(), [bounceOf(campaign, 'ada')]);
      await write(opened(), [newer], { now: EXPIRED - DAY_IN_MS });
      expect(await rowsOf(opened(), campaign, { now: EXPIRED, limit: 1 })).toEqual([newer]);
    });

    test('is replaced as if it were gone', async () => {
      const campaign = aCampaign();
      const again = bounceOf(campaign, 'ada', { sentAt: EXPIRED, key: 'content' });
      await write(opened(), [bounceOf(campaign, 'ada')]);
      await write(opened(), [again], { now: EXPIRED });
      expect(await rowsOf(opened(), campaign, { now: EXPIRED })).toEqual([again]);
      const counts = await countsOf(opened(), campaign, EXPIRED);
      expect(counts?.bounced.byReason).toMatchObject({ content: 1 });
    });
  });

  describe('pages', () => {
    test('hold each row once, in shards and within one', async () => {
      const campaign = aCampaign();
      const names = [...namesInOneShard(7), 'ada', 'bob', 'carl', 'dora', 'emil'];
      const rows = names.map((name) => bounceOf(campaign, name));
      await write(opened(), rows);
      for (const limit of [1, 3, 5, 12, 13]) {
        const pages = await pagesOf(opened(), campaign, { limit });
        expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(limit);
        expect(sorted(pages.flat())).toEqual(sorted(rows));
      }
    });

    test('show every row that was there throughout once, while others arrive and change', async () => {
      const campaign = aCampaign();
      const early = Array.from({ length: 30 }, (_, index) => `early-${index}`);
      await write(
        opened(),
        early.map((name) => bounceOf(campaign, name)),
      );
      let round = 0;
      const pages = await pagesOf(opened(), campaign, {
        limit: 4,
        async between() {
          round += 1;
          const late = bounceOf(campaign, `late-${round}`);
          const changed = early
            .slice(0, 10)
            .map((name) => bounceOf(campaign, name, { sentAt: hoursAfter(round) }));
          if (round <= 8) await write(opened(), [late, ...changed]);
        },
      });
      const seen = pages.flat().map((row) => row.addressHash);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(early.map(hashOf)));
    });
  });

  describe('the campaigns of an account', () => {
    test('are listed newest first, page by page, each since the first time', async () => {
      const { account } = aCampaign();
      const hours = [3, 1, 2, 5, 4];
      for (const hour of hours) {
        await register(opened(), { account, campaign: `hour-${hour}` }, hoursAfter(hour));
      }
      await register(opened(), { account, campaign: 'hour-1' }, hoursAfter(9));
      await register(opened(), aCampaign());
      const pages = await campaignPagesOf(opened(), account, 2);
      expect(pages.flat()).toEqual(
        [5, 4, 3, 2, 1].map((hour) => ({ campaign: `hour-${hour}`, firstSeenAt: hoursAfter(hour) })),
      );
      expect(Math.max(...pages.map(({ length }) => length))).toBe(2);
    });

    test('are listed once when several hear of them at the same time', async () => {
      const { account } = aCampaign();
      const campaigns = ['spring', 'summer@eu', '__proto__', 'constructor'];
      await Promise.all(
        [1, 2, 3, 4, 5].flatMap((hour) =>
          campaigns.map((campaign) => register(opened(), { account, campaign }, hoursAfter(hour))),
        ),
      );
      const listed = (await campaignPagesOf(opened(), account, 100)).flat();
      expect(listed.map(({ campaign }) => campaign).sort()).toEqual([...campaigns].sort());
    });

    test('are none before one is heard of, and one that nobody has heard of has no counts', async () => {
      const campaign = aCampaign();
      expect(await campaignPagesOf(opened(), campaign.account, 10)).toEqual([[]]);
      expect(await opened().readCampaign({ ...campaign, now: NOW, deadlineAt: soon() })).toBeNull();
      await register(opened(), campaign);
      const counted = await opened().readCampaign({ ...campaign, now: NOW, deadlineAt: soon() });
      expect(counted).toEqual({ campaign: campaign.campaign, firstSeenAt: NOW, counts: NOTHING });
    });
  });
}

function tallyOf(rows: readonly CampaignRow[]) {
  return campaignCounts(sumOf(rows.map((row) => countChange(null, row))));
}

function sorted(rows: readonly CampaignRow[]): CampaignRow[] {
  return [...rows].sort((a, b) => (a.addressHash < b.addressHash ? -1 : 1));
}

async function campaignPagesOf(store: CampaignStore, account: string, limit: number) {
  const pages: (readonly Campaign[])[] = [];
  let after: CampaignPosition | null = null;
  do {
    const page = await store.listCampaigns({ account, limit, after, deadlineAt: soon() });
    pages.push(page.items);
    after = page.next;
  } while (after !== null);
  return pages;
}
