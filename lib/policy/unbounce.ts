import type { Account } from './account.ts';
import { withErasure } from './address-event.ts';
import {
  type AddressRecord,
  type Evidence,
  type NamedAddress,
  type Unbounce,
  withAddress,
  withSuppression,
} from './address-record.ts';
import { type AddressStatus, ownMarks, withRecord } from './address-status.ts';
import { withoutDeadReports } from './dead-report.ts';
import { unbounceFacts } from './facts.ts';
import type { Policy } from './policy.ts';
import { quotaOf } from './quota.ts';
import { reasonOf } from './reason.ts';
import { accountRefusals, addressRefusals, type Refusal, requestRefusals } from './refusal.ts';
import { NO_LAYER_FACTS, readLayer, type SesFacts } from './ses-layers.ts';
import { requestRemoval } from './ses-removal.ts';
import { isSimulatorAddress } from './simulator.ts';
import { unexpired } from './standing.ts';
import { type Instant, type Month, monthOf } from './time.ts';

export interface UnbounceRequest {
  /** As the path names it; null when it names a row's id. */
  readonly address: NamedAddress | null;
  /** False when the request names any address besides the one in its path. */
  readonly namesOneAddress: boolean;
  readonly isConfirmed: boolean;
  readonly by: string;
  readonly evidence: Evidence | null;
  readonly idempotencyKey: string | null;
}

/** Everything that an unbounce is decided from, as read. */
export interface UnbounceSnapshot {
  readonly account: Account;
  readonly record: AddressRecord;
  readonly status: AddressStatus;
  /** Unbounces granted in the month of the request. */
  readonly used: number;
}

export interface UnbounceContext {
  readonly policy: Policy;
  /** The moment the request was received: it names the month whose quota is used. */
  readonly receivedAt: Instant;
  /** The moment after the snapshot was read: everything sent until then is known, and lifted. */
  readonly now: Instant;
  /** Whether SES is asked to take the address off its account list. */
  readonly asksSes: boolean;
}

/** What must still hold when the grant is written. The store turns each into one condition. */
export type UnbounceGuard =
  | { readonly guard: 'quota_left'; readonly month: Month; readonly limit: number }
  | { readonly guard: 'ledger_row_absent' }
  | { readonly guard: 'record_as_read'; readonly version: number }
  | { readonly guard: 'never_unbounced' }
  | { readonly guard: 'status_as_read'; readonly version: number }
  | { readonly guard: 'not_global' }
  | { readonly guard: 'account_as_read'; readonly version: number };

export interface GrantedUnbounce {
  readonly outcome: 'granted';
  readonly unbounce: Unbounce;
  readonly record: { readonly before: AddressRecord; readonly after: AddressRecord };
  readonly status: { readonly before: AddressStatus; readonly after: AddressStatus };
  readonly guards: readonly UnbounceGuard[];
}

export interface RepeatedUnbounce {
  readonly outcome: 'repeated';
  readonly unbounce: Unbounce;
}

export interface RefusedUnbounce {
  readonly outcome: 'refused';
  /** Every condition that fails; the first gives code and status. */
  readonly refusals: readonly [Refusal, ...Refusal[]];
}

export type UnbounceDecision = GrantedUnbounce | RepeatedUnbounce | RefusedUnbounce;

/** Decides an unbounce: the changes with the guards they relied on, the stored grant, or every refusal. */
export function decideUnbounce(
  request: UnbounceRequest,
  snapshot: UnbounceSnapshot,
  context: UnbounceContext,
): UnbounceDecision {
  const formal = requestRefusals(request);
  const granted = snapshot.record.unbounce;
  const isRepeat =
    granted !== null && (carriesKeyOf(granted, request) || !isSuppressedByAccount(snapshot, context.now));
  if (formal.length === 0 && isRepeat) {
    return { outcome: 'repeated', unbounce: granted };
  }
  const [first, ...others] = [...formal, ...conditionRefusals(snapshot, context)];
  return first === undefined
    ? grant(request, snapshot, context)
    : { outcome: 'refused', refusals: [first, ...others] };
}

