import { describe, expect, test } from '@jest/globals';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { announceRecord, announceStatus } from '../../lib/policy/announcement.ts';
import { eraseRecord, eraseStatus } from '../../lib/policy/erasure.ts';
import { decideRelease } from '../../lib/policy/release.ts';
import { addMark } from '../../lib/policy/ses-layers.ts';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import {
  ACCOUNT,
  ADDRESS,
  aBounce,
  afterBounces,
  aRecord,
  aRequest,
  aSnapshot,
  aStatus,
  daysAfter,
  granted,
  hoursAfter,
  NOW,
  POLICY,
} from './builders.ts';

const NOTHING = { record: aRecord(), status: aStatus() };
const HARD = aBounce({ status: '5.7.1' });
const SIMULATOR = 'bounce@simulator.amazonses.com';

/** A mailbox that was full on so many days, the last of them yesterday. */
function strikes(count: number) {
  return Array.from({ length: count }, (_, index) =>
    aBounce({
      key: 'mailbox_full',
      permanence: 'transient',
      sentAt: daysAfter(-1 - 10 * (count - 1 - index)),
    }),
  );
}

describe('a suppression', () => {
  test('that begins is told, with what decided', () => {
    const { record } = afterBounces([HARD]);
    expect(announceRecord(NOTHING.record, record)).toEqual([
      {
        type: 'Address Suppressed',
        change: 'began',
        account: ACCOUNT,
        address: ADDRESS,
        reason: 'policy',
        rule: POLICY.rows.policy.rule,
        policyVersion: POLICY.version,
        until: null,
        campaign: 'spring',
        status: '5.7.1',
        bouncedAt: HARD.bouncedAt,
        at: NOW,
      },
    ]);
  });

  test('is told with the code that the receiver gave, and nothing else of its words', () => {
    const statusOf = (status: string) => {
      const [told] = announceRecord(NOTHING.record, afterBounces([aBounce({ status })]).record);
      return told?.type === 'Address Suppressed' ? told.status : undefined;
    };
    expect(statusOf('5.7.1 (ada@example.com is blocked)')).toBe('5.7.1');
    expect(statusOf('5.700.269 blocked')).toBe('5.700.269');
    expect(statusOf('ada@example.com is blocked')).toBeNull();
  });

  test('by strikes is told with its end, and names no campaign', () => {
    const { record } = afterBounces(strikes(3));
    const [told, ...others] = announceRecord(NOTHING.record, record);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ change: 'began', reason: 'mailbox_full', campaign: null });
    expect(told).toHaveProperty('until', record.suppression?.standing[0]?.until);
  });

  test('that gains a further reason and ends no later is not told again', () => {
    const first = afterBounces([HARD]);
    const second = afterBounces([aBounce({ key: 'unknown_user', sentAt: hoursAfter(-1) })], {}, first);
    expect(second.record.suppression?.standing).toHaveLength(2);
    expect(announceRecord(first.record, second.record)).toEqual([]);
  });

  test('with an end that now lasts for good is told again, since when it stands unchanged', () => {
    const first = afterBounces(strikes(3));
    const second = afterBounces([HARD], { now: hoursAfter(1) }, first);
    expect(announceRecord(first.record, second.record)).toMatchObject([
      { change: 'prolonged', until: null, at: NOW },
    ]);
  });

  test('whose end moves with one more strike is told again', () => {
    const first = afterBounces(strikes(3));
    const strike = { key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(1) } as const;
    const second = afterBounces([aBounce(strike)], { now: daysAfter(2) }, first);
    const [told] = announceRecord(first.record, second.record);
    expect(told).toMatchObject({ change: 'prolonged', at: NOW });
    expect(told).toHaveProperty('until', (first.record.suppression?.standing[0]?.until ?? 0) + 2 * DAY_IN_MS);
  });

  test('that comes after one that had ended by itself is a new one', () => {
    const first = afterBounces([aBounce({ sentAt: hoursAfter(-0.5) })], { address: SIMULATOR });
    expect(first.record.suppression?.suppressedAt).toBe(NOW);
    const second = afterBounces(
      [aBounce({ sentAt: daysAfter(1) })],
      { address: SIMULATOR, now: daysAfter(1) },
      first,
    );
    expect(announceRecord(first.record, second.record)).toMatchObject([
      { change: 'began', at: daysAfter(1) },
    ]);
  });
});

test('a suppression without a reason is nobody’s to tell', () => {
  const { record } = afterBounces([HARD]);
  const hollow = { ...record, suppression: { suppressedAt: NOW, policyVersion: '1', standing: [] } };
  expect(() => announceRecord(NOTHING.record, hollow)).toThrow(
    new RangeError('A suppression has at least one reason.'),
  );
});

