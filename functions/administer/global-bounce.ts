import { knownAccount } from '../../lib/http/known-account.ts';
import { type PathAddress, readPathAddress } from '../../lib/http/path-address.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { decideRelease } from '../../lib/policy/release.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import type { OperatorStore } from '../../lib/store/operator-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { allOf } from '../../lib/work-pool.ts';
import { globalBounceAnswer } from './global-bounce-answer.ts';
import { readReleaseRequest } from './release-request.ts';

export interface GlobalBounceDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly operator: Pick<OperatorStore, 'readWhole' | 'listReleases' | 'saveRelease'>;
  readonly policy: Policy;
  /** Whether something takes a released address off SES's account list; without it nothing is ever pending. */
  readonly asksSes: boolean;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
}

const SHOWN_RELEASES = 100;

/** Shows one address as the operator sees it. */
export async function readGlobalBounce(request: ApiRequest, deps: GlobalBounceDependencies): Promise<Answer> {
  return await answerOf(readPathAddress(request), request, deps);
}

/** Ends the global bounce of an address, and for a named account its own suppression. */
export async function releaseAddress(request: ApiRequest, deps: GlobalBounceDependencies): Promise<Answer> {
  const { deadlineAt } = request;
  const address = readPathAddress(request);
  const asked = readReleaseRequest(request, address);
  if (asked.account !== null) {
    knownAccount(await deps.accounts.readAccount(asked.account, deadlineAt));
  }
  const hash = hashOf(address);
  while (deps.clock() < deadlineAt) {
    const whole = await deps.operator.readWhole(hash, deadlineAt);
    const decided = decideRelease(asked, whole, { now: deps.clock(), asksSes: deps.asksSes });
    const outcome = await deps.operator.saveRelease({ addressHash: hash, decided, deadlineAt });
    if (outcome === 'saved') {
      deps.telemetry.count('AddressReleased', { Global: String(whole.status.global !== null) });
      return await answerOf(address, request, deps);
    }
  }
  throw new UnavailableError('Other writers were first until the deadline.');
}

async function answerOf(
  address: PathAddress,
  { deadlineAt }: ApiRequest,
  { operator, policy, clock }: GlobalBounceDependencies,
): Promise<Answer> {
  const id = hashOf(address);
  const [whole, releases] = await allOf([
    operator.readWhole(id, deadlineAt),
    operator.listReleases({ addressHash: id, limit: SHOWN_RELEASES, deadlineAt }),
  ]);
  const asked = address.kind === 'id' ? null : address.canonical;
  return { status: 200, body: globalBounceAnswer({ id, asked, whole, releases, policy, now: clock() }) };
}

function hashOf(address: PathAddress): string {
  return address.kind === 'id' ? address.hash : addressHash(address.canonical);
}
