import { type AddressSnapshot, touchesStatus } from '../policy/address-status.ts';

/** What a change of an address comes to: which of its two items are written, and how they read afterwards. */
export interface AddressWrite {
  readonly touchesRecord: boolean;
  readonly touchesStatus: boolean;
  readonly stored: AddressSnapshot;
}

export function writeOf(before: AddressSnapshot, after: AddressSnapshot): AddressWrite {
  const touched = { record: before.record !== after.record, status: touchesStatus(before, after) };
  return {
    touchesRecord: touched.record,
    touchesStatus: touched.status,
    stored: {
      record: touched.record ? { ...after.record, version: before.record.version + 1 } : after.record,
      status: touched.status ? { ...after.status, version: before.status.version + 1 } : after.status,
    },
  };
}