/** The dry run: every refusal that an unbounce would meet now, one address and its confirmation taken as given. */
export function explainUnbounce(
  snapshot: UnbounceSnapshot,
  { policy, now }: Pick<UnbounceContext, 'policy' | 'now'>,
): Refusal[] {
  return conditionRefusals(snapshot, { policy, now, receivedAt: now });
}

function conditionRefusals(
  { account, record, status, used }: UnbounceSnapshot,
  { policy, now, receivedAt }: Omit<UnbounceContext, 'asksSes'>,
): Refusal[] {
  return [
    ...addressRefusals({ record, status, policy, now }),
    ...accountRefusals(account, quotaOf({ contacts: account.contacts, used, now: receivedAt })),
  ];
}

function carriesKeyOf(granted: Unbounce, { idempotencyKey }: UnbounceRequest): boolean {
  return idempotencyKey !== null && idempotencyKey === granted.idempotencyKey;
}

function isSuppressedByAccount({ record, status }: UnbounceSnapshot, now: Instant): boolean {
  return unexpired(ownMarks(status, record), now).length > 0;
}

function grant(
  request: UnbounceRequest,
  { account, record, status, used }: UnbounceSnapshot,
  { policy, receivedAt, now, asksSes }: UnbounceContext,
): GrantedUnbounce {
  const [lifted] = unexpired(record.suppression?.standing ?? [], now);
  const month = monthOf(receivedAt);
  const unbounce: Unbounce = {
    unbouncedAt: now,
    month,
    by: request.by,
    evidence: request.evidence,
    idempotencyKey: request.idempotencyKey,
    lifted: lifted === undefined ? null : { reason: reasonOf(lifted.key), rule: lifted.rule },
  };
  const known = request.address === null ? record : withAddress(withErasure(record, status), request.address);
  const isSimulator = known.address !== null && isSimulatorAddress(known.address);
  const recordAfter = withSuppression(
    { ...known, unbounce, facts: unbounceFacts(record.facts, now) },
    { policy, now, isSimulator },
  );
  const statusAfter = {
    ...withoutDeadReports(withRecord(status, recordAfter), account.id),
    ses: liftSesLayers(status.ses, { account: account.id, now, asksSes: asksSes && !isSimulator }),
  };
  const { limit } = quotaOf({ contacts: account.contacts, used, now: receivedAt });
  return {
    outcome: 'granted',
    unbounce,
    record: { before: record, after: recordAfter },
    status: { before: status, after: statusAfter },
    guards: [
      { guard: 'quota_left', month, limit },
      { guard: 'ledger_row_absent' },
      { guard: 'record_as_read', version: record.version },
      { guard: 'never_unbounced' },
      { guard: 'status_as_read', version: status.version },
      { guard: 'not_global' },
      { guard: 'account_as_read', version: account.version },
    ],
  };
}

/**
 * SES's account list is shared, so its removal is too, and is asked for though nothing has marked it: SES lists an address
 * at every permanent bounce. A failed validation is lifted for this account alone.
 */
function liftSesLayers(
  ses: SesFacts,
  { account, now, asksSes }: { account: string; now: Instant; asksSes: boolean },
): SesFacts {
  let lifted = ses;
  if (asksSes) {
    lifted = requestRemoval(ses, now);
  } else if (readLayer(ses, { layer: 'sesAccountList', account, now }).state === 'blocked') {
    const removal = { requestedAt: now, state: 'not_asked' as const };
    lifted = { ...lifted, sesAccountList: { ...(ses.sesAccountList ?? NO_LAYER_FACTS), removal } };
  }
  if (readLayer(ses, { layer: 'sesValidation', account, now }).state === 'blocked') {
    const facts = ses.sesValidation ?? NO_LAYER_FACTS;
    lifted = {
      ...lifted,
      sesValidation: { ...facts, liftedFor: new Map(facts.liftedFor).set(account, now) },
    };
  }
  return lifted;
}
