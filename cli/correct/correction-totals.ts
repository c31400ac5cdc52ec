import type { CorrectedReason, CorrectionAnswer } from '../../client/index.ts';

type Counts = Readonly<Record<string, number>>;

/** What a correction has come to over accounts and pages, or would. */
export interface CorrectionTotals {
  readonly correction: string;
  readonly accounts: number;
  readonly examined: number;
  readonly lifted: {
    readonly addresses: number;
    readonly byReason: Counts;
    readonly byProvider: Counts;
    readonly byVerdict: Counts;
  };
  readonly kept: { readonly addresses: number; readonly byCause: Counts };
  /** Addresses lifted by account, where there were any. */
  readonly byAccount: Counts;
  readonly sample: readonly SampledReason[];
  /** Addresses that all runs have lifted, of the accounts that are done. */
  readonly corrected: number;
}

export interface SampledReason extends CorrectedReason {
  readonly account: string;
}

export const NO_TOTALS: CorrectionTotals = {
  correction: '',
  accounts: 0,
  examined: 0,
  lifted: { addresses: 0, byReason: {}, byProvider: {}, byVerdict: {} },
  kept: { addresses: 0, byCause: {} },
  byAccount: {},
  sample: [],
  corrected: 0,
};

const SAMPLE_OF_LIFTED = 8;
const SAMPLE_OF_KEPT = 4;

/** The totals with a page of an account; the page without a cursor is the account's last. */
export function withPage(
  totals: CorrectionTotals,
  account: string,
  page: CorrectionAnswer,
): CorrectionTotals {
  const { lifted, kept } = totals;
  const isLast = page.cursor === undefined;
  return {
    correction: page.correction,
    accounts: totals.accounts + Number(isLast),
    examined: totals.examined + page.examined,
    lifted: {
      addresses: lifted.addresses + page.lifted.addresses,
      byReason: sum(lifted.byReason, page.lifted.byReason),
      byProvider: sum(lifted.byProvider, page.lifted.byProvider),
      byVerdict: sum(lifted.byVerdict, page.lifted.byVerdict),
    },
    kept: {
      addresses: kept.addresses + page.kept.addresses,
      byCause: sum(kept.byCause, page.kept.byCause),
    },
    byAccount:
      page.lifted.addresses === 0
        ? totals.byAccount
        : sum(totals.byAccount, { [account]: page.lifted.addresses }),
    sample: withSample(
      totals.sample,
      page.sample.map((one) => ({ account, ...one })),
    ),
    corrected: totals.corrected + (page.corrected ?? 0),
  };
}

function withSample(
  known: readonly SampledReason[],
  more: readonly SampledReason[],
): readonly SampledReason[] {
  const all = [...known, ...more];
  return [
    ...all.filter(({ outcome }) => outcome === 'lifted').slice(0, SAMPLE_OF_LIFTED),
    ...all.filter(({ outcome }) => outcome !== 'lifted').slice(0, SAMPLE_OF_KEPT),
  ];
}

function sum(counts: Counts, more: Counts): Counts {
  const all = new Map(Object.entries(counts));
  for (const [name, count] of Object.entries(more)) all.set(name, (all.get(name) ?? 0) + count);
  return Object.fromEntries(all);
}
