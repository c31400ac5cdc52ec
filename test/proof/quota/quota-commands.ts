import assert from 'node:assert/strict';
import fc from 'fast-check';
import { monthOf, startOfNextMonth } from '../../../lib/policy/time.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import { seededRandom } from '../../support/random.ts';
import { createQuotaModel, isEligible, limitOf, type QuotaModel, usedIn } from './quota-model.ts';
import { ACCOUNT, createQuotaSystem, type QuotaSystem } from './quota-system.ts';

type QuotaCommand = fc.AsyncCommand<QuotaModel, Run>;

/** The system, and the calls that have been made and not answered. */
interface Run {
  readonly system: QuotaSystem;
  readonly pending: Promise<unknown>[];
}

const START = Date.parse('2026-11-30T23:00:00Z');
const PEOPLE = Array.from({ length: 16 }, (_, index) => `person-${index}@example.com`);
/** Limits of 10, 10, 11, 12 and 1,000. */
const CONTACTS = [0, 549, 550, 600, 10_000_000];
const MOST_COMMANDS = 40;

const people = fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 8 });

function command(name: string, run: (model: QuotaModel, run: Run) => Promise<void> | void): QuotaCommand {
  return {
    check: () => true,
    run: async (model, real) => {
      model.now += 1;
      await run(model, real);
    },
    toString: () => name,
  };
}

const COMMANDS: fc.Arbitrary<QuotaCommand>[] = [
  people.map((names) =>
    command(`ask(${names})`, (_, { system, pending }) => {
      pending.push(...names.map((name) => system.ask(name, null)));
    }),
  ),
  people.map((names) =>
    command(`askTwice(${names})`, (model, { system, pending }) => {
      const key = `key-${model.now}`;
      pending.push(...[...names, ...names].map((name) => system.ask(name, key)));
    }),
  ),
  people.map((names) =>
    command(`bounce(${names})`, async (_, { system }) => {
      for (const name of names) await system.bounce(name, 'policy');
    }),
  ),
  fc
    .constantFrom(...PEOPLE)
    .map((name) => command(`complain(${name})`, (_, { system }) => system.bounce(name, 'complaint'))),
  fc
    .constantFrom(...CONTACTS)
    .map((contacts) => command(`contacts(${contacts})`, (_, { system }) => system.connect(contacts))),
  fc.constant(
    command('nextMonth', (model) => {
      model.now = startOfNextMonth(model.now) - 1 + (model.now % 3);
    }),
  ),
];

export interface QuotaRuns {
  readonly seed: number;
  readonly runs: number;
}

/** Runs so many random sequences; answers how many unbounces they asked for and got. */
export async function checkQuota(
  { seed, runs }: QuotaRuns,
  onRun: (granted: number) => void = () => {},
): Promise<{ readonly granted: number }> {
  const totals = { granted: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.commands(COMMANDS, { maxCommands: MOST_COMMANDS, size: 'max' }),
      fc.nat(),
      async (scheduler, commands, luck) => {
        const model = createQuotaModel(START);
        const system = createQuotaSystem(model, scheduler, seededRandom(luck));
        const pending: Promise<unknown>[] = [];
        const setUp = async () => {
          await system.connect(0);
          for (const name of PEOPLE.slice(0, 14)) await system.bounce(name, 'policy');
          return { model, real: { system, pending } };
        };
        await fc.scheduledModelRun(scheduler, setUp, commands);
        await scheduler.waitFor(Promise.all(pending));
        await assertInStep(model, system);
        await drain(model, system, scheduler);
        await assertInStep(model, system);
        totals.granted += system.store.ledger.length;
        onRun(totals.granted);
      },
    ),
    { seed, numRuns: runs },
  );
  return totals;
}

/** Counter, ledger and flagged addresses tell the same, and what the model was told. */
async function assertInStep(model: QuotaModel, { store }: QuotaSystem): Promise<void> {
  for (const [month, used] of model.used) {
    assert.equal(await store.readUsed({ account: ACCOUNT, month, deadlineAt: model.now }), used);
  }
  const addressHashes = PEOPLE.map(addressHash);
  const query = { account: ACCOUNT, addressHashes, deadlineAt: model.now };
  const records = await store.readRecords(query);
  const flagged = [...records].filter(([, { unbounce }]) => unbounce !== null).map(([hash]) => hash);
  const granted = [...model.people].filter(([, { unbouncedAt }]) => unbouncedAt !== null);
  const ledger = store.ledger.map((row) => row.addressHash);
  assert.deepEqual(ledger.toSorted(), flagged.sort());
  assert.deepEqual(granted.map(([name]) => addressHash(name)).sort(), flagged);
}

/** Asks for everybody once more, one after the other: exactly as many are granted as the limit leaves. */
async function drain(model: QuotaModel, system: QuotaSystem, scheduler: fc.Scheduler): Promise<void> {
  system.calmDown();
  const month = monthOf(model.now);
  const eligible = PEOPLE.filter((name) => isEligible(model, name, month)).length;
  const left = Math.max(limitOf(model) - usedIn(model, month), 0);
  const before = system.store.ledger.length;
  for (const name of PEOPLE) await scheduler.waitFor(system.ask(name, null));
  assert.equal(system.store.ledger.length - before, Math.min(eligible, left));
}
