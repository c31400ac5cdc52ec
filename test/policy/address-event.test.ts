import { describe, expect, test } from '@jest/globals';
import { type AddressEvent, applyEvent } from '../../lib/policy/address-event.ts';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressSnapshot, NO_STATUS } from '../../lib/policy/address-status.ts';
import { ACCOUNT, ADDRESS, aBounce, daysAfter, NOW, POLICY } from './builders.ts';

const NOBODY: AddressSnapshot = { record: emptyRecord(ACCOUNT), status: NO_STATUS };

function bounced(changes: Parameters<typeof aBounce>[0]): AddressEvent {
  return { kind: 'bounce', address: ADDRESS, spellings: ['Ada@example.com'], bounce: aBounce(changes) };
}

function told(events: readonly AddressEvent[], before = NOBODY): AddressSnapshot {
  return events.reduce(
    (seen, event) => applyEvent(seen, event, { policy: POLICY, now: NOW, asksSes: false }),
    before,
  );
}

describe('what an event changes', () => {
  test('a day of a dead address is reported even when the bounce is too old to be kept', () => {
    const old = bounced({ key: 'unknown_user', sentAt: daysAfter(-40) });
    const newer = Array.from({ length: 11 }, (_, index) =>
      bounced({ key: 'unknown_user', sentAt: daysAfter(-1) + index, feedbackId: `f${index}` }),
    );
    const before = told([old, ...newer]);
    const behind = told([...newer, old]);
    expect(behind.status.deadReports.get(ACCOUNT)).toHaveLength(2);
    expect(behind.status).toEqual(before.status);
    expect(behind.record.bounces).toEqual(before.record.bounces);
  });

  test('an event that is known already leaves the very same snapshot', () => {
    const event = bounced({ key: 'unknown_user' });
    const once = told([event]);
    expect(told([event], once)).toBe(once);
  });

  test('a bounce of mail sent before an erasure writes no text, one of mail sent after it does', () => {
    const erased = { ...NOBODY, status: { ...NO_STATUS, erasedAt: daysAfter(-2) } };
    const early = told([bounced({ sentAt: daysAfter(-3), diagnostic: 'Ada left' })], erased);
    expect(early.record).toMatchObject({ address: null, spellings: [], bounces: [{ diagnostic: null }] });
    expect(early.record.suppression).not.toBeNull();
    const late = told([bounced({ sentAt: daysAfter(-1), diagnostic: 'Ada left' })], erased);
    expect(late.record).toMatchObject({ address: ADDRESS, bounces: [{ diagnostic: 'Ada left' }] });
  });
});
