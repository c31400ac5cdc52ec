import { DAY_IN_MS, dayOf, HOUR_IN_MS, type Instant, startOfDay } from '../../../lib/policy/time.ts';
import type { BounceFact, EchoFact, Fact } from './fact.ts';
import {
  DEAD_FOR_ALL,
  DEADLY,
  MARK_LASTS_IN_DAYS,
  RULES,
  SIMULATOR_RULE,
  STRIKE_WINDOW_IN_DAYS,
  weightOf,
} from './rules.ts';
import type { AddressState, MarkState, RecordState, StandingState } from './state.ts';
import { isSimulator, LIFTED_AT, NOW } from './world.ts';

/** What people did between the two halves of the log. */
export interface Lifts {
  /** `account address` of every unbounce that was granted. */
  readonly unbounced: ReadonlySet<string>;
  /** Addresses that the operator released, each with the account whose own suppression ended too, if any. */
  readonly released: ReadonlyMap<string, string | null>;
}

export function pairOf(account: string, address: string): string {
  return `${account} ${address}`;
}

/** A bounce with its order: the same set of facts is always folded in the same order, however it was told. */
const byAge = (a: BounceFact, b: BounceFact) =>
  (a.sentAt ?? 0) - (b.sentAt ?? 0) ||
  compare(a.feedbackId, b.feedbackId) ||
  Number(a.isTagged) - Number(b.isTagged);

/** An account's item, from all that was told it of one address. */
export function recordOf(facts: readonly Fact[], lifts: Lifts): RecordState {
  const bounces = facts.filter((fact) => fact.kind === 'bounce').sort(byAge);
  const counting = bounces.filter((bounce) => isCounting(bounce, lifts));
  const spellings = [...new Set(facts.flatMap((fact) => fact.spellings))].sort().slice(0, 5);
  return {
    address: facts[0]?.address ?? null,
    spellings,
    standing: standingOf(counting),
    strikes: strikesOf(counting),
    bounces: lastTen(bounces),
  };
}

/** Whether a bounce still says anything: not of mail sent before a lift, but a sure complaint outlives an unbounce. */
export function isCounting({ account, address, key, sentAt }: BounceFact, lifts: Lifts): boolean {
  const isLifted =
    lifts.released.get(address) === account ||
    (lifts.unbounced.has(pairOf(account, address)) && key !== 'complaint');
  return !isLifted || (sentAt ?? 0) > LIFTED_AT;
}

function standingOf(counting: readonly BounceFact[]): readonly StandingState[] {
  const standing = new Map<string, StandingState>();
  const striking = counting.filter(({ address }) => !isSimulator(address));
  for (const [key, state] of strikeStandings(striking)) standing.set(key, state);
  for (const bounce of counting) {
    if (weightOf(bounce) === 'hard') standing.set(bounce.key, hardStanding(bounce));
  }
  const isNever = ({ key }: StandingState) => Number(RULES[key as BounceFact['key']].never === true);
  return [...standing.values()]
    .filter(({ until }) => until === null || until > NOW)
    .sort(
      (a, b) =>
        isNever(b) - isNever(a) ||
        b.sentAt - a.sentAt ||
        compare(b.feedbackId, a.feedbackId) ||
        compare(a.key, b.key),
    );
}

function hardStanding({ key, address, sentAt, at, feedbackId, campaign }: BounceFact): StandingState {
  const isTrial = isSimulator(address);
  return {
    key,
    rule: isTrial ? SIMULATOR_RULE : RULES[key].rule,
    until: isTrial ? Math.min(at ?? sentAt ?? 0, NOW) + HOUR_IN_MS : null,
    sentAt: sentAt ?? 0,
    feedbackId,
    campaign,
  };
}

/** For every day with a strike: does the window that ends there hold enough of them, far enough apart? */
function strikeStandings(counting: readonly BounceFact[]): Map<string, StandingState> {
  const standing = new Map<string, StandingState>();
  for (const [key, days] of strikeDays(counting)) {
    const { rule, strikesNeeded } = RULES[key];
    if (strikesNeeded === undefined) continue;
    const told = [...days].map(([day, mails]) => ({ at: Math.min(day, NOW), mails }));
    for (const { at: end } of told.sort((a, b) => a.at - b.at)) {
      const window = told.filter(({ at }) => at <= end && at > end - STRIKE_WINDOW_IN_DAYS * DAY_IN_MS);
      const isWide = end - Math.min(...window.map(({ at }) => at)) >= strikesNeeded.over * DAY_IN_MS;
      if (window.length < strikesNeeded.days || !isWide) continue;
      const mails = window.flatMap((day) => day.mails);
      standing.set(key, {
        key,
        rule,
        until: end + strikesNeeded.lasts * DAY_IN_MS,
        sentAt: Math.max(...mails.map(({ sentAt }) => sentAt ?? 0)),
        feedbackId: '',
        campaign: null,
      });
    }
  }
  return standing;
}

function strikeDays(counting: readonly BounceFact[]): Map<BounceFact['key'], Map<Instant, BounceFact[]>> {
  const byKey = Map.groupBy(
    counting.filter((bounce) => weightOf(bounce) === 'strike'),
    ({ key }) => key,
  );
  return new Map([...byKey].map(([key, strikes]) => [key, Map.groupBy(strikes, dayStartOf)]));
}

function dayStartOf({ at, sentAt }: BounceFact): Instant {
  return startOfDay(dayOf(at ?? sentAt ?? 0));
}

