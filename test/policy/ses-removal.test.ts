import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AddressEvent, applyEvent } from '../../lib/policy/address-event.ts';
import type { AddressRecord } from '../../lib/policy/address-record.ts';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { NO_FACTS } from '../../lib/policy/facts.ts';
import type { SesFacts } from '../../lib/policy/ses-layers.ts';
import {
  applyListing,
  endListing,
  foundSince,
  openRemoval,
  planRemoval,
  readAccountList,
  requestRemoval,
  settleRemoval,
  withTenants,
} from '../../lib/policy/ses-removal.ts';
import { HOUR_IN_MS, type Instant } from '../../lib/policy/time.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import { bouncesSent, moments, RUNS, SEED } from './arbitraries.ts';
import {
  ACCOUNT,
  ADDRESS,
  aBounce,
  anAccount,
  aRecord,
  aRequest,
  aStatus,
  daysAfter,
  granted,
  hoursAfter,
  NOW,
  POLICY,
  sesFacts,
} from './builders.ts';

const NOBODY: AddressSnapshot = { record: aRecord(), status: aStatus() };

function told(events: readonly AddressEvent[], before = NOBODY, asksSes = true): AddressSnapshot {
  return events.reduce(
    (seen, event) => applyEvent(seen, event, { policy: POLICY, now: NOW, asksSes }),
    before,
  );
}

/** A bounce that SES calls permanent, so that SES lists the address. */
function listedFor(changes: Partial<Bounce>, more: { tenants?: readonly string[]; address?: string } = {}) {
  const { address = ADDRESS, ...rest } = more;
  const bounce = aBounce({ bounceType: 'Permanent', ...changes });
  return { kind: 'bounce', address, spellings: [address], bounce, ...rest } as const;
}

function echo(sentAt: Instant, listedFor: 'bounce' | 'complaint' = 'bounce'): AddressEvent {
  const mark = { layer: 'sesAccountList', sentAt, markedAt: sentAt + 1, listedFor } as const;
  return { kind: 'mark', address: ADDRESS, mark };
}

function unbounced(seen: AddressSnapshot, now: Instant): AddressSnapshot {
  const snapshot = { account: anAccount(), ...seen, used: 0 };
  const context = { policy: POLICY, receivedAt: now, now, asksSes: true };
  const { record, status } = granted(decideUnbounce(aRequest(), snapshot, context));
  return { record: record.after, status: status.after };
}

const PERMANENT_AND_SOFT = ['reputation', 'authentication', 'message_too_large'] as const;

describe('a permanent bounce, at which SES lists the address,', () => {
  test.each(PERMANENT_AND_SOFT)('for %s does not count here, so SES is asked to take it off', (key) => {
    const { record, status } = told([listedFor({ key, bouncedAt: hoursAfter(-1) })]);
    expect(record.suppression).toBeNull();
    expect(openRemoval(status.ses)).toBe(hoursAfter(-1));
    for (const account of [ACCOUNT, 'other']) {
      expect(verdictOf(status, { account, now: NOW })).toMatchObject({ rule: 'P5', layer: 'sesAccountList' });
    }
  });

  test('that only counts in strikes is to leave the list too', () => {
    expect(openRemoval(told([listedFor({ key: 'timeout' })]).status.ses)).not.toBeNull();
  });

  test.each<[string, AddressEvent]>([
    ['that suppresses stays listed', listedFor({ key: 'unknown_user' })],
    ['that may be unbounced stays listed until it is', listedFor({ key: 'policy' })],
    [
      'of the mailbox simulator is not listed',
      listedFor({ key: 'reputation' }, { address: 'b@simulator.amazonses.com' }),
    ],
    [
      'is what SES calls so: another is not listed',
      listedFor({ key: 'reputation', bounceType: 'Transient' }),
    ],
    [
      'is what SES calls so: one without a type is not listed',
      listedFor({ key: 'reputation', bounceType: null }),
    ],
  ])('%s', (_, event) => {
    expect(told([event]).status.ses).toEqual({});
  });

  test('leaves nothing pending where no SES is configured', () => {
    expect(told([listedFor({ key: 'reputation' })], NOBODY, false).status).toBe(NOBODY.status);
  });

  test('of mail in flight at an unbounce has SES list the address once more, so it is asked again', () => {
    const suppressed = told([
      listedFor({ key: 'policy', sentAt: hoursAfter(-9), bouncedAt: hoursAfter(-8) }),
    ]);
    const lifted = unbounced(suppressed, hoursAfter(-5));
    const inFlight = {
      key: 'policy',
      sentAt: hoursAfter(-6),
      bouncedAt: hoursAfter(-4),
      feedbackId: 'f2',
    } as const;
    const { record, status } = told([listedFor(inFlight)], lifted);
    expect(record.suppression).toBeNull();
    expect(openRemoval(status.ses)).toBe(hoursAfter(-4));
  });

  test('names the tenant on whose list the address may be', () => {
    const events = ['t2', 't1', 't2'].map((tenant) => listedFor({ key: 'policy' }, { tenants: [tenant] }));
    expect(told(events).status.ses.sesAccountList?.tenants).toEqual(['t1', 't2']);
  });

  test('keeps no more than five tenants', () => {
    const named = ['t6', 't5', 't4', 't3', 't2', 't1'];
    expect(withTenants({}, named).sesAccountList?.tenants).toEqual(['t1', 't2', 't3', 't4', 't5']);
  });
});

