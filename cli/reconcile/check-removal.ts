import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { openRemoval, requestRemoval } from '../../lib/policy/ses-removal.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { PATIENCE_IN_MS } from './read-tables.ts';
import type { Reconciliation } from './reconciliation.ts';

/** After a day the table's stream has forgotten that SES was to be asked. */
const MOST_WAIT_IN_MS = DAY_IN_MS;

/** Reports an address that has waited too long for SES to take it off its list. Repaired by asking anew. */
export async function checkRemoval(
  { context, fix, findings }: Reconciliation,
  { addressHash, status }: { readonly addressHash: string; readonly status: AddressStatus },
): Promise<void> {
  const now = context.clock();
  const openSince = openRemoval(status.ses);
  if (openSince === null || openSince > now - MOST_WAIT_IN_MS) return;
  if (fix) {
    await createDynamoOperatorStore(context).updateStatus(addressHash, {
      deadlineAt: now + PATIENCE_IN_MS,
      change: (read) =>
        openRemoval(read.ses) === null ? read : { ...read, ses: requestRemoval(read.ses, now) },
    });
  }
  const finding = {
    drift: 'removal_waits',
    account: null,
    id: addressHash,
    detail: toIso(openSince),
  } as const;
  findings.add(finding, fix);
}
