import fc from 'fast-check';
import { eraseAddress } from '../../functions/administer/erase-address.ts';
import { type AddressEvent, applyEvent } from '../../lib/policy/address-event.ts';
import { SES_LAYERS } from '../../lib/policy/layer.ts';
import type { FactKey } from '../../lib/policy/reason.ts';
import { DAY_IN_MS, type Instant } from '../../lib/policy/time.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { aBounce, aRequest, NOW, POLICY } from '../policy/builders.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { type OperatorStores, release } from './operator-scene.ts';
import { readSnapshot, soon, update } from './scene.ts';

export const LETTERS = ['a', 'b', 'c', 'd'] as const;
export type Letter = (typeof LETTERS)[number];

/** What one account hears of the address. */
export interface Told {
  readonly account: Letter;
  readonly event: AddressEvent;
}

/** What somebody does with the address at a fixed point. */
export type Act =
  | { readonly act: 'unbounce'; readonly account: Letter }
  | { readonly act: 'release'; readonly account: Letter | null }
  | { readonly act: 'erase' | 'nothing' };

/** What is sent within a month, and what somebody does at its end. */
export interface Chapter {
  readonly told: readonly Told[];
  readonly act: Act;
}

export const CHAPTER_IN_DAYS = 25;
export const ADDRESS = 'ada@example.com';
const KEYS: readonly FactKey[] = ['unknown_user', 'mailbox_full', 'policy', 'complaint', 'shared_complaint'];

/** The end of a chapter: when its act happens, and by when all its mail has been sent. */
export function endOf(chapter: number): Instant {
  return NOW + (chapter + 1) * CHAPTER_IN_DAYS * DAY_IN_MS;
}

function eventsOf(chapter: number): fc.Arbitrary<AddressEvent> {
  const sentAt = fc
    .integer({ min: 0, max: CHAPTER_IN_DAYS - 1 })
    .map((day) => endOf(chapter - 1) + 1 + day * DAY_IN_MS);
  const bounces = fc
    .record({
      key: fc.constantFrom(...KEYS),
      permanence: fc.constantFrom('permanent' as const, 'permanent' as const, 'transient' as const),
      sentAt,
      delayInDays: fc.integer({ min: 0, max: 20 }),
      feedbackId: fc.constantFrom('f1', 'f2', 'f3'),
      spelling: fc.constantFrom(ADDRESS, 'Ada@example.com', 'ADA@example.com'),
      diagnostic: fc.constantFrom('550 Ada has left', '552 no room for Ada', null),
    })
    .map(({ delayInDays, spelling, ...members }): AddressEvent => {
      // Soft bounces but no strikes: what stands here has no end, so that the model can stay simple.
      const key = members.permanence === 'transient' ? ('content' as const) : members.key;
      const bouncedAt = members.sentAt + delayInDays * DAY_IN_MS;
      const bounce = aBounce({ ...members, key, bouncedAt });
      return { kind: 'bounce', address: ADDRESS, spellings: [spelling], bounce };
    });
  const marks = fc
    .record({
      layer: fc.constantFrom(...SES_LAYERS),
      sentAt,
      listedFor: fc.constantFrom('bounce', 'complaint'),
    })
    .map(
      (mark): AddressEvent => ({ kind: 'mark', address: ADDRESS, mark: { ...mark, markedAt: mark.sentAt } }),
    );
  return fc.oneof({ weight: 5, arbitrary: bounces }, { weight: 1, arbitrary: marks });
}

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('unbounce' as const), account: fc.constantFrom(...LETTERS) }),
  fc.record({ act: fc.constant('release' as const), account: fc.constantFrom(...LETTERS, null) }),
  fc.record({ act: fc.constantFrom('erase' as const, 'nothing' as const) }),
);

function chapterAt(index: number): fc.Arbitrary<Chapter> {
  const told = fc.record({ account: fc.constantFrom(...LETTERS), event: eventsOf(index) });
  return fc.record<Chapter>({ told: fc.array(told, { maxLength: 7 }), act: acts });
}

export const histories: fc.Arbitrary<readonly Chapter[]> = fc
  .integer({ min: 1, max: 4 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => chapterAt(index))));

/** The same history as SES may tell it: each chapter's events in any order and repeated, with replays of earlier ones. */
export function retold(history: readonly Chapter[]): fc.Arbitrary<readonly Chapter[]> {
  const chapters = history.map(({ told, act }, index) => {
    const earlier = history.slice(0, index).flatMap((chapter) => chapter.told);
    return fc
      .tuple(fc.subarray([...told]), fc.subarray(earlier))
      .chain(([twice, replayed]) => {
        const all = [...told, ...twice, ...replayed];
        return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      })
      .map((again): Chapter => ({ told: again, act }));
  });
  return fc.tuple(...chapters);
}

/** Where a history happens: one address, and accounts of which each letter stands for one. */
export interface Scene {
  readonly store: OperatorStores;
  readonly addressHash: string;
  readonly accounts: Readonly<Record<Letter, string>>;
}

/** Plays a history; answers which of its unbounces were granted. */
export async function play(scene: Scene, history: readonly Chapter[]): Promise<readonly boolean[]> {
  const granted: boolean[] = [];
  for (const [index, { told, act }] of history.entries()) {
    const now = endOf(index);
    for (const { account, event } of told) {
      const key = { addressHash: scene.addressHash, account: scene.accounts[account] };
      await update(scene.store, key, (before) =>
        applyEvent(before, event, { policy: POLICY, now, asksSes: false }),
      );
    }
    granted.push(await perform(scene, act, now));
  }
  return granted;
}

async function perform({ store, addressHash, accounts }: Scene, act: Act, now: Instant): Promise<boolean> {
  switch (act.act) {
    case 'unbounce':
      return await tryUnbounce(store, { addressHash, account: accounts[act.account] }, now);
    case 'release':
      await release(store, addressHash, { account: act.account && accounts[act.account] }, now);
      return false;
    case 'erase':
      await eraseAddress(
        { path: { address: addressHash }, deadlineAt: soon() },
        { addresses: store, operator: store, clock: () => now, telemetry: createWatchedTelemetry() },
      );
      return false;
    case 'nothing':
      return false;
  }
}

async function tryUnbounce(
  store: OperatorStores,
  key: { readonly addressHash: string; readonly account: string },
  now: Instant,
): Promise<boolean> {
  const snapshot = await readSnapshot(store, key, now);
  const context = { policy: POLICY, receivedAt: now, now, asksSes: false };
  const decision = decideUnbounce(aRequest(), snapshot, context);
  if (decision.outcome !== 'granted') {
    return false;
  }
  const { outcome } = await store.grantUnbounce({ key, granted: decision, deadlineAt: soon() });
  return outcome === 'saved';
}