describe('the request', () => {
  const asked = requestRemoval({}, NOW);

  test('that is covered by a later one leaves the very same facts', () => {
    expect(requestRemoval(asked, NOW)).toBe(asked);
    expect(requestRemoval(asked, NOW - 1)).toBe(asked);
    expect(withTenants(asked, [])).toBe(asked);
    expect(openRemoval(requestRemoval(asked, NOW + 1))).toBe(NOW + 1);
  });

  test.each([
    { settlement: 'confirmed' as const, reads: 'clear' },
    { settlement: 'not_asked' as const, reads: 'unknown' },
    { settlement: 'kept' as const, reads: 'unknown' },
  ])('that ends as $settlement reads $reads', ({ settlement, reads }) => {
    const settled = settleRemoval(asked, { until: NOW, settlement });
    expect(openRemoval(settled)).toBeNull();
    expect(readAccountList(settled, NOW).state).toBe(reads);
    expect(settleRemoval(settled, { until: NOW, settlement })).toBe(settled);
  });

  test('stays open when it was made after SES was asked', () => {
    expect(settleRemoval(asked, { until: NOW - 1, settlement: 'confirmed' })).toBe(asked);
  });

  test('is not made anew by a bounce or an echo from before SES was asked', () => {
    const settled = {
      ...NOBODY.status,
      ses: settleRemoval(asked, { until: NOW + 9, settlement: 'confirmed' }),
    };
    const before = [echo(NOW + 9), listedFor({ key: 'reputation', bouncedAt: NOW + 9 })];
    expect(openRemoval(told(before, { ...NOBODY, status: settled }).status.ses)).toBeNull();
  });

  test('is made anew by an echo of mail sent after it, and ends anew', () => {
    const settled = settleRemoval(asked, { until: NOW, settlement: 'confirmed' });
    const { ses } = told([echo(NOW + 5)], { ...NOBODY, status: aStatus({ ses: settled }) }).status;
    expect(openRemoval(ses)).toBe(NOW + 5);
    const again = settleRemoval(ses, { until: NOW + 7, settlement: 'confirmed' });
    expect(readAccountList(again, NOW + 9).state).toBe('clear');
  });

  test('that was kept lets the mark of the list block', () => {
    const { ses } = told([echo(NOW + 5)], { ...NOBODY, status: aStatus({ ses: asked }) }).status;
    const kept = settleRemoval(ses, { until: NOW + 5, settlement: 'kept' });
    expect(readAccountList(kept, NOW + 9)).toMatchObject({ state: 'blocked', listedFor: 'bounce' });
  });
});

