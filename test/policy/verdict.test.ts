import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AddressStatus, type StandingMark, withRecord } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import type { SesFacts, SesLayerFacts, SesLayerMark } from '../../lib/policy/ses-layers.ts';
import { unexpired } from '../../lib/policy/standing.ts';
import type { Instant } from '../../lib/policy/time.ts';
import {
  blockingSesLayers,
  DUPLICATE,
  INVALID_ADDRESS,
  type Verdict,
  verdictOf,
} from '../../lib/policy/verdict.ts';
import { bouncesSent, RUNS, SEED } from './arbitraries.ts';
import { ACCOUNT, aBounce, afterBounces, aRecord, aStatus, daysAfter, hoursAfter, NOW } from './builders.ts';

const QUESTION = { account: ACCOUNT, now: NOW };

function verdict(status: AddressStatus | null, now: Instant = NOW): Verdict {
  return verdictOf(status, { account: ACCOUNT, now });
}

function suppressedFor(...standing: readonly StandingMark[]): AddressStatus {
  return aStatus({ suppressedBy: new Map([[ACCOUNT, standing]]) });
}

function ses(mark: Partial<SesLayerMark>): SesLayerFacts {
  const known = { sentAt: hoursAfter(-2), markedAt: hoursAfter(-1), listedFor: 'bounce' as const };
  return { mark: { ...known, until: null, ...mark }, removal: null, liftedFor: new Map(), tenants: [] };
}

const HARD: StandingMark = { key: 'policy', rule: 'B7', until: null };
const COMPLAINT: StandingMark = { key: 'complaint', rule: 'B16', until: null };
const STRIKES: StandingMark = { key: 'timeout', rule: 'B9', until: daysAfter(9) };
const GLOBAL = { declaredAt: daysAfter(-1), rule: 'G1' };
const LISTED: SesFacts = { sesAccountList: ses({}) };

describe('the verdict for what the list itself is to blame for', () => {
  test.each([
    ['P6', 'invalid_address', INVALID_ADDRESS],
    ['P7', 'duplicate', DUPLICATE],
  ])('%s: %s, for ever and for no reason of the account', (rule, code, given) => {
    expect(given).toEqual({ rule, code, layer: 'input', until: null, standing: null });
  });
});

describe('the verdict for an address', () => {
  test('P5: of two lists that end together the first names the layer', () => {
    const mark = ses({ until: daysAfter(3) });
    expect(verdict(aStatus({ ses: { sesValidation: mark, sesGlobalList: mark } }))).toMatchObject({
      rule: 'P5',
      layer: 'sesGlobalList',
      until: daysAfter(3),
    });
  });

  test('P1: an address of which nothing is known is sent to', () => {
    expect(verdict(null)).toEqual({ rule: 'P1' });
    expect(verdict(aStatus())).toEqual({ rule: 'P1' });
  });

  test('P1: a suppression by one account does not keep another from sending', () => {
    expect(verdictOf(suppressedFor(HARD), { account: 'other', now: NOW })).toEqual({ rule: 'P1' });
  });

  test('P2: a hard bounce holds without an end, and names its reason', () => {
    expect(verdict(suppressedFor(HARD), daysAfter(3650))).toEqual({
      rule: 'P2',
      code: 'hard_bounce',
      layer: 'own',
      until: null,
      standing: HARD,
    });
  });

  test('P2: a bounce of the mailbox simulator holds until its hour has passed', () => {
    const simulated: StandingMark = { key: 'unknown_user', rule: 'B18', until: hoursAfter(1) };
    expect(verdict(suppressedFor(simulated))).toMatchObject({ rule: 'P2', until: hoursAfter(1) });
    expect(verdict(suppressedFor(simulated), hoursAfter(1))).toEqual({ rule: 'P1' });
  });

  test('P3: a complaint is told as one, whatever else stands', () => {
    for (const key of ['complaint', 'shared_complaint'] as const) {
      const complaint = { ...COMPLAINT, key };
      expect(verdict(suppressedFor(HARD, STRIKES, complaint))).toEqual({
        rule: 'P3',
        code: 'complaint',
        layer: 'own',
        until: null,
        standing: complaint,
      });
    }
  });

  test('P4: a global bounce holds for every account, without an end', () => {
    const status = aStatus({ global: GLOBAL });
    for (const account of [ACCOUNT, 'other']) {
      expect(verdictOf(status, { account, now: daysAfter(3650) })).toEqual({
        rule: 'P4',
        code: 'global_bounce',
        layer: 'global',
        until: null,
        standing: null,
      });
    }
  });

  test('P5: of the lists of SES that block, the one that ends last is named', () => {
    const sesGlobalList = ses({ until: daysAfter(3) });
    const sesValidation = ses({ until: daysAfter(5) });
    const status = aStatus({ ses: { sesGlobalList, sesValidation } });
    expect(verdict(status)).toEqual({
      rule: 'P5',
      code: 'ses_suppressed',
      layer: 'sesValidation',
      until: daysAfter(5),
      standing: null,
    });
    expect(verdict(aStatus({ ses: { sesGlobalList, sesValidation, ...LISTED } }))).toMatchObject({
      layer: 'sesAccountList',
      until: null,
    });
    expect(verdict(status, daysAfter(5))).toEqual({ rule: 'P1' });
  });

  test("P5: a removal from SES's list that is pending still blocks", () => {
    const removal = { requestedAt: NOW, state: 'pending' as const };
    const status = aStatus({ ses: { sesAccountList: { ...ses({}), removal } } });
    expect(verdict(status)).toMatchObject({ rule: 'P5', layer: 'sesAccountList', until: null });
  });

  test('P8: repeated soft bounces hold until their end, and not a moment longer', () => {
    expect(verdict(suppressedFor(STRIKES), daysAfter(9) - 1)).toEqual({
      rule: 'P8',
      code: 'repeated_soft_bounces',
      layer: 'own',
      until: daysAfter(9),
      standing: STRIKES,
    });
    expect(verdict(suppressedFor(STRIKES), daysAfter(9))).toEqual({ rule: 'P1' });
  });

  test('P8: of several the block ends with the last', () => {
    const shorter: StandingMark = { key: 'mailbox_full', rule: 'B3', until: daysAfter(2) };
    expect(verdict(suppressedFor(shorter, STRIKES))).toMatchObject({
      until: daysAfter(9),
      standing: shorter,
    });
    expect(verdict(suppressedFor(shorter, STRIKES), daysAfter(2))).toMatchObject({ standing: STRIKES });
  });

  test('the first that holds decides, in the order P4, P3, P2, P8, P5, P1', () => {
    const all: AddressStatus = {
      ...suppressedFor(COMPLAINT, HARD, STRIKES),
      global: GLOBAL,
      ses: LISTED,
    };
    const steps: readonly AddressStatus[] = [
      all,
      { ...all, global: null },
      { ...suppressedFor(HARD, STRIKES), ses: LISTED },
      { ...suppressedFor(STRIKES), ses: LISTED },
      aStatus({ ses: LISTED }),
      aStatus(),
    ];
    expect(steps.map((status) => verdict(status).rule)).toEqual(['P4', 'P3', 'P2', 'P8', 'P5', 'P1']);
  });
});

