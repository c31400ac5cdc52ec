import { describe, expect, test } from '@jest/globals';
import { type AddressEvent, applyEvent, withErasure } from '../../lib/policy/address-event.ts';
import { emptyRecord } from '../../lib/policy/address-record.ts';
import { type AddressSnapshot, NO_STATUS } from '../../lib/policy/address-status.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import {
  ACCOUNT,
  ADDRESS,
  aBounce,
  aRecord,
  aStatus,
  daysAfter,
  hoursAfter,
  NOW,
  POLICY,
} from './builders.ts';

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

const SIMULATED = 'bounce@simulator.amazonses.com';

describe('an echo of mail that SES did not send', () => {
  function echo(changes: { address?: string; tenants?: readonly string[] } = {}): AddressEvent {
    const mark = {
      layer: 'sesAccountList',
      sentAt: hoursAfter(-1),
      markedAt: hoursAfter(-1),
      listedFor: 'bounce',
    } as const;
    return { kind: 'mark', address: ADDRESS, mark, ...changes };
  }

  test.each([
    { title: 'without end', address: ADDRESS, until: null },
    { title: 'for an hour where it is the mailbox simulator', address: SIMULATED, until: NOW },
  ])('blocks for every account $title, and is no evidence', ({ address, until }) => {
    const { record, status } = told([echo({ address })]);
    expect(status.ses.sesAccountList?.mark).toMatchObject({ until });
    expect(verdictOf(status, { account: 'other', now: NOW - 1 })).toMatchObject({
      rule: 'P5',
      layer: 'sesAccountList',
    });
    expect(record).toBe(NOBODY.record);
  });

  test.each([
    { title: 'no tenant', named: {}, tenants: [] },
    { title: 'the tenant on whose list the address is', named: { tenants: ['t1'] }, tenants: ['t1'] },
  ])('names $title', ({ named, tenants }) => {
    expect(told([echo(named)]).status.ses.sesAccountList?.tenants).toEqual(tenants);
  });

  test('that is known already leaves the very same snapshot', () => {
    const once = told([echo({ tenants: ['t1'] })]);
    expect(told([echo({ tenants: ['t1'] })], once)).toBe(once);
  });
});

describe('a delivery', () => {
  const strikes = [-15, -8, -1].map((day) =>
    bounced({ key: 'dns_failure', permanence: 'transient', sentAt: daysAfter(day) }),
  );

  function delivered(address = ADDRESS): AddressEvent {
    return { kind: 'delivery', address, messageId: null, deliveredAt: NOW };
  }

  test('ends a suppression by the strikes before it, in the record and in the status', () => {
    const suppressed = told(strikes);
    expect(suppressed.status.suppressedBy.get(ACCOUNT)).toHaveLength(1);
    const { record, status } = told([delivered()], suppressed);
    expect(record).toEqual({
      ...suppressed.record,
      facts: { ...record.facts, strikes: {} },
      suppression: null,
    });
    expect(status.suppressedBy.size).toBe(0);
  });

  test.each([
    { address: ADDRESS, rule: 'B7' },
    { address: SIMULATED, rule: 'B18' },
  ])('to $address leaves what a hard bounce suppresses by $rule', ({ address, rule }) => {
    const hard = aBounce({ sentAt: NOW, bouncedAt: NOW });
    const before = told([...strikes, { kind: 'bounce', address, spellings: [address], bounce: hard }]);
    const { record } = told([delivered(address)], before);
    expect(record.suppression?.standing).toMatchObject([{ key: 'policy', rule }]);
  });

  test('where no strike was before it leaves the very same snapshot', () => {
    const suppressed = told([bounced({})]);
    expect(told([delivered()], suppressed)).toBe(suppressed);
  });
});

describe('an erasure that the status tells', () => {
  test.each([
    { title: 'of nobody', account: null, all: null },
    { title: 'that the account knows', account: NOW, all: NOW },
    { title: 'that an erasure of the account followed', account: NOW, all: daysAfter(-1) },
  ])('$title leaves the very same record', ({ account, all }) => {
    const record = aRecord({ erasedAt: account });
    expect(withErasure(record, aStatus({ erasedAt: all }))).toBe(record);
  });

  test.each([
    { title: 'nobody had erased the account', account: null, all: NOW },
    { title: 'it is the first moment of all', account: null, all: 0 },
    { title: 'it is newer than that of the account', account: daysAfter(-1), all: NOW },
  ])('counts for the account where $title', ({ account, all }) => {
    const record = aRecord({ erasedAt: account, version: 3 });
    expect(withErasure(record, aStatus({ erasedAt: all }))).toEqual({ ...record, erasedAt: all });
  });
});
