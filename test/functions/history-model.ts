import { dayOf, startOfDay } from '../../lib/policy/time.ts';
import { POLICY } from '../policy/builders.ts';
import { type Act, type Chapter, endOf, LETTERS, type Letter, type Told } from './histories.ts';

type Reason = Told['reason'];

const DEAD: readonly Reason[] = ['unknown_user', 'mailbox_inactive'];

/** What one account knows: its hard bounces, and until when mail was sent that does not count any more. */
interface Known {
  readonly hard: Told[];
  unbouncedAt: number;
  releasedAt: number;
  readonly correctedAt: Map<Reason, number>;
}

/** Whom a history blocks, worked out from sets alone: no order, no items, no versions. */
export function modelOf(history: readonly Chapter[], granted: readonly boolean[]): Record<Letter, string> {
  const known = Object.fromEntries(
    LETTERS.map((letter) => [letter, { hard: [], unbouncedAt: -1, releasedAt: -1, correctedAt: new Map() }]),
  ) as unknown as Record<Letter, Known>;
  const global = { stands: false, voidUntil: -1 };
  for (const [index, { told, act }] of history.entries()) {
    for (const one of told) {
      if (one.kind !== 'echo' && one.reason !== 'reputation') known[one.account].hard.push(one);
    }
    global.stands ||= isDead(known, global.voidUntil);
    carryOut(act, { known, global, now: endOf(index), isGranted: granted[index] ?? false });
  }
  return Object.fromEntries(
    LETTERS.map((letter) => [letter, global.stands ? 'P4' : verdictOf(known[letter])]),
  ) as Record<Letter, string>;
}

interface World {
  readonly known: Readonly<Record<Letter, Known>>;
  readonly global: { stands: boolean; voidUntil: number };
  readonly now: number;
  readonly isGranted: boolean;
}

function carryOut(act: Act, { known, global, now, isGranted }: World): void {
  switch (act.act) {
    case 'unbounce':
      if (isGranted) known[act.account].unbouncedAt = now;
      return;
    case 'correct': {
      const account = known[act.account];
      const lifted = [...new Set(standing(account).map(({ reason }) => reason))].filter((reason) =>
        isLifted(account, reason, act),
      );
      for (const reason of lifted) account.correctedAt.set(reason, act.to);
      if (lifted.some((reason) => DEAD.includes(reason))) global.stands &&= isDead(known, global.voidUntil);
      return;
    }
    case 'release':
      Object.assign(global, { stands: false, voidUntil: now });
      if (act.account !== null) known[act.account].releasedAt = now;
      return;
    case 'erase':
    case 'nothing':
      return;
  }
}

/** Every bounce of the reason that still counts must lie in the window; a complaint must be named. */
function isLifted(
  account: Known,
  reason: Reason,
  { from, to, ...act }: Extract<Act, { act: 'correct' }>,
): boolean {
  const isNamed = act.reason === null ? reason !== 'complaint' : act.reason === reason;
  const bounces = standing(account).filter((one) => one.reason === reason);
  return isNamed && bounces.every(({ bouncedAt }) => from <= bouncedAt && bouncedAt <= to);
}

function standing({ hard, unbouncedAt, releasedAt, correctedAt }: Known): readonly Told[] {
  return hard.filter(
    ({ reason, sentAt }) =>
      sentAt > releasedAt &&
      sentAt > (correctedAt.get(reason) ?? -1) &&
      (reason === 'complaint' || sentAt > unbouncedAt),
  );
}

function verdictOf(known: Known): string {
  const reasons = standing(known).map(({ reason }) => reason);
  if (reasons.includes('complaint')) return 'P3';
  return reasons.length > 0 ? 'P2' : 'P1';
}

/** Whether some window of the policy holds the reports of enough accounts. What was imported is no report. */
function isDead(known: Readonly<Record<Letter, Known>>, voidUntil: number): boolean {
  const { accounts, windowInDays } = POLICY.globalBounces;
  const reports = LETTERS.flatMap((letter) =>
    standing(known[letter])
      .filter(({ kind, reason, sentAt }) => kind === 'bounce' && DEAD.includes(reason) && sentAt > voidUntil)
      .map(({ bouncedAt }) => ({ letter, day: startOfDay(dayOf(bouncedAt)) / 86_400_000 })),
  );
  return reports.some(({ day: first }) => {
    const within = reports.filter(({ day }) => day >= first && day < first + windowInDays);
    return new Set(within.map(({ letter }) => letter)).size >= accounts;
  });
}