describe('the lists of SES that block', () => {
  test('are each of those that block or wait for their removal, and no other', () => {
    const removal = { requestedAt: NOW, state: 'pending' as const };
    const status = aStatus({
      ses: {
        sesAccountList: { ...ses({}), removal },
        sesGlobalList: ses({ until: NOW }),
        sesValidation: ses({}),
      },
    });
    expect(blockingSesLayers(status, QUESTION).map(({ layer, state }) => [layer, state])).toEqual([
      ['sesAccountList', 'pending'],
      ['sesValidation', 'blocked'],
    ]);
  });
});

describe(`verdict and record agree (seed ${SEED})`, () => {
  const bounces: fc.Arbitrary<readonly Bounce[]> = fc.array(bouncesSent({ fromDay: -120, toDay: 2 }), {
    maxLength: 12,
  });
  const askedAt = fc.integer({ min: -130, max: 200 }).map((day) => daysAfter(day));

  test('an address is sent to exactly when no reason of its record stands', () => {
    fc.assert(
      fc.property(bounces, askedAt, (all, now) => {
        const { record, status } = afterBounces(all);
        const standing = unexpired(record.suppression?.standing ?? [], now);
        const answer = verdict(status, now);
        expect(answer.rule === 'P1').toBe(standing.length === 0);
        if (answer.rule !== 'P1') {
          const named = standing.find(({ key }) => key === answer.standing?.key);
          expect(named).toMatchObject({ rule: answer.standing?.rule, until: answer.standing?.until });
        }
      }),
      RUNS,
    );
  });

  test('a status made from the record alone gives the same verdict', () => {
    fc.assert(
      fc.property(bounces, askedAt, (all, now) => {
        const { record, status } = afterBounces(all);
        expect(verdict(withRecord(aStatus(), record), now)).toEqual(verdict(status, now));
      }),
      RUNS,
    );
  });

  test('a hard bounce is refused from the moment it is recorded', () => {
    fc.assert(
      fc.property(bounces, (all) => {
        const { status } = afterBounces([...all, aBounce({ key: 'other' })]);
        expect(['P2', 'P3']).toContain(verdict(status).rule);
        expect(verdict(withRecord(status, aRecord())).rule).toBe('P1');
      }),
      RUNS,
    );
  });
});
