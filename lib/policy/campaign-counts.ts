import type { BounceKind, CampaignRow, KeptCode, Outcome } from './campaign-row.ts';
import type { Reason } from './reason.ts';

/** What rows are counted by: outcome, kind or code, and reason, as `bounced#hard#policy`. */
export type RowClass = string;

/** How many rows each class has; a class without any may be missing. */
export type ClassCounts = ReadonlyMap<RowClass, number>;

/** A campaign in numbers. Reasons, kinds and codes that did not occur are left out. */
export interface CampaignCounts {
  readonly bounced: {
    readonly total: number;
    readonly byKind: Readonly<Record<BounceKind, number>>;
    readonly byReason: Readonly<Partial<Record<Reason, number>>>;
  };
  readonly notSent: {
    readonly total: number;
    readonly byCode: Readonly<Partial<Record<KeptCode, number>>>;
    readonly byReason: Readonly<Partial<Record<Reason, number>>>;
  };
}

/** The class of a row. None of its parts holds a `#`. */
export function classOf({ outcome, kind, code, reason }: CampaignRow): RowClass {
  return [outcome, kind ?? code, reason ?? ''].join('#');
}

/** What writing a row in the place of another, or of none, changes in the counts. */
export function countChange(before: CampaignRow | null, after: CampaignRow): ClassCounts {
  return sumOf([
    new Map([[classOf(after), 1]]),
    ...(before === null ? [] : [new Map([[classOf(before), -1]])]),
  ]);
}

/** The counts of several, taken together; what comes to nothing is left out. */
export function sumOf(counts: readonly ClassCounts[]): ClassCounts {
  const sum = new Map<RowClass, number>();
  for (const [rowClass, count] of counts.flatMap((some) => [...some])) {
    sum.set(rowClass, (sum.get(rowClass) ?? 0) + count);
  }
  return new Map([...sum].filter(([, count]) => count !== 0));
}

/** The counts as they are shown. */
export function campaignCounts(classes: ClassCounts): CampaignCounts {
  const bounced = tallyOf(classes, 'bounced');
  const notSent = tallyOf(classes, 'not-sent');
  return {
    bounced: {
      total: bounced.total,
      byKind: { hard: 0, soft: 0, ...bounced.byDetail },
      byReason: bounced.byReason,
    },
    notSent: { total: notSent.total, byCode: notSent.byDetail, byReason: notSent.byReason },
  };
}

function tallyOf(classes: ClassCounts, wanted: Outcome) {
  let total = 0;
  const byDetail: Record<string, number> = {};
  const byReason: Record<string, number> = {};
  for (const [rowClass, count] of classes) {
    const [outcome, detail = '', reason = ''] = rowClass.split('#');
    if (outcome !== wanted || count === 0) continue;
    total += count;
    byDetail[detail] = (byDetail[detail] ?? 0) + count;
    if (reason !== '') byReason[reason] = (byReason[reason] ?? 0) + count;
  }
  return { total, byDetail, byReason };
}
