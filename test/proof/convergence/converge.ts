import type { ParkedMessage } from '../../../functions/record-bounces/park.ts';
import { HOUR_IN_MS } from '../../../lib/policy/time.ts';
import { campaignsOf } from './audit-model.ts';
import type { Fact, Notice } from './fact.ts';
import { flakyParkingLot } from './flaky-stores.ts';
import { type Log, luckOf } from './log.ts';
import { addressOf, isDeadForAll, type Lifts, pairOf, recordOf, reportsOf } from './model.ts';
import { noticeOf } from './notice.ts';
import { observe } from './observe.ts';
import { deliver, type QueueOptions } from './queue.ts';
import { createRooms, type Stores } from './rooms.ts';
import type { WorldState } from './state.ts';
import { domainOf, LIFTED_AT, NOW, type World } from './world.ts';

export interface Ground {
  readonly world: World;
  /** Without faults. */
  readonly stores: Stores;
  /** What the recording function sees. */
  readonly faulty: Stores;
  /** All that is stored, versions and times of recording too: nothing of it may change without news. */
  readonly dump: () => Promise<string>;
  /** Stops the clock by which the functions decide. */
  readonly setClock: (now: number) => void;
  readonly clock: () => number;
  /** How long ago it was stopped; the stores' deadlines do not stand still. */
  readonly elapsedInMs: () => number;
  readonly workers: number;
}

export interface Convergence {
  readonly expected: WorldState;
  readonly found: WorldState;
  /** What is stored before and after the whole log has been told again. */
  readonly before: string;
  readonly replayed: string;
  readonly tallies: Tallies;
}

export interface Tallies {
  readonly notices: number;
  readonly malformed: number;
  readonly copies: number;
  readonly deliveries: number;
  readonly unbounced: number;
  readonly globals: number;
}

const NO_LIFTS: Lifts = { unbounced: new Set(), released: new Map() };
const FAULTS_IN_PERCENT = 15;

/** Tells a log, in two halves with lifts between them, and once more; and reckons what must have come of it. */
export async function converge(log: Log, ground: Ground): Promise<Convergence> {
  const { world, stores, setClock } = ground;
  const notices = log.draws.map((draw, number) => noticeOf(draw, world, number));
  const random = luckOf(log, 0);
  const halves = halvesOf(notices, random);
  const parked: ParkedMessage[] = [];
  const parkingLot = { park: async (message: ParkedMessage) => void parked.push(message) };
  const options = { world, clock: ground.clock, asksSes: log.asksSes };
  const flakiness = { random: luckOf(log, 1), faultsInPercent: FAULTS_IN_PERCENT };
  const recording = createRooms(ground.faulty, {
    ...options,
    parkingLot: flakyParkingLot(parkingLot, flakiness),
  });
  const quiet = createRooms(stores, { ...options, parkingLot });
  const queue: QueueOptions = {
    random,
    workers: ground.workers,
    killedInPercent: 5,
    hurriedInPercent: 5,
    elapsedInMs: ground.elapsedInMs,
  };

  await register(ground);
  setClock(LIFTED_AT);
  let deliveries = await deliver(halves.first.bodies, recording.record, queue);
  const lifts = await lift(log, ground, quiet);
  setClock(NOW);
  deliveries += await deliver(halves.second.bodies, recording.record, queue);

  const observed = await observe(world, { addresses: stores, campaigns: stores });
  const found = { ...observed, parked: linesOf(parked) };
  const before = await ground.dump();
  const all = notices.flatMap(({ bodies }) => bodies);
  await deliver(all, quiet.record, { ...queue, killedInPercent: 0, hurriedInPercent: 0 });
  const expected = expectedState(notices, { world, first: halves.first.facts, lifts, asksSes: log.asksSes });
  return {
    expected,
    found,
    before,
    replayed: await ground.dump(),
    tallies: {
      notices: notices.length,
      malformed: notices.filter(({ refusal }) => refusal !== null).length,
      copies: all.length,
      deliveries,
      unbounced: lifts.unbounced.size,
      globals: Object.values(expected.addresses).filter(({ isGlobal }) => isGlobal).length,
    },
  };
}

/** Every copy goes into one half; what had not happened by the lifts goes into the second. */
function halvesOf(notices: readonly Notice[], random: () => number) {
  const first: { bodies: string[]; facts: Fact[] } = { bodies: [], facts: [] };
  const second: { bodies: string[] } = { bodies: [] };
  for (const { bodies, facts, isLate } of notices) {
    const { early = [], late = [] } = Object.groupBy(bodies, () =>
      !isLate && random() < 0.5 ? 'early' : 'late',
    );
    first.bodies.push(...early);
    first.facts.push(...(early.length > 0 ? facts : []));
    second.bodies.push(...late);
  }
  return { first, second };
}

async function register({ world, stores }: Ground): Promise<void> {
  for (const id of world.accounts.slice(0, -1)) {
    const before = { id, version: 0, contacts: null, sendingIdentities: [] };
    const sendingIdentities = [{ name: domainOf(id), verification: 'verified', checkedAt: NOW } as const];
    await stores.saveAccount({ before, contacts: 0, sendingIdentities }, NOW + HOUR_IN_MS);
  }
}

async function lift(
  log: Log,
  { world, setClock }: Ground,
  rooms: ReturnType<typeof createRooms>,
): Promise<Lifts> {
  const unbounced = new Set<string>();
  const released = new Map<string, string | null>();
  for (const { kind, account: index, person } of log.lifts) {
    setClock(LIFTED_AT);
    const account = world.accounts[index] ?? '';
    const address = world.addresses[person] ?? '';
    if (kind === 'unbounce') {
      const status = await rooms.unbounce(account, address);
      if (status === 200) unbounced.add(pairOf(account, address));
    } else if (!released.has(address)) {
      const whose = kind === 'release' ? null : account;
      const status = await rooms.release(whose, address);
      if (status !== 200) throw new Error(`The release of ${address} was answered ${status}.`);
      released.set(address, whose);
    }
  }
  return { unbounced, released };
}

interface Told {
  readonly world: World;
  readonly first: readonly Fact[];
  readonly lifts: Lifts;
  readonly asksSes: boolean;
}

function expectedState(notices: readonly Notice[], { world, first, lifts, asksSes }: Told): WorldState {
  const facts = notices.flatMap((notice) => notice.facts);
  const wasGlobal = (address: string) =>
    isDeadForAll(
      reportsOf(
        first.filter((fact) => fact.address === address),
        NO_LIFTS,
      ),
    );
  const byPair = Map.groupBy(facts, ({ account, address }) => pairOf(account, address));
  return {
    records: Object.fromEntries([...byPair].map(([pair, told]) => [pair, recordOf(told, lifts)])),
    addresses: Object.fromEntries(
      world.addresses.map((address) => {
        const told = facts.filter((fact) => fact.address === address);
        return [address, addressOf({ address, facts: told, lifts, wasGlobal: wasGlobal(address), asksSes })];
      }),
    ),
    campaigns: campaignsOf(facts),
    parked: [
      ...new Set(
        notices.flatMap(({ refusal, bodies }) =>
          refusal === null ? [] : bodies.map((body) => `${refusal} ${body}`),
        ),
      ),
    ].sort(),
  };
}

function linesOf(parked: readonly ParkedMessage[]): readonly string[] {
  return [...new Set(parked.map(({ reason, body }) => `${reason} ${body}`))].sort();
}
