import { createHandler as createAdminister } from '../../functions/administer/handler.ts';
import type { IdentityVerifier } from '../../functions/administer/identity-verifier.ts';
import { createHandler as createCorrect } from '../../functions/correct-suppressions/handler.ts';
import { createHandler as createFilter } from '../../functions/filter-recipients/handler.ts';
import { createHandler as createImport } from '../../functions/import-suppressions/handler.ts';
import { createHandler as createRead } from '../../functions/read-suppressions/handler.ts';
import { createHandler as createServeContract } from '../../functions/serve-contract/handler.ts';
import contract from '../../functions/serve-contract/openapi.json' with { type: 'json' };
import { createHandler as createUnbounce } from '../../functions/unbounce/handler.ts';
import type { CallerOptions } from '../../lib/http/caller.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { NO_REPUTATION, type ReputationReader } from '../../lib/ses/reputation.ts';
import type { BounceCountReader, BounceCountWriter } from '../../lib/store/bounce-count-port.ts';
import type { CampaignReader, CampaignWriter } from '../../lib/store/campaign-port.ts';
import type { CorrectionStore } from '../../lib/store/correction-port.ts';
import type { LedgerStore } from '../../lib/store/ledger-port.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AccountStore, AddressStore, UnbounceStore } from '../../lib/store/port.ts';
import type { Twin } from './twin.ts';

export type Stores = AddressStore &
  UnbounceStore &
  AccountStore &
  CampaignReader &
  CampaignWriter &
  BounceCountReader &
  BounceCountWriter &
  LedgerStore &
  OperatorStore &
  CorrectionStore;

export interface ApiOptions {
  readonly now?: Instant;
  /** Stands in for methods of the twin. */
  readonly double?: (twin: Twin) => Partial<Stores>;
  readonly verify?: IdentityVerifier['verify'];
  readonly asksSes?: boolean;
  readonly reputation?: ReputationReader;
  readonly policyOverrides?: unknown;
  readonly callerOptions?: Partial<CallerOptions>;
  readonly remainingInMs?: number;
}

type Shared = ApiOptions & Pick<Parameters<typeof createFilter>[0], 'telemetry' | 'clock'>;

/** The rooms behind the API, over stores of whatever kind. */
export function createRooms(store: Stores, { telemetry, clock, ...options }: Shared) {
  const shared = {
    addresses: store,
    accounts: store,
    unbounces: store,
    campaigns: store,
    ledger: store,
    bounceCounts: store,
    reputation: options.reputation ?? NO_REPUTATION,
    policy: loadPolicy(options.policyOverrides),
    clock,
    telemetry,
    callerOptions: { accountClaim: 'account', account: null, scopePrefix: '', ...options.callerOptions },
    asksSes: options.asksSes ?? false,
  };
  const verify = options.verify ?? (async () => 'verified' as const);
  return {
    administer: createAdminister({ ...shared, operator: store, identities: { verify } }),
    'correct-suppressions': createCorrect({ ...shared, operator: store, corrections: store }),
    'filter-recipients': createFilter(shared),
    'import-suppressions': createImport(shared),
    'read-suppressions': createRead(shared),
    'serve-contract': createServeContract({ ...shared, contract }),
    unbounce: createUnbounce(shared),
  };
}
