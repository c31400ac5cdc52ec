import type { ParkingLot } from '../../../functions/record-bounces/park.ts';
import type { Stores } from './rooms.ts';

/** Faults that come before the work, and after it: a lost request and a lost answer. */
export interface Flakiness {
  readonly random: () => number;
  readonly faultsInPercent: number;
}

/** The same stores, some of whose calls fail, half of those with their work done; rows may be written in part. */
export function flakyStores(stores: Stores, flakiness: Flakiness): Stores {
  const fails = failing(flakiness);
  return {
    ...stores,
    updateAddress: (key, update) => fails(() => stores.updateAddress(key, update)),
    findSenders: (query) => fails(() => stores.findSenders(query)),
    registerCampaign: (campaign) => fails(() => stores.registerCampaign(campaign)),
    async writeRows(write) {
      const half = write.rows.slice(0, Math.floor(write.rows.length * flakiness.random()));
      if (flakiness.random() * 200 < flakiness.faultsInPercent) {
        await stores.writeRows({ ...write, rows: half });
        throw new Error('Injected: the other rows were not written.');
      }
      await fails(() => stores.writeRows(write));
    },
  };
}

export function flakyParkingLot(parkingLot: ParkingLot, flakiness: Flakiness): ParkingLot {
  const fails = failing(flakiness);
  return { park: (message) => fails(() => parkingLot.park(message)) };
}

function failing({ random, faultsInPercent }: Flakiness) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const luck = random() * 100;
    if (luck < faultsInPercent / 2) throw new Error('Injected: the request was lost.');
    const answer = await work();
    if (luck < faultsInPercent) throw new Error('Injected: the answer was lost.');
    return answer;
  };
}