describe('the plan of a removal', () => {
  const soft = told([listedFor({ key: 'reputation' }, { tenants: ['t1'] })]);
  const dead = told([listedFor({ key: 'unknown_user' })]);
  const named = (account: string, { record }: AddressSnapshot) => ({ ...record, account });

  test('names every spelling and tenant once', () => {
    const other = { ...named('other', soft), spellings: ['Ada@example.com', ADDRESS] };
    expect(planRemoval({ status: soft.status, records: [soft.record, other] }, POLICY)).toEqual({
      plan: 'remove',
      requestedAt: openRemoval(soft.status.ses),
      address: ADDRESS,
      spellings: [ADDRESS, 'Ada@example.com'],
      tenants: ['t1'],
    });
  });

  test('is nothing where nothing is asked for', () => {
    expect(planRemoval({ status: dead.status, records: [dead.record] }, POLICY)).toEqual({ plan: 'nothing' });
  });

  test('cannot be made after an erasure', () => {
    const erased = { ...soft.record, address: null, spellings: [], erasedAt: NOW };
    const plan = planRemoval({ status: soft.status, records: [erased] }, POLICY);
    expect(plan).toEqual({ plan: 'unknown_spelling' });
  });

  test('keeps what one account knows dead and no other may send to', () => {
    const { status } = soft;
    expect(planRemoval({ status, records: [dead.record] }, POLICY)).toEqual({ plan: 'keep' });
    const both = [dead.record, named('other', soft)];
    expect(planRemoval({ status, records: both }, POLICY)).toMatchObject({ plan: 'remove' });
  });

  test('keeps an address that bounced for good after its unbounce, also at the next echo', () => {
    const suppressed = told([listedFor({ key: 'policy', sentAt: hoursAfter(-9) })]);
    const lifted = unbounced(suppressed, hoursAfter(-5));
    const ses = settleRemoval(lifted.status.ses, { until: hoursAfter(-5), settlement: 'confirmed' });
    const again = [listedFor({ key: 'unknown_user', sentAt: hoursAfter(-3) }), echo(hoursAfter(-2))];
    const { record, status } = told(again, { ...lifted, status: { ...lifted.status, ses } });
    expect(planRemoval({ status, records: [record] }, POLICY)).toEqual({ plan: 'keep' });
  });

  test('keeps nothing that an operator has released since', () => {
    const status = { ...soft.status, releasedAt: NOW };
    expect(planRemoval({ status, records: [dead.record] }, POLICY)).toMatchObject({ plan: 'remove' });
    const again = told([listedFor({ key: 'unknown_user', sentAt: hoursAfter(1) })]);
    expect(planRemoval({ status, records: [again.record] }, POLICY)).toEqual({ plan: 'keep' });
  });

  test('names the address that one account still knows when another has erased it', () => {
    const erased = { ...named('other', soft), address: null, spellings: [], erasedAt: NOW };
    const plan = planRemoval({ status: soft.status, records: [erased, soft.record] }, POLICY);
    expect(plan).toMatchObject({ plan: 'remove', address: ADDRESS });
  });

  test.each<{ title: string; other: Partial<AddressRecord>; plan: 'keep' | 'remove' }>([
    { title: 'heard nothing', other: {}, plan: 'keep' },
    {
      title: 'had a bounce for which SES lists nobody',
      other: { bounces: [aBounce({ key: 'throttled', permanence: 'transient', bounceType: 'Transient' })] },
      plan: 'keep',
    },
    {
      title: 'had one for which SES does, and it does not count',
      other: { bounces: [aBounce({ bounceType: null }), ...soft.record.bounces] },
      plan: 'remove',
    },
    { title: 'unbounced it', other: { facts: { ...NO_FACTS, unbouncedAt: NOW } }, plan: 'remove' },
    { title: 'got it released', other: { facts: { ...NO_FACTS, releasedAt: NOW } }, plan: 'remove' },
    {
      title: 'had its bounces corrected',
      other: { facts: { ...NO_FACTS, corrections: { policy: NOW } } },
      plan: 'remove',
    },
  ])('is to $plan what one account knows dead where another $title', ({ other, plan }) => {
    const records = [dead.record, aRecord({ account: 'other', ...other })];
    expect(planRemoval({ status: soft.status, records }, POLICY)).toMatchObject({ plan });
  });

  test('removes what is suppressed for a while only', () => {
    const strikes = [-15, -8, -1].map((day) =>
      listedFor({ key: 'dns_failure', permanence: 'transient', sentAt: daysAfter(day) }),
    );
    const { record, status } = told(strikes);
    expect(record.suppression).not.toBeNull();
    expect(planRemoval({ status, records: [record] }, POLICY)).toMatchObject({ plan: 'remove' });
  });

  test.each<{ title: string; sentAt: Instant | null; releasedAt: Instant | null; plan: 'keep' | 'remove' }>([
    { title: 'that was never released', sentAt: null, releasedAt: null, plan: 'keep' },
    { title: 'that was released since', sentAt: null, releasedAt: NOW, plan: 'remove' },
    { title: 'of mail of the moment of its release', sentAt: NOW, releasedAt: NOW, plan: 'remove' },
    { title: 'of mail sent after its release', sentAt: NOW, releasedAt: NOW - 1, plan: 'keep' },
  ])('is to $plan a dead address $title', ({ sentAt, releasedAt, plan }) => {
    const { record } = told([listedFor({ key: 'unknown_user', sentAt })]);
    const status = { ...soft.status, releasedAt };
    expect(planRemoval({ status, records: [record] }, POLICY)).toMatchObject({ plan });
  });

  test('keeps an address that died after its release, whoever had it bounce before', () => {
    const status = { ...soft.status, releasedAt: NOW };
    const { record } = told([listedFor({ key: 'unknown_user', sentAt: hoursAfter(1) })]);
    const records = [record, named('other', dead)];
    expect(planRemoval({ status, records }, POLICY)).toEqual({ plan: 'keep' });
  });

  test('keeps a global bounce', () => {
    const status = { ...soft.status, global: { declaredAt: NOW, rule: 'G1' } };
    expect(planRemoval({ status, records: [soft.record] }, POLICY)).toEqual({ plan: 'keep' });
  });
});

