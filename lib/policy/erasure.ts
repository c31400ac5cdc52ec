import type { AddressRecord, Unbounce } from './address-record.ts';
import type { AddressStatus } from './address-status.ts';
import { redactAddresses } from './redact-addresses.ts';
import type { Instant } from './time.ts';

/** The status of an address whose person is erased: mail sent until then writes no text again. */
export function eraseStatus(status: AddressStatus, erasedAt: Instant): AddressStatus {
  return { ...status, erasedAt: Math.max(status.erasedAt ?? 0, erasedAt) };
}

/**
 * The record without a readable word about the person: no address, no spellings, no diagnostics, no notes. What it
 * suppresses stays. The very same object when nothing is left to remove.
 */
export function eraseRecord(record: AddressRecord, erasedAt: Instant): AddressRecord {
  const bounces = record.bounces.map((bounce) => ({ ...bounce, diagnostic: null }));
  const erased: AddressRecord = {
    ...record,
    address: null,
    spellings: [],
    bounces,
    unbounce: record.unbounce && eraseUnbounce(record.unbounce),
  };
  const isErased = record.erasedAt !== null && JSON.stringify(erased) === JSON.stringify(record);
  return isErased ? record : { ...erased, erasedAt: Math.max(record.erasedAt ?? 0, erasedAt) };
}

/** Who, when and by which kind of evidence stays; the note goes, and addresses in what callers wrote do. */
export function eraseUnbounce(unbounce: Unbounce): Unbounce {
  const { evidence, idempotencyKey } = unbounce;
  return {
    ...unbounce,
    evidence: evidence && { kind: redactAddresses(evidence.kind), note: '' },
    idempotencyKey: idempotencyKey && redactAddresses(idempotencyKey),
  };
}
