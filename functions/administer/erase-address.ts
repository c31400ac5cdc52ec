import { readPathAddress } from '../../lib/http/path-address.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { eraseRecord, eraseStatus } from '../../lib/policy/erasure.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';
import { addressHash as hashOf } from '../../lib/store/address-hash.ts';
import type { LedgerErasure, OperatorStore } from '../../lib/store/operator-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { eachOf } from '../../lib/work-pool.ts';

export interface EraseDependencies {
  readonly addresses: Pick<AddressStore, 'updateAddress'>;
  readonly operator: Pick<OperatorStore, 'readWhole' | 'updateStatus' | 'eraseLedger'>;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
}

const RECORDS_AT_ONCE = 16;

/**
 * Removes every readable word about an address and keeps what blocks it. The status comes first: from then on nothing sent
 * before writes text again, in an account that nobody has read yet either. A call that ended in between is sent again; what
 * it left undone is done then, and what is done costs a read.
 */
export async function eraseAddress(
  request: Pick<ApiRequest, 'path' | 'deadlineAt'>,
  deps: EraseDependencies,
): Promise<Answer> {
  const { addresses, operator, telemetry, clock } = deps;
  const { deadlineAt } = request;
  const address = readPathAddress(request);
  const addressHash = address.kind === 'id' ? address.hash : hashOf(address.canonical);
  const now = clock();
  await operator.updateStatus(addressHash, { change: (status) => eraseStatus(status, now), deadlineAt });
  const { status, records } = await operator.readWhole(addressHash, deadlineAt);
  const erasedAt = status.erasedAt ?? now;
  const unbounces: LedgerErasure['unbounces'][number][] = [];
  await eachOf(records, RECORDS_AT_ONCE, async ({ account }) => {
    const { record } = await addresses.updateAddress(
      { account, addressHash },
      { change: (before) => ({ ...before, record: eraseRecord(before.record, erasedAt) }), deadlineAt },
    );
    if (record.unbounce !== null) {
      unbounces.push({ account, unbounce: record.unbounce });
    }
  });
  await operator.eraseLedger({ addressHash, unbounces, deadlineAt });
  telemetry.count('AddressErased');
  return {
    status: 200,
    body: { id: addressHash, erased: true, erasedAt: toIso(erasedAt), accounts: records.length },
  };
}