describe("an entry of SES's list", () => {
  const entry = { listedFor: 'bounce', listedAt: hoursAfter(-20), readAt: NOW } as const;
  const list = (ses: SesFacts, changes: Partial<Parameters<typeof applyListing>[1]> = {}) =>
    applyListing(ses, { ...entry, ...changes }, { isSimulator: false });
  const confirmed = settleRemoval(requestRemoval({}, hoursAfter(-10)), {
    until: hoursAfter(-10),
    settlement: 'confirmed',
  });

  test.each(['bounce', 'complaint'] as const)(
    'blocks for all, for a %s, and is news only once',
    (listedFor) => {
      const listed = list({}, { listedFor });
      expect(readAccountList(listed, NOW)).toEqual({ state: 'blocked', until: null, listedFor });
      expect(list(listed, { listedFor, readAt: daysAfter(1) })).toBe(listed);
    },
  );

  test('for a complaint in one Region and a bounce in another stays one for a complaint', () => {
    const complaint = list(list({}), { listedFor: 'complaint', readAt: NOW + 1 });
    expect(readAccountList(complaint, daysAfter(1)).listedFor).toBe('complaint');
    expect(list(complaint, { readAt: daysAfter(1) })).toBe(complaint);
  });

  test('that is being removed changes nothing, unless it is for a complaint', () => {
    const asked = requestRemoval({}, hoursAfter(-1));
    expect(list(asked)).toBe(asked);
    expect(readAccountList(list(asked, { listedFor: 'complaint' }), NOW).state).toBe('blocked');
  });

  test('that was to be removed and is there all the same is removed again', () => {
    expect(openRemoval(list(confirmed))).toBe(NOW);
    expect(openRemoval(list(confirmed, { listedAt: hoursAfter(-10) + HOUR_IN_MS / 4 }))).toBe(NOW);
  });

  test('that SES made after the removal blocks: some bounce that nobody told of', () => {
    const listed = list(confirmed, { listedAt: hoursAfter(-9) });
    expect(openRemoval(listed)).toBeNull();
    expect(readAccountList(listed, NOW).state).toBe('blocked');
  });

  test('blocks again where nobody could ask SES to remove it', () => {
    const unasked = settleRemoval(requestRemoval({}, hoursAfter(-10)), {
      until: hoursAfter(-10),
      settlement: 'not_asked',
    });
    expect(readAccountList(list(unasked), NOW).state).toBe('blocked');
  });

  test('that the list no longer has does not block any more, whatever older echo is told again', () => {
    const listed = list({});
    const ended = endListing(listed, daysAfter(1));
    expect(readAccountList(ended, daysAfter(1)).state).toBe('unknown');
    expect(endListing(ended, daysAfter(2))).toBe(ended);
    const replayed = told([echo(hoursAfter(-30))], { ...NOBODY, status: aStatus({ ses: ended }) });
    expect(replayed.status.ses).toBe(ended);
    expect(readAccountList(list(ended, { readAt: daysAfter(3) }), daysAfter(3)).state).toBe('blocked');
  });

  test('that was read only after the whole reading began is not ended by it', () => {
    const listed = list({});
    expect(endListing(listed, NOW)).toBe(listed);
    expect(endListing({}, NOW)).toEqual({});
  });

  test('that is being removed is not ended by a reading that no longer finds it', () => {
    const asked = requestRemoval(list({}), hoursAfter(1));
    expect(endListing(asked, daysAfter(1))).toBe(asked);
  });

  test('of the mailbox simulator ends by itself an hour after SES made it', () => {
    const listed = applyListing({}, { ...entry, listedAt: NOW }, { isSimulator: true });
    expect(readAccountList(listed, hoursAfter(1) - 1)).toMatchObject({
      state: 'blocked',
      until: hoursAfter(1),
    });
    expect(endListing(listed, NOW + 1)).toBe(listed);
  });

  test.each<{ title: string; ses: SesFacts; found: ReturnType<typeof foundSince> }>([
    { title: 'an address that is not listed', ses: {}, found: 'nothing' },
    { title: 'an entry that it found', ses: list({}), found: 'blocked' },
    { title: 'one that it found after a removal', ses: list(confirmed), found: 'asked_again' },
    {
      title: 'one that it no longer found',
      ses: endListing(list({}, { readAt: NOW - 1 }), NOW),
      found: 'ended',
    },
    { title: 'one that an earlier reading found', ses: list({}, { readAt: NOW - 1 }), found: 'nothing' },
  ])('is $found to the reading of $title', ({ ses, found }) => {
    expect(foundSince(ses, NOW)).toBe(found);
  });
});

