import fc from 'fast-check';
import { DAY_IN_MS, type Instant, toIso } from '../../lib/policy/time.ts';
import { bounce, complaint, failed } from '../ses/build.ts';
import { CORRECT, ERASE, FILTER, NOW, PUT_ACCOUNT, RELEASE, UNBOUNCE } from './api-harness.ts';

export const LETTERS = ['a', 'b', 'c', 'd'] as const;
export type Letter = (typeof LETTERS)[number];

/** What the accounts hear of the address: from SES, or in another provider's list. */
export interface Told {
  readonly account: Letter;
  readonly kind: 'bounce' | 'import' | 'echo';
  readonly reason: TellableReason;
  readonly sentAt: Instant;
  readonly bouncedAt: Instant;
}

export type Act =
  | { readonly act: 'unbounce'; readonly account: Letter }
  | {
      readonly act: 'correct';
      readonly account: Letter;
      readonly from: Instant;
      readonly to: Instant;
      readonly reason: TellableReason | null;
    }
  | { readonly act: 'release'; readonly account: Letter | null }
  | { readonly act: 'erase' | 'nothing' };

/** What is sent within a month, and what somebody does at its end. */
export interface Chapter {
  readonly told: readonly Told[];
  readonly act: Act;
}

/** The rooms in which a history happens, with a clock that it sets. */
export interface Rooms {
  readonly setTime: (now: Instant) => void;
  // biome-ignore lint/suspicious/noExplicitAny: an answer holds what the test says it holds.
  readonly call: (routeKey: string, call: object) => Promise<{ readonly status: number; readonly body: any }>;
  readonly record: (notification: unknown) => Promise<unknown>;
}

/** One address, and accounts of which each letter stands for one. */
export interface Scene extends Rooms {
  readonly address: string;
  readonly accountOf: (letter: Letter) => string;
}

const WORDS = {
  unknown_user: ['5.1.1', 'smtp; 550 5.1.1 user unknown'],
  mailbox_inactive: ['5.2.1', 'smtp; 550 5.2.1 mailbox disabled'],
  policy: ['5.7.1', 'smtp; 550 5.7.1 message refused by policy'],
  reputation: ['5.7.1', 'smtp; 550 5.7.1 Client host [192.0.2.1] blocked using a DNS block list'],
} as const;
type TellableReason = keyof typeof WORDS | 'complaint';

const CHAPTER_IN_DAYS = 25;
/** The record keeps the last ten bounces of an account; a correction weighs what they tell. */
const MOST_TOLD = 10;

/** The end of a chapter: when its act happens, and by when all its mail has been sent and has bounced. */
export function endOf(chapter: number): Instant {
  return NOW + (chapter + 1) * CHAPTER_IN_DAYS * DAY_IN_MS;
}

function toldIn(chapter: number): fc.Arbitrary<Told> {
  return fc
    .record({
      account: fc.constantFrom(...LETTERS),
      kind: fc.constantFrom('bounce', 'bounce', 'bounce', 'bounce', 'import', 'echo'),
      reason: fc.oneof(
        { weight: 4, arbitrary: fc.constant<TellableReason>('unknown_user') },
        {
          weight: 4,
          arbitrary: fc.constantFrom<TellableReason[]>(
            'mailbox_inactive',
            'policy',
            'reputation',
            'complaint',
          ),
        },
      ),
      day: fc.integer({ min: 0, max: 18 }),
    })
    .map(({ day, kind, ...told }): Told => {
      const sentAt = endOf(chapter - 1) + 1 + day * DAY_IN_MS;
      const delayInDays = kind === 'import' ? 0 : (day * 3) % 5;
      return { ...told, kind, sentAt, bouncedAt: sentAt + delayInDays * DAY_IN_MS };
    });
}

function actsAt(chapter: number): fc.Arbitrary<Act> {
  const account = fc.constantFrom(...LETTERS);
  const correct = fc
    .record({
      account,
      window: fc.oneof(
        fc.constant({ firstDay: 0, days: CHAPTER_IN_DAYS }),
        fc.record({ firstDay: fc.integer({ min: -3, max: 10 }), days: fc.integer({ min: 2, max: 14 }) }),
      ),
      reason: fc.constantFrom<(TellableReason | null)[]>(null, null, 'unknown_user', 'complaint'),
    })
    .map(({ window: { firstDay, days }, ...meant }): Act => {
      const from = endOf(chapter - 1) + firstDay * DAY_IN_MS;
      return { act: 'correct', from, to: from + days * DAY_IN_MS, ...meant };
    });
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ act: fc.constant('unbounce' as const), account }) },
    { weight: 5, arbitrary: correct },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('release' as const), account: fc.option(account) }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('erase' as const, 'nothing' as const) }) },
  );
}

