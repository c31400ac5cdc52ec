import { isoOrNull, layersAnswer } from '../../lib/http/representations.ts';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { compareText } from '../../lib/policy/bounce-order.ts';
import { reportDaysOf } from '../../lib/policy/dead-report.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import type { Release, WholeAddress } from '../../lib/policy/release.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';

const MOST_REPORTS = 1_000;

export interface GlobalBounceQuestion {
  readonly id: string;
  /** What the caller named; null where the caller gave the id. */
  readonly asked: string | null;
  readonly whole: WholeAddress;
  readonly releases: readonly Release[];
  readonly policy: Policy;
  readonly now: Instant;
}

/** The answer of `GET /v1/global-bounces/{address}`: all that the operator must know of one address. */
export function globalBounceAnswer({ id, asked, whole, releases, policy, now }: GlobalBounceQuestion) {
  const { status, records } = whole;
  const known = records.find((record) => record.address !== null)?.address ?? null;
  const { own, ...layers } = layersAnswer({ record: emptyRecord(''), status }, now);
  const reports = reportsOf(whole, policy);
  return {
    id,
    address: asked ?? known,
    erased: status.erasedAt !== null && known === null,
    global: status.global && { declaredAt: toIso(status.global.declaredAt), rule: status.global.rule },
    accounts: records.length,
    reports: reports.slice(0, MOST_REPORTS),
    reportingAccounts: reports.length,
    layers,
    releasedAt: isoOrNull(status.releasedAt),
    releases: releases.map(({ releasedAt, ...release }) => ({ releasedAt: toIso(releasedAt), ...release })),
  };
}

/** Who called the address dead since the last release, those who did so last first. */
function reportsOf({ status, records }: WholeAddress, policy: Policy) {
  return records
    .map((record) => ({ account: record.account, days: reportDaysOf(record, status, policy) }))
    .filter(({ days }) => days.length > 0)
    .sort(
      (a, b) => compareText(b.days.at(-1) ?? '', a.days.at(-1) ?? '') || compareText(a.account, b.account),
    );
}