describe(`what holds in any order (seed ${SEED})`, () => {
  const SPAN = { fromDay: -30, toDay: 0 };
  const bounces: fc.Arbitrary<AddressEvent> = fc
    .record({
      bounce: bouncesSent(SPAN),
      bounceType: fc.constantFrom('Permanent', 'Transient', null),
      tenant: fc.constantFrom('t1', 't2', null),
    })
    .map(({ bounce, bounceType, tenant }) =>
      listedFor({ ...bounce, bounceType }, tenant === null ? {} : { tenants: [tenant] }),
    );
  const softBounces = bounces.map((event) =>
    event.kind === 'bounce' ? { ...event, bounce: { ...event.bounce, key: 'reputation' as const } } : event,
  );
  const echoes = fc
    .tuple(moments(SPAN), fc.constantFrom('bounce' as const, 'bounce' as const, 'complaint' as const))
    .map(([sentAt, listedFor]) => echo(sentAt, listedFor));
  const shuffled = (events: fc.Arbitrary<AddressEvent>) =>
    fc.array(events, { maxLength: 10 }).chain((once) => {
      const twice = [...once, ...once];
      const all = { minLength: twice.length, maxLength: twice.length };
      return fc.record({ once: fc.constant(once), again: fc.shuffledSubarray(twice, all) });
    });

  test('bounces and echoes, before and after SES was asked, end as the same facts', () => {
    const history = fc.tuple(
      shuffled(fc.oneof(bounces, echoes)),
      shuffled(fc.oneof(bounces, echoes)),
      moments(SPAN),
    );
    fc.assert(
      fc.property(history, ([first, second, until]) => {
        const ends = (telling: 'once' | 'again') => {
          const { record, status } = told(first[telling]);
          const ses = settleRemoval(status.ses, { until, settlement: 'confirmed' });
          return told(second[telling], { record, status: { ...status, ses } }).status.ses;
        };
        expect(ends('again')).toEqual(ends('once'));
      }),
      RUNS,
    );
  });

  test('after an unbounce no echo blocks: the address is being taken off the list, or is off it', () => {
    const bounceEchoes = moments({ fromDay: -40, toDay: 10 }).map((sentAt) => echo(sentAt));
    const suppressed = told([
      listedFor({ key: 'policy', sentAt: daysAfter(-39), bouncedAt: daysAfter(-39) }),
    ]);
    const settlements = fc.array(moments({ fromDay: -30, toDay: 10 }), { maxLength: 3 });
    fc.assert(
      fc.property(shuffled(fc.oneof(bounceEchoes, softBounces)), settlements, ({ again }, asked) => {
        const lifted = unbounced(suppressed, daysAfter(-30));
        const { record, status } = told(again, lifted);
        const ses = asked.reduce(
          (facts, until) => settleRemoval(facts, { until, settlement: 'confirmed' }),
          status.ses,
        );
        const question = { account: ACCOUNT, now: daysAfter(11) };
        expect(verdictOf({ ...status, ses }, question)).toMatchObject(
          openRemoval(ses) === null ? { rule: 'P1' } : { rule: 'P5', layer: 'sesAccountList' },
        );
        expect(readAccountList(ses, question.now).state).not.toBe('blocked');
        expect(record.suppression).toBeNull();
      }),
      RUNS,
    );
  });

  test('no echo for a bounce is evidence: the record stays as it is', () => {
    fc.assert(
      fc.property(fc.array(echoes, { maxLength: 6 }), (events) => {
        expect(told(events).record).toBe(NOBODY.record);
      }),
      RUNS,
    );
  });
});

test('the list reads pending as long as a removal waits, with or without a mark', () => {
  const waiting = sesFacts('sesAccountList', { removal: { requestedAt: NOW, state: 'pending' } });
  expect(readAccountList(waiting, NOW)).toEqual({ state: 'pending', until: null, listedFor: null });
});
