import type { AddressRecord } from './address-record.ts';
import { effectOf, type Policy } from './policy.ts';
import { type FactKey, type Reason, reasonOf } from './reason.ts';
import type { Instant } from './time.ts';

/** How an address did after its unbounce: not blocked again so far, or again, since when and why. */
export type AfterUnbounce =
  | { readonly state: 'fine'; readonly at: null; readonly reason: null }
  | { readonly state: 'bounced_again'; readonly at: Instant; readonly reason: Reason };

interface Relapse {
  readonly key: FactKey;
  readonly sentAt: Instant | null;
  readonly bouncedAt: Instant | null;
}

/**
 * What came after an unbounce: the first bounce of mail sent after it that forbids to send again, by itself or as the last
 * of its strikes. Soft bounces are nothing of the kind. A certain complaint counts by when it came, as it does for
 * the suppression.
 */
export function afterUnbounce(
  { bounces, facts, suppression }: Pick<AddressRecord, 'bounces' | 'facts' | 'suppression'>,
  unbouncedAt: Instant,
  policy: Policy,
): AfterUnbounce {
  const relapses: readonly Relapse[] = [
    ...bounces.filter(({ key, permanence }) => effectOf(policy, key, permanence) === 'hard'),
    ...Object.entries(facts.hard).map(([key, fact]) => ({ key: key as FactKey, ...fact })),
    ...(suppression?.standing ?? []),
  ];
  const [first] = relapses
    .filter((relapse) => isAfter(relapse, unbouncedAt))
    .map(({ key, sentAt, bouncedAt }) => ({ reason: reasonOf(key), at: bouncedAt ?? sentAt ?? 0 }))
    .sort((a, b) => a.at - b.at);
  return first === undefined
    ? { state: 'fine', at: null, reason: null }
    : { state: 'bounced_again', ...first };
}

function isAfter({ key, sentAt, bouncedAt }: Relapse, unbouncedAt: Instant): boolean {
  const decisive = key === 'complaint' ? (bouncedAt ?? sentAt) : sentAt;
  return (decisive ?? 0) > unbouncedAt;
}
