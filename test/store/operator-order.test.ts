import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareText } from '../../lib/policy/bounce-order.ts';
import { dayOf, startOfDay } from '../../lib/policy/time.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createMemoryStore } from '../../lib/store/memory-store.ts';
import { SEED } from '../policy/arbitraries.ts';
import { POLICY } from '../policy/builders.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { dynamoStores } from './dynamo-under-test.ts';
import {
  type Chapter,
  endOf,
  histories,
  LETTERS,
  type Letter,
  play,
  retold,
  type Scene,
} from './operator-history.ts';
import type { OperatorStores } from './operator-scene.ts';
import { aKey, DEFAULT_ACCOUNT, register, soon } from './scene.ts';

const tellings = histories.chain((once) => fc.record({ once: fc.constant(once), again: retold(once) }));

async function aScene(store: OperatorStores): Promise<Scene> {
  const { addressHash } = aKey();
  const accounts = {} as Record<Letter, string>;
  for (const letter of LETTERS) {
    accounts[letter] = aKey().account;
    await register(store, accounts[letter]);
  }
  return { store, addressHash, accounts };
}

function inMemory(): Promise<Scene> {
  return aScene(createMemoryStore({ defaultAccount: DEFAULT_ACCOUNT }));
}

/** Everything that is stored of the address, but how often it was written; accounts by their letters. */
async function stateOf({ store, addressHash, accounts }: Scene) {
  const { status, records } = await store.readWhole(addressHash, soon());
  const { version, suppressedBy, deadReports, ses, ...shared } = status;
  const byLetter = LETTERS.map((letter) => {
    const found = records.find(({ account }) => account === accounts[letter]);
    const { account, version: _, erasedAt, ...record } = found ?? { account: '', version: 0, erasedAt: null };
    return {
      letter,
      ...record,
      // Which of the two items says since when is left open: what is written next heeds both.
      erasedAt: Math.max(erasedAt ?? -1, found === undefined ? -1 : (status.erasedAt ?? -1)),
      marks: suppressedBy.get(accounts[letter]),
      reports: deadReports.get(accounts[letter]),
    };
  });
  const letterOf = (account: string) => LETTERS.find((letter) => accounts[letter] === account);
  const layers = Object.entries(ses).map(([layer, { liftedFor, ...facts }]) => ({
    layer,
    ...facts,
    liftedFor: [...liftedFor].map(([account, at]) => [letterOf(account), at]).sort(),
  }));
  return { ...shared, layers: layers.sort((a, b) => compareText(a.layer, b.layer)), byLetter };
}

interface Known {
  readonly dead: Set<string>;
  hard: { key: string; sentAt: number }[];
}

/** Who is blocked after a history, worked out from sets alone: no order, no items, no versions. */
function modelOf(history: readonly Chapter[], granted: readonly boolean[]): Readonly<Record<Letter, string>> {
  const known = Object.fromEntries(
    LETTERS.map((letter) => [letter, { dead: new Set<string>(), hard: [] }]),
  ) as unknown as Record<Letter, Known>;
  let isGlobal = false;
  for (const [index, { told, act }] of history.entries()) {
    for (const { account, event } of told) {
      if (event.kind !== 'bounce' || event.bounce.permanence === 'transient') continue;
      const { key, sentAt, bouncedAt } = event.bounce;
      known[account].hard.push({ key, sentAt: sentAt ?? 0 });
      if (key === 'unknown_user' || key === 'mailbox_full') known[account].dead.add(dayOf(bouncedAt ?? 0));
    }
    isGlobal ||= isDead(known);
    if (act.act === 'release') {
      isGlobal = false;
      for (const letter of LETTERS) known[letter].dead.clear();
      if (act.account !== null) known[act.account].hard = [];
    }
    if (act.act === 'unbounce' && granted[index]) {
      known[act.account].dead.clear();
      known[act.account].hard = known[act.account].hard.filter(({ key }) => key === 'complaint');
    }
  }
  const verdict = ({ hard }: Known) => {
    if (isGlobal) return 'P4';
    if (hard.some(({ key }) => key === 'complaint' || key === 'shared_complaint')) return 'P3';
    return hard.length > 0 ? 'P2' : 'P1';
  };
  return Object.fromEntries(LETTERS.map((letter) => [letter, verdict(known[letter])])) as Record<
    Letter,
    string
  >;
}

function isDead(known: Readonly<Record<Letter, Known>>): boolean {
  const days = LETTERS.flatMap((letter) =>
    [...known[letter].dead].map((day) => startOfDay(day) / 86_400_000),
  );
  return days.some(
    (first) =>
      LETTERS.filter((letter) =>
        [...known[letter].dead].some((day) => {
          const at = startOfDay(day) / 86_400_000;
          return at >= first && at < first + POLICY.globalBounces.windowInDays;
        }),
      ).length >= POLICY.globalBounces.accounts,
  );
}

async function verdictsOf({ store, addressHash, accounts }: Scene, history: readonly Chapter[]) {
  const { status } = await store.readWhole(addressHash, soon());
  const withoutSes = { ...status, ses: {} };
  const now = endOf(history.length);
  return Object.fromEntries(
    LETTERS.map((letter) => [letter, verdictOf(withoutSes, { account: accounts[letter], now }).rule]),
  );
}

describe(`histories of four accounts between unbounces, releases and erasures (seed ${SEED})`, () => {
  test('end the same in whatever order they are told, with whatever is replayed', async () => {
    const seen = { P1: 0, P2: 0, P3: 0, P4: 0, granted: 0, erased: 0 } as Record<string, number>;
    await fc.assert(
      fc.asyncProperty(tellings, async ({ once, again }) => {
        const [one, other] = [await inMemory(), await inMemory()];
        const granted = await play(one, once);
        expect(await play(other, again)).toEqual(granted);
        expect(await stateOf(other)).toEqual(await stateOf(one));
        seen['granted'] = (seen['granted'] ?? 0) + granted.filter(Boolean).length;
        seen['erased'] = (seen['erased'] ?? 0) + Number(once.some(({ act }) => act.act === 'erase'));
        for (const rule of Object.values(await verdictsOf(one, once))) seen[rule] = (seen[rule] ?? 0) + 1;
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });

  test('block whom a model of plain sets blocks', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, async ({ once, again }) => {
        const scene = await inMemory();
        const granted = await play(scene, again);
        expect(await verdictsOf(scene, once)).toEqual(modelOf(once, granted));
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  test('hold no readable word after an erasure, though all of them is replayed', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const scene = await inMemory();
        const erased: readonly Chapter[] = [...history, { told: [], act: { act: 'erase' } }];
        await play(scene, [
          ...erased,
          { told: history.flatMap(({ told }) => told), act: { act: 'nothing' } },
        ]);
        expect(JSON.stringify(await scene.store.readWhole(scene.addressHash, soon()))).not.toMatch(/ada/i);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  describe('in DynamoDB', () => {
    let dynamo: DynamoLocal;

    beforeAll(async () => {
      dynamo = await openDynamoLocal();
    });
    afterAll(() => dynamo?.close());

    test('end as in memory', async () => {
      const store = { ...dynamoStores(dynamo.context), ...createDynamoOperatorStore(dynamo.context) };
      await fc.assert(
        fc.asyncProperty(tellings, async ({ once, again }) => {
          const [one, other] = [await inMemory(), await aScene(store)];
          expect(await play(other, again)).toEqual(await play(one, once));
          expect(await stateOf(other)).toEqual(await stateOf(one));
        }),
        { seed: SEED, numRuns: 25, endOnFailure: true },
      );
    });
  });
});
