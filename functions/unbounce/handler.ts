import { keyOf, type LookupStores, readSnapshot } from '../../lib/address-lookup.ts';
import { type ApiDependencies, createApiHandler } from '../../lib/http/api-handler.ts';
import { type PathAddress, readPathAddress } from '../../lib/http/path-address.ts';
import type { Answer } from '../../lib/http/problem.ts';
import { refusalProblem } from '../../lib/http/refusals.ts';
import { identityCheckOf, layersAnswer, quotaAnswer } from '../../lib/http/representations.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { Unbounce } from '../../lib/policy/address-record.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { quotaOf } from '../../lib/policy/quota.ts';
import { toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { decideUnbounce, type UnbounceDecision, type UnbounceSnapshot } from '../../lib/policy/unbounce.ts';
import type { UnbounceStore } from '../../lib/store/port.ts';
import { readUnbounceRequest } from './unbounce-request.ts';

export interface UnbounceDependencies extends Omit<ApiDependencies, 'routes'>, LookupStores {
  readonly unbounces: UnbounceStore;
  readonly policy: Policy;
  /** Whether something takes a lifted address off SES's account list; without it nothing is ever pending. */
  readonly asksSes: boolean;
}

/** Gives an address its one second chance, or says every condition that stands in its way. */
export function createHandler(deps: UnbounceDependencies) {
  const handle = (request: ApiRequest) => unbounce(request, deps);
  return createApiHandler({
    ...deps,
    routes: {
      'POST /v1/accounts/{account}/suppressions/{address}/unbounce': {
        scope: 'suppressions:unbounce',
        handle,
      },
    },
  });
}

async function unbounce(request: ApiRequest, deps: UnbounceDependencies): Promise<Answer> {
  const address = readPathAddress(request);
  const key = keyOf(request, address);
  const asked = readUnbounceRequest(request, address, key);
  const { receivedAt, deadlineAt } = request;
  while (deps.clock() < deadlineAt) {
    const snapshot = await readSnapshot(key, request, deps);
    const { policy, asksSes } = deps;
    const decision = decideUnbounce(asked, snapshot, { policy, receivedAt, now: deps.clock(), asksSes });
    if (decision.outcome !== 'granted') {
      return answerOf(decision, { address, snapshot, request, deps });
    }
    const { outcome } = await deps.unbounces.grantUnbounce({ key, granted: decision, deadlineAt });
    if (outcome === 'saved') {
      const { record, status } = decision;
      const after = { ...snapshot, record: record.after, status: status.after, used: snapshot.used + 1 };
      return answerOf(decision, { address, snapshot: after, request, deps });
    }
  }
  throw new UnavailableError('Other writers were first until the deadline.');
}

interface Outcome {
  readonly address: PathAddress;
  readonly snapshot: UnbounceSnapshot;
  readonly request: ApiRequest;
  readonly deps: UnbounceDependencies;
}

function answerOf(decision: UnbounceDecision, { address, snapshot, request, deps }: Outcome): Answer {
  const { account, used } = snapshot;
  const { remaining } = quotaOf({ contacts: account.contacts, used, now: request.receivedAt });
  deps.telemetry.measure('UnbounceQuotaLeft', remaining);
  switch (decision.outcome) {
    case 'refused': {
      const [{ rule }] = decision.refusals;
      deps.telemetry.count('UnbounceRefused', { Rule: rule });
      return refusalProblem(decision.refusals, request.receivedAt);
    }
    case 'repeated':
    case 'granted':
      deps.telemetry.count(decision.outcome === 'granted' ? 'UnbounceGranted' : 'UnbounceRepeated');
      return { status: 200, body: unbouncedAnswer(decision.unbounce, { address, snapshot, request }) };
  }
}

function unbouncedAnswer(
  { unbouncedAt, by, evidence }: Unbounce,
  { address, snapshot, request }: Omit<Outcome, 'deps'>,
) {
  const { account, record, used } = snapshot;
  return {
    address: address.kind === 'address' ? address.canonical : record.address,
    unbouncedAt: toIso(unbouncedAt),
    by,
    evidence,
    quota: quotaAnswer(quotaOf({ contacts: account.contacts, used, now: request.receivedAt })),
    layers: layersAnswer(snapshot, request.receivedAt),
    identityCheck: identityCheckOf(account),
  };
}
