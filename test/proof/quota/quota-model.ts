import type { Instant, Month } from '../../../lib/policy/time.ts';

/** What one account may and does, reckoned apart from lib/policy and told of every write at the moment it is made. */
export interface QuotaModel {
  now: Instant;
  contacts: number;
  readonly used: Map<Month, number>;
  readonly people: Map<string, PersonModel>;
  /** Calls that have not been answered; each learns what was ever true while it waited. */
  readonly asking: Set<Asking>;
}

export interface PersonModel {
  /** When the mail of every hard bounce was sent that has been recorded. */
  readonly bounced: Instant[];
  complainedAt: Instant | null;
  unbouncedAt: Instant | null;
  grantedWith: string | null;
}

/** One call for an address, and every refusal that would have been right at some moment since. */
export interface Asking {
  readonly person: string;
  /** Who asks: no two calls have the same. */
  readonly by: string;
  readonly idempotencyKey: string | null;
  readonly month: Month;
  readonly justified: Set<number>;
}

export function createQuotaModel(now: Instant): QuotaModel {
  return { now, contacts: 0, used: new Map(), people: new Map(), asking: new Set() };
}

/** 2 % of the contacts, but never less than 10 or more than 1,000. */
export function limitOf({ contacts }: QuotaModel): number {
  const share = (contacts - (contacts % 50)) / 50;
  return share < 10 ? 10 : share > 1_000 ? 1_000 : share;
}

export function personOf({ people }: QuotaModel, name: string): PersonModel {
  const known = people.get(name);
  if (known !== undefined) return known;
  const person = { bounced: [], complainedAt: null, unbouncedAt: null, grantedWith: null };
  people.set(name, person);
  return person;
}

export function isSuppressed({ bounced, complainedAt, unbouncedAt }: PersonModel): boolean {
  return complainedAt !== null || bounced.some((sentAt) => sentAt > (unbouncedAt ?? -1));
}

/** Whether an unbounce asked for now would be granted. */
export function isEligible(model: QuotaModel, name: string, month: Month): boolean {
  const person = personOf(model, name);
  return (
    isSuppressed(person) &&
    person.complainedAt === null &&
    person.unbouncedAt === null &&
    usedIn(model, month) < limitOf(model)
  );
}

export function usedIn({ used }: QuotaModel, month: Month): number {
  return used.get(month) ?? 0;
}

/** Notes, after every change, which answers to the calls under way have become right. */
export function noteWhatIsRight(model: QuotaModel): void {
  for (const { person: name, month, idempotencyKey, justified } of model.asking) {
    const person = personOf(model, name);
    const isUnbounced = person.unbouncedAt !== null;
    const isKnownKey = idempotencyKey !== null && idempotencyKey === person.grantedWith;
    if (isUnbounced && (!isSuppressed(person) || isKnownKey)) justified.add(200);
    if (!isUnbounced && !isSuppressed(person)) justified.add(404);
    if (person.complainedAt !== null || (isUnbounced && isSuppressed(person))) justified.add(409);
    if (usedIn(model, month) >= limitOf(model)) justified.add(429);
  }
}
