import { createHandler as createAdminister } from '../../../functions/administer/handler.ts';
import { createHandler as createRecord } from '../../../functions/record-bounces/handler.ts';
import type { ParkingLot } from '../../../functions/record-bounces/park.ts';
import { createHandler as createUnbounce } from '../../../functions/unbounce/handler.ts';
import { canonicalAddress } from '../../../lib/policy/address.ts';
import { classify } from '../../../lib/policy/classify.ts';
import { loadPolicy } from '../../../lib/policy/policy.ts';
import type { Instant } from '../../../lib/policy/time.ts';
import { createEffects } from '../../../lib/ses/effects.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import type { BounceCountWriter } from '../../../lib/store/bounce-count-port.ts';
import type { CampaignReader, CampaignWriter } from '../../../lib/store/campaign-port.ts';
import type { OperatorStore } from '../../../lib/store/operator-port.ts';
import type { AccountStore, AddressStore, UnbounceStore } from '../../../lib/store/port.ts';
import { apiEvent } from '../../http/events.ts';
import { createWatchedTelemetry } from '../../support/watched-telemetry.ts';
import { defaultAccountOf, type World } from './world.ts';

/** What the functions work with that record, unbounce and release. */
export type Stores = AddressStore &
  UnbounceStore &
  AccountStore &
  CampaignReader &
  CampaignWriter &
  BounceCountWriter &
  OperatorStore;

export interface RoomsOptions {
  readonly world: World;
  readonly clock: () => Instant;
  readonly asksSes: boolean;
  readonly parkingLot: ParkingLot;
}

const RELEASE = 'POST /v1/global-bounces/{address}/release';
const UNBOUNCE = 'POST /v1/accounts/{account}/suppressions/{address}/unbounce';

/** The functions that record and that lift, over these stores. */
export function createRooms(stores: Stores, { world, clock, asksSes, parkingLot }: RoomsOptions) {
  const shared = {
    addresses: stores,
    accounts: stores,
    unbounces: stores,
    campaigns: stores,
    bounceCounts: stores,
    operator: stores,
    policy: loadPolicy(),
    telemetry: createWatchedTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
    asksSes,
    clock,
  };
  const identities = { verify: async () => 'verified' as const };
  const administer = createAdminister({ ...shared, identities });
  const unbounce = createUnbounce(shared);
  const context = { getRemainingTimeInMillis: () => 60_000 };
  const send = async (
    room: typeof unbounce,
    pathParameters: Record<string, string>,
    routeKey: string,
    body: unknown,
  ) => {
    const { statusCode } = await room(
      apiEvent({ routeKey, pathParameters, body: JSON.stringify(body) }),
      context,
    );
    return statusCode;
  };
  return {
    record: createRecord({
      ...shared,
      parkingLot,
      effectsOf: createEffects({ canonicalAddress, classify }),
      senders: { accountTag: 'account', trustTags: true },
      defaultAccount: defaultAccountOf(world),
      deliveryEvents: false,
    }),
    unbounce: (account: string, address: string) =>
      send(unbounce, { account, address: addressHash(address) }, UNBOUNCE, { confirmedValid: true }),
    release: (account: string | null, address: string) =>
      send(administer, { address: addressHash(address) }, RELEASE, { reason: 'They wrote to us.', account }),
  };
}
