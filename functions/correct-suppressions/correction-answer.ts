import { isoOrNull } from '../../lib/http/representations.ts';
import type { KeptFor } from '../../lib/policy/correction-evidence.ts';
import { domainOf, providerOf } from '../../lib/policy/provider.ts';
import { reasonOf } from '../../lib/policy/reason.ts';
import type { Standing } from '../../lib/policy/standing.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import type { CorrectedAddress, CorrectedPage } from './correct-page.ts';
import type { CorrectionRequest } from './correction-request.ts';

export interface AnswerContext extends Pick<CorrectionRequest, 'correction' | 'apply'> {
  readonly account: string;
  readonly id: string;
  /** Addresses that all runs have corrected; null before the last page of a run that applies. */
  readonly corrected: number | null;
  readonly cursor: string | null;
  readonly now: Instant;
}

const SAMPLE_OF_LIFTED = 10;
const SAMPLE_OF_KEPT = 5;
/** Where nobody knows the address any more. */
const NO_PROVIDER = 'erased';

/** What one page of a correction has come to, or would. */
export function correctionAnswer(
  { examined, addresses }: CorrectedPage,
  { correction, apply, account, id, corrected, cursor, now }: AnswerContext,
) {
  const { from, to, ...meant } = correction;
  const lifted = addresses.filter(({ decided }) => decided.lifted.length > 0);
  const kept = addresses.filter(({ decided }) => decided.kept.length > 0);
  return {
    correction: id,
    applied: apply,
    from: toIso(from),
    to: toIso(to),
    ...meant,
    examined,
    lifted: {
      addresses: lifted.length,
      byReason: countOf(lifted.flatMap(({ decided }) => decided.lifted.map(({ key }) => reasonOf(key)))),
      byProvider: countOf(lifted.map(providerIn)),
      byVerdict: countOf(lifted.map(({ decided }) => verdictOf(decided.status.after, { account, now }).rule)),
    },
    kept: {
      addresses: kept.length,
      byCause: countOf(kept.flatMap(({ decided }) => decided.kept.map(({ keptFor }) => keptFor))),
    },
    sample: [
      ...lifted
        .flatMap((address) => address.decided.lifted.map((one) => sampleOf(address, one, 'lifted')))
        .slice(0, SAMPLE_OF_LIFTED),
      ...kept
        .flatMap((address) => address.decided.kept.map((one) => sampleOf(address, one, one.keptFor)))
        .slice(0, SAMPLE_OF_KEPT),
    ],
    corrected,
    ...(cursor !== null && { cursor }),
  };
}

function sampleOf(
  { addressHash, decided }: CorrectedAddress,
  { key, rule, bouncedAt, status, campaign }: Standing,
  outcome: 'lifted' | KeptFor,
) {
  const { address, erasedAt } = decided.record.before;
  return {
    id: addressHash,
    address,
    erased: address === null && erasedAt !== null,
    outcome,
    reason: reasonOf(key),
    rule,
    bouncedAt: isoOrNull(bouncedAt),
    status,
    campaign,
  };
}

function providerIn({ decided }: CorrectedAddress): string {
  const { address } = decided.record.before;
  return address === null ? NO_PROVIDER : providerOf(domainOf(address));
}

/** How often each stands there, the most frequent first. */
function countOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