function strikesOf(counting: readonly BounceFact[]): RecordState['strikes'] {
  const state: Record<string, Record<string, string>> = {};
  for (const [key, days] of strikeDays(counting)) {
    const newest = Math.max(...days.keys());
    state[key] = {};
    for (const [day, mails] of days) {
      if (day <= newest - STRIKE_WINDOW_IN_DAYS * DAY_IN_MS) continue;
      const last = mails.reduce((a, b) =>
        (b.sentAt ?? 0) - (a.sentAt ?? 0) || compare(b.messageId, a.messageId) > 0 ? b : a,
      );
      state[key][dayOf(day)] = `${last.sentAt ?? 0} ${last.messageId}`;
    }
  }
  return state;
}

function lastTen(bounces: readonly BounceFact[]): readonly string[] {
  const distinct = new Map<string, BounceFact>();
  for (const bounce of bounces) distinct.set(`${bounce.at} ${bounce.feedbackId} ${bounce.key}`, bounce);
  return [...distinct.values()]
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || compare(b.feedbackId, a.feedbackId) || compare(a.key, b.key))
    .slice(0, 10)
    .map(({ at, feedbackId, key, campaign }) => `${at} ${feedbackId} ${key} ${campaign}`);
}

interface AddressQuestion {
  readonly address: string;
  readonly facts: readonly Fact[];
  readonly lifts: Lifts;
  /** Whether the address was dead for all before the lifts. */
  readonly wasGlobal: boolean;
  readonly asksSes: boolean;
}

/** What all accounts share of one address. */
export function addressOf({ address, facts, lifts, wasGlobal, asksSes }: AddressQuestion): AddressState {
  const isReleased = lifts.released.has(address);
  const reports = reportsOf(facts, lifts);
  const isGlobal = (wasGlobal && !isReleased) || isDeadForAll(reports);
  const byAccount = Map.groupBy(facts, ({ account }) => account);
  const suppressedBy: Record<string, readonly string[]> = {};
  for (const [account, own] of isGlobal ? [] : byAccount) {
    const { standing } = recordOf(own, lifts);
    if (standing.length > 0)
      suppressedBy[account] = standing.map((one) => `${one.key} ${one.rule} ${one.until}`);
  }
  return {
    isGlobal,
    suppressedBy,
    deadReports: isGlobal ? {} : spanOf(reports),
    marks: marksOf(facts.filter((fact) => fact.kind === 'echo')),
    tenants: tenantsOf(facts, asksSes),
    removalAt: asksSes ? removalOf(address, facts, lifts) : null,
  };
}

interface Report {
  readonly account: string;
  readonly day: Instant;
}

/** The days on which accounts called an address dead, as far as no lift has voided them. */
export function reportsOf(facts: readonly Fact[], lifts: Lifts): readonly Report[] {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'bounce' || isSimulator(fact.address)) return [];
    const { account, address, key, at, sentAt } = fact;
    const isVoid = lifts.released.has(address) && (sentAt ?? 0) <= LIFTED_AT;
    const isDeadly = DEADLY.includes(key) && weightOf(fact) === 'hard';
    const isTold = at !== null || sentAt !== null;
    return isDeadly && isTold && !isVoid && isCounting(fact, lifts)
      ? [{ account, day: dayStartOf(fact) }]
      : [];
  });
}

export function isDeadForAll(reports: readonly Report[]): boolean {
  return reports.some(({ day: end }) => {
    const within = reports.filter(({ day }) => day <= end && day > end - DEAD_FOR_ALL.days * DAY_IN_MS);
    return new Set(within.map(({ account }) => account)).size >= DEAD_FOR_ALL.accounts;
  });
}

function spanOf(reports: readonly Report[]): Record<string, string> {
  const byAccount = Map.groupBy(reports, ({ account }) => account);
  return Object.fromEntries(
    [...byAccount].map(([account, told]) => {
      const days = told.map(({ day }) => dayOf(day)).sort();
      return [account, `${days.at(0)} ${days.at(-1)}`];
    }),
  );
}

function marksOf(echoes: readonly EchoFact[]): Record<string, MarkState> {
  const newestLast = echoes.toSorted(
    (a, b) =>
      (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.at ?? 0) - (b.at ?? 0) || compare(a.listedFor, b.listedFor),
  );
  return Object.fromEntries(
    newestLast.map(({ layer, sentAt, at, listedFor, address }) => {
      const days = MARK_LASTS_IN_DAYS[layer];
      const from = at ?? sentAt ?? 0;
      const lasting = days === null ? null : from + days * DAY_IN_MS;
      const until = isSimulator(address) ? from + HOUR_IN_MS : lasting;
      return [layer, { sentAt, markedAt: at, listedFor, until }];
    }),
  );
}

function tenantsOf(facts: readonly Fact[], asksSes: boolean): readonly string[] {
  const named = facts.filter(
    (fact) => fact.kind === 'echo' || (asksSes && fact.isListed && !isSimulator(fact.address)),
  );
  return [...new Set(named.flatMap(({ tenants }) => tenants))].sort().slice(0, 5);
}

/** SES lists at every permanent bounce: where that does not count here, the address is to leave the list again. */
function removalOf(address: string, facts: readonly Fact[], lifts: Lifts): Instant | null {
  const forNothing = facts.filter(
    (fact): fact is BounceFact =>
      fact.kind === 'bounce' &&
      fact.isListed &&
      !isSimulator(address) &&
      !(weightOf(fact) === 'hard' && isCounting(fact, lifts)),
  );
  const isLifted = isLiftedForAnyone(address, lifts);
  const requests = forNothing.map(({ at, sentAt }) => at ?? sentAt ?? 0);
  return requests.length === 0 && !isLifted ? null : Math.max(...requests, isLifted ? LIFTED_AT : 0);
}

function isLiftedForAnyone(address: string, { released, unbounced }: Lifts): boolean {
  return released.has(address) || [...unbounced].some((pair) => pair.endsWith(` ${address}`));
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