export const histories: fc.Arbitrary<readonly Chapter[]> = fc
  .integer({ min: 1, max: 3 })
  .chain((length) =>
    fc.tuple(
      ...Array.from({ length }, (_, index) =>
        fc.record<Chapter>({ told: fc.array(toldIn(index), { maxLength: 7 }), act: actsAt(index) }),
      ),
    ),
  )
  .filter((history) =>
    LETTERS.every(
      (letter) => allToldIn(history).filter(({ account }) => account === letter).length <= MOST_TOLD,
    ),
  );

export function allToldIn(history: readonly Chapter[]): readonly Told[] {
  return history.flatMap(({ told }) => told);
}

/** The same history as it may be told: each chapter in any order and repeated, with replays of earlier ones. */
export function retold(history: readonly Chapter[]): fc.Arbitrary<readonly Chapter[]> {
  const chapters = history.map(({ told, act }, index) =>
    fc
      .tuple(fc.subarray([...told]), fc.subarray([...allToldIn(history.slice(0, index))]))
      .chain(([twice, replayed]) => {
        const all = [...told, ...twice, ...replayed];
        return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      })
      .map((again): Chapter => ({ told: again, act })),
  );
  return fc.tuple(...chapters);
}

export async function register({ call, accountOf }: Scene): Promise<void> {
  for (const letter of LETTERS) {
    const account = accountOf(letter);
    await call(PUT_ACCOUNT, { account, body: { sendingIdentities: [`${account}.example`] } });
  }
}

/** Plays a history; answers which of its unbounces were granted. */
export async function play(scene: Scene, history: readonly Chapter[]): Promise<readonly boolean[]> {
  const granted: boolean[] = [];
  for (const [index, { told, act }] of history.entries()) {
    scene.setTime(endOf(index));
    for (const one of told) await tell(scene, one);
    granted.push(await perform(scene, act));
  }
  return granted;
}

export async function tell({ record, call, address, accountOf }: Scene, told: Told): Promise<void> {
  const account = accountOf(told.account);
  if (told.kind === 'import') {
    const row = { address, reason: told.reason, bouncedAt: toIso(told.bouncedAt) };
    await call('POST /v1/accounts/{account}/suppressions/import', { account, body: { rows: [row] } });
    return;
  }
  await record(notificationOf(told, address, account));
}

function notificationOf({ kind, reason, sentAt, bouncedAt }: Told, address: string, account: string) {
  const timestamp = toIso(bouncedAt);
  const tags = { account: [account], campaign: ['spring'] };
  const mail = { timestamp: toIso(sentAt), messageId: `m${sentAt}`, tags, destination: [address] };
  const feedbackId = `${kind} ${reason} ${sentAt}`;
  if (kind === 'echo') {
    const bounceSubType = reason === 'policy' ? 'Suppressed' : 'OnAccountSuppressionList';
    return bounce(
      { feedbackId, bounceSubType, bouncedRecipients: [{ emailAddress: address }], timestamp },
      mail,
    );
  }
  if (reason === 'complaint') {
    return complaint({ feedbackId, complainedRecipients: [{ emailAddress: address }], timestamp }, mail);
  }
  const [status, diagnosticCode] = WORDS[reason];
  const bouncedRecipients = [failed(address, { status, diagnosticCode })];
  return bounce({ feedbackId, bounceType: 'Permanent', bouncedRecipients, timestamp }, mail);
}

async function perform({ call, address, accountOf }: Scene, act: Act): Promise<boolean> {
  switch (act.act) {
    case 'unbounce': {
      const account = accountOf(act.account);
      const { status, body } = await call(UNBOUNCE, { account, address, body: { confirmedValid: true } });
      return status === 200 && body.quota.used === 1;
    }
    case 'correct': {
      const { from, to, reason } = act;
      const body = { from: toIso(from), to: toIso(to), reason, apply: true, earlier: true };
      await call(CORRECT, { account: accountOf(act.account), body });
      return false;
    }
    case 'release': {
      const account = act.account === null ? {} : { account: accountOf(act.account) };
      await call(RELEASE, { address, body: { reason: 'It is alive.', ...account } });
      return false;
    }
    case 'erase':
      await call(ERASE, { address });
      return false;
    case 'nothing':
      return false;
  }
}

/** What the filter says for each account; what SES's lists hold back has passed the others. */
export async function verdictsOf({ call, address, accountOf }: Scene): Promise<Record<Letter, string>> {
  const verdicts = {} as Record<Letter, string>;
  for (const letter of LETTERS) {
    const { body } = await call(FILTER, { account: accountOf(letter), body: { recipients: [address] } });
    const rule = body.notSent[0]?.rule ?? 'P1';
    verdicts[letter] = rule === 'P5' ? 'P1' : rule;
  }
  return verdicts;
}