describe('what changes nothing that others must know', () => {
  test.each([
    ['a soft bounce', afterBounces([aBounce({ key: 'throttled', permanence: 'transient' })])],
    ['the first strike', afterBounces(strikes(1))],
  ])('%s', (_, { record }) => {
    expect(record.bounces).toHaveLength(1);
    expect(announceRecord(NOTHING.record, record)).toEqual([]);
  });

  test('the same bounce, told in other words', () => {
    const first = afterBounces([{ ...HARD, diagnostic: '550 Blocked' }]);
    const second = afterBounces([{ ...HARD, diagnostic: '550 No, blocked' }], {}, first);
    expect(second.record.bounces).not.toEqual(first.record.bounces);
    expect(announceRecord(first.record, second.record)).toEqual([]);
  });

  test('an erasure', () => {
    const { record, status } = afterBounces([HARD]);
    expect(announceRecord(record, eraseRecord(record, NOW))).toEqual([]);
    expect(announceStatus(status, eraseStatus(status, NOW), NOW)).toEqual([]);
  });

  test('a mark of one of the layers of SES', () => {
    const mark = { layer: 'sesAccountList', sentAt: NOW, markedAt: NOW, listedFor: 'bounce' } as const;
    const ses = addMark({}, mark, { isSimulator: false });
    expect(announceStatus(aStatus(), aStatus({ ses }), NOW)).toEqual([]);
  });
});

describe('an unbounce', () => {
  const { record } = granted(
    decideUnbounce(aRequest(), aSnapshot(), { policy: POLICY, receivedAt: NOW, now: NOW, asksSes: true }),
  );

  test('that is granted is told with what it lifted, and without who asked', () => {
    expect(announceRecord(record.before, record.after)).toEqual([
      {
        type: 'Address Unbounced',
        account: ACCOUNT,
        address: ADDRESS,
        reason: 'policy',
        rule: POLICY.rows.policy.rule,
        at: NOW,
      },
    ]);
  });

  test('of an address that only a layer blocked is told, and lifted nothing', () => {
    const { unbounce } = record.after;
    const after = { ...record.after, unbounce: unbounce && { ...unbounce, lifted: null } };
    expect(announceRecord(record.before, after)).toMatchObject([
      { type: 'Address Unbounced', reason: null, rule: null },
    ]);
  });

  test('is told once, whatever happens to the address later', () => {
    const later = afterBounces(
      [aBounce({ sentAt: hoursAfter(1) })],
      { now: hoursAfter(2) },
      {
        record: record.after,
        status: aStatus(),
      },
    );
    expect(announceRecord(record.after, later.record)).toMatchObject([{ type: 'Address Suppressed' }]);
    expect(announceRecord(record.after, eraseRecord(record.after, hoursAfter(1)))).toEqual([]);
  });
});

test('an address is named no more once its person was erased, not even by later mail', () => {
  const { record } = afterBounces([HARD]);
  const erased = { ...eraseRecord(record, NOW), suppression: null };
  const later = afterBounces(
    [aBounce({ sentAt: hoursAfter(1) })],
    { now: hoursAfter(2) },
    {
      record: erased,
      status: aStatus(),
    },
  );
  expect(later.record.address).toBe(ADDRESS);
  expect(announceRecord(erased, later.record)).toMatchObject([{ change: 'began', address: null }]);
});

describe('a global bounce', () => {
  const reportedBy = (account: string, { status }: { readonly status: AddressStatus }) =>
    afterBounces([aBounce({ key: 'unknown_user' })], {}, { record: { ...aRecord(), account }, status });
  const twice = reportedBy('b', reportedBy('a', NOTHING));
  const declared = reportedBy('c', twice);

  test('is told when it is declared, without who reported it', () => {
    expect(announceStatus(twice.status, declared.status, NOW)).toEqual([
      { type: 'Global Bounce Declared', rule: 'G1', at: NOW },
    ]);
    expect(announceStatus(aStatus(), twice.status, NOW)).toEqual([]);
    const marked = { ...declared.status, erasedAt: NOW };
    expect(announceStatus(declared.status, marked, NOW)).toEqual([]);
  });

  test('is told when it is released; a release that ends none is not', () => {
    const request = { address: null, account: null, by: 'olga', reason: 'She reads her mail again.' };
    const context = { policy: POLICY, now: hoursAfter(1), asksSes: true };
    const { status } = decideRelease(request, { status: declared.status, records: [] }, context);
    expect(announceStatus(status.before, status.after, hoursAfter(2))).toEqual([
      { type: 'Global Bounce Released', rule: 'G1', at: hoursAfter(1) },
    ]);
    const again = decideRelease(request, { status: status.after, records: [] }, context);
    expect(announceStatus(again.status.before, again.status.after, hoursAfter(3))).toEqual([]);
  });

  test('is told when a correction ends it, as of the moment at which that was stored', () => {
    const ended = { ...declared.status, global: null };
    expect(announceStatus(declared.status, ended, hoursAfter(3))).toEqual([
      { type: 'Global Bounce Released', rule: 'G1', at: hoursAfter(3) },
    ]);
    const releasedBefore = { releasedAt: hoursAfter(-90) };
    expect(
      announceStatus(
        { ...declared.status, ...releasedBefore },
        { ...ended, ...releasedBefore },
        hoursAfter(3),
      ),
    ).toMatchObject([{ at: hoursAfter(3) }]);
  });
});
