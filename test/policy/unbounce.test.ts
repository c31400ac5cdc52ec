import { describe, expect, test } from '@jest/globals';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { type Refusal, UNBOUNCE_RULES, type UnbounceRule } from '../../lib/policy/refusal.ts';
import type { SesFacts, SesLayerFacts, SesLayerMark } from '../../lib/policy/ses-layers.ts';
import type { Instant } from '../../lib/policy/time.ts';
import {
  decideUnbounce,
  explainUnbounce,
  type UnbounceDecision,
  type UnbounceRequest,
  type UnbounceSnapshot,
} from '../../lib/policy/unbounce.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import {
  ACCOUNT,
  ADDRESS,
  aBounce,
  afterBounces,
  afterGrant,
  anAccount,
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
import { REFUSAL_CODES } from './rule-codes.ts';

const CONTEXT = { policy: POLICY, receivedAt: NOW, now: NOW, asksSes: false };
const ASKING = { ...CONTEXT, asksSes: true };

function decide(
  snapshot: UnbounceSnapshot = aSnapshot(),
  request: Partial<UnbounceRequest> = {},
): UnbounceDecision {
  return decideUnbounce(aRequest(request), snapshot, CONTEXT);
}

function refusalsOf(decision: UnbounceDecision): readonly Refusal[] {
  return decision.outcome === 'refused' ? decision.refusals : [];
}

function rulesOf(decision: UnbounceDecision): string[] {
  return refusalsOf(decision).map(({ rule }) => rule);
}

/** What only SES's lists block. */
function listed(ses: SesFacts): UnbounceSnapshot {
  return aSnapshot({ record: aRecord(), status: aStatus({ ses }) });
}

function layer(mark: Partial<SesLayerMark> = {}): SesLayerFacts {
  const known = {
    sentAt: hoursAfter(-2),
    markedAt: hoursAfter(-1),
    listedFor: 'bounce' as const,
    until: null,
  };
  return { mark: { ...known, ...mark }, removal: null, liftedFor: new Map(), tenants: [] };
}

/** A granted unbounce as it is read back, and these bounces after it. */
function lifted(bounces: readonly Bounce[] = [], request: Partial<UnbounceRequest> = {}): UnbounceSnapshot {
  const snapshot = aSnapshot();
  const after = afterGrant(snapshot, granted(decide(snapshot, request)));
  return { ...after, ...afterBounces(bounces, { now: hoursAfter(2) }, after) };
}

/** The snapshot with repeated soft bounces that end at this moment. */
function suppressedUntil(snapshot: UnbounceSnapshot, until: Instant): UnbounceSnapshot {
  const suppressedBy = new Map([[ACCOUNT, [{ key: 'timeout' as const, rule: 'B9', until }]]]);
  return { ...snapshot, status: { ...snapshot.status, suppressedBy } };
}

const GLOBAL = { declaredAt: daysAfter(-1), rule: 'G1' };
const SENT_LATER = aBounce({ sentAt: hoursAfter(1) });

describe('the conditions of an unbounce', () => {
  test('with all of them an unbounce is granted', () => {
    expect(decide().outcome).toBe('granted');
  });

  test.each<{
    title: string;
    rule: UnbounceRule;
    snapshot: UnbounceSnapshot;
    request?: Partial<UnbounceRequest>;
  }>([
    {
      title: 'U1: without the confirmation that the address is valid it is refused',
      rule: 'U1',
      snapshot: aSnapshot(),
      request: { isConfirmed: false },
    },
    {
      title: 'U2: an address that nothing blocks is refused',
      rule: 'U2',
      snapshot: aSnapshot({ record: aRecord(), status: aStatus() }),
    },
    {
      title: 'U2: an address that only another account suppresses is refused',
      rule: 'U2',
      snapshot: aSnapshot({
        account: anAccount({ id: 'other' }),
        record: { ...aRecord(), account: 'other' },
      }),
    },
    {
      title: 'U3: a reason that is never unbounced is refused',
      rule: 'U3',
      snapshot: aSnapshot(afterBounces([aBounce({ key: 'unknown_user' })])),
    },
    {
      title: 'U3: one reason that is never unbounced is enough, though a later one may be',
      rule: 'U3',
      snapshot: aSnapshot(
        afterBounces([aBounce({ key: 'unknown_user', sentAt: daysAfter(-9) }), aBounce({ key: 'spam' })]),
      ),
    },
    {
      title: 'U3: what SES listed for a complaint is refused',
      rule: 'U3',
      snapshot: listed({ sesAccountList: layer({ listedFor: 'complaint' }) }),
    },
    {
      title: "U3: SES's own global list is refused, since it ends by itself",
      rule: 'U3',
      snapshot: listed({ sesGlobalList: layer({ until: daysAfter(3) }) }),
    },
    {
      title: "U3: SES's own global list is refused together with what may be unbounced",
      rule: 'U3',
      snapshot: aSnapshot({
        status: { ...aSnapshot().status, ses: { sesGlobalList: layer(), sesValidation: layer() } },
      }),
    },
    {
      title: 'U4: a global bounce is refused, since only the operator can lift it',
      rule: 'U4',
      snapshot: aSnapshot({ status: { ...aSnapshot().status, global: GLOBAL } }),
    },
    {
      title: 'U4: a global bounce is refused where the account itself suppresses nothing',
      rule: 'U4',
      snapshot: aSnapshot({ record: aRecord(), status: aStatus({ global: GLOBAL }) }),
    },
    {
      title: 'U5: an address that was unbounced before is refused when it bounces again',
      rule: 'U5',
      snapshot: lifted([SENT_LATER]),
    },
    {
      title: 'U6: the eleventh unbounce of the month is refused and says when the month ends',
      rule: 'U6',
      snapshot: aSnapshot({ used: 10 }),
    },
    {
      title: 'U6: contacts lowered below what is used only block',
      rule: 'U6',
      snapshot: aSnapshot({ account: anAccount({ contacts: 600 }), used: 20 }),
    },
    {
      title: 'U7: an account without a verified sending identity is refused',
      rule: 'U7',
      snapshot: aSnapshot({ account: anAccount({ sendingIdentities: [] }) }),
    },
    {
      title: 'U8: a request that names a further address is refused',
      rule: 'U8',
      snapshot: aSnapshot(),
      request: { namesOneAddress: false },
    },
  ])('$title', ({ rule, snapshot, request }) => {
    const refusals = refusalsOf(decide(snapshot, request));
    expect(refusals).toMatchObject([{ rule, code: REFUSAL_CODES[rule] }]);
    expect(refusals[0]?.message).toMatch(/^[A-Z].+\.$/);
  });

  test('U6: the refusal names the first moment of the next month', () => {
    const [refusal] = refusalsOf(decide(aSnapshot({ used: 10 })));
    expect(refusal?.resetsAt).toBe(Date.parse('2026-12-01T00:00:00Z'));
    expect(refusal?.message).toContain('2026-12-01');
  });

  test('U6: the tenth unbounce of the month is granted, and raised contacts grant the eleventh', () => {
    expect(decide(aSnapshot({ used: 9 })).outcome).toBe('granted');
    expect(decide(aSnapshot({ account: anAccount({ contacts: 550 }), used: 10 })).outcome).toBe('granted');
  });

  test('U7: an identity that nobody could check counts', () => {
    const sendingIdentities = [
      { name: 'acme.example', verification: 'not_checked' as const, checkedAt: NOW },
    ];
    expect(decide(aSnapshot({ account: anAccount({ sendingIdentities }) })).outcome).toBe('granted');
  });

  test('the first that fails comes first, and every one that fails is listed', () => {
    const status: AddressStatus = { ...lifted([SENT_LATER]).status, global: GLOBAL };
    const worst: UnbounceSnapshot = {
      account: anAccount({ sendingIdentities: [] }),
      record: lifted([SENT_LATER]).record,
      status: { ...status, ses: { sesGlobalList: layer() } },
      used: 10,
    };
    const request = { namesOneAddress: false, isConfirmed: false };
    expect(rulesOf(decide(worst, request))).toEqual(['U8', 'U1', 'U4', 'U3', 'U5', 'U7', 'U6']);
    expect(UNBOUNCE_RULES).toEqual(['U8', 'U1', 'U2', 'U4', 'U3', 'U5', 'U7', 'U6']);
  });

  test('a reason that a later policy never lets go counts, wherever it stands', () => {
    const snapshot = aSnapshot(
      afterBounces([aBounce({ key: 'spam', sentAt: daysAfter(-3) }), aBounce({ key: 'policy' })]),
    );
    const policy = loadPolicy([{ reason: 'spam', unbounce: 'never' }]);
    expect(rulesOf(decideUnbounce(aRequest(), snapshot, { ...CONTEXT, policy }))).toEqual(['U3']);
  });

  test('what a later policy would not suppress at all may be lifted', () => {
    const policy = loadPolicy([{ reason: 'policy', permanent: 'soft', unbounce: 'nothing_to_lift' }]);
    expect(decideUnbounce(aRequest(), aSnapshot(), { ...CONTEXT, policy }).outcome).toBe('granted');
  });

  test('U3: a reason that is never unbounced does not count any more when it has ended by itself', () => {
    const strikes = [-120, -110, -100].map((day) =>
      aBounce({ key: 'mailbox_full', permanence: 'transient', sentAt: daysAfter(day) }),
    );
    const hard = aBounce({ sentAt: daysAfter(-95) });
    const snapshot = aSnapshot(afterBounces([...strikes, hard], { now: daysAfter(-95) }));
    expect(snapshot.record.suppression?.standing.map(({ key }) => key)).toEqual(['mailbox_full', 'policy']);
    expect(granted(decide(snapshot)).unbounce.lifted).toEqual({ reason: 'policy', rule: 'B7' });
  });

  test('B18: an unbounce of the mailbox simulator does not bring back a complaint that has ended', () => {
    const address = 'complaint@simulator.amazonses.com';
    const complaint = aBounce({ key: 'complaint', bouncedAt: hoursAfter(-2) });
    const snapshot = aSnapshot(afterBounces([complaint, aBounce({ bouncedAt: NOW })], { address }));
    const { status } = granted(decide(snapshot));
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
  });

  test('a reason that has ended by itself is nothing to lift', () => {
    const strikes = [-50, -43, -36].map((day) =>
      aBounce({ key: 'dns_failure', permanence: 'transient', sentAt: daysAfter(day) }),
    );
    const ended = aSnapshot(afterBounces(strikes, { now: daysAfter(-35) }));
    expect(rulesOf(decide(ended))).toEqual(['U2']);
  });
});

describe('the dry run', () => {
  test('takes one address and its confirmation as given', () => {
    expect(explainUnbounce(aSnapshot(), CONTEXT)).toEqual([]);
  });

  test('lists U2 for an address that is not suppressed, beside what the account lacks', () => {
    const clean = aSnapshot({
      account: anAccount({ sendingIdentities: [] }),
      record: aRecord(),
      status: aStatus(),
      used: 10,
    });
    expect(explainUnbounce(clean, CONTEXT).map(({ rule }) => rule)).toEqual(['U2', 'U7', 'U6']);
  });

  test('lists U2 and U5 for an address that was unbounced and is clean since', () => {
    expect(explainUnbounce(lifted(), CONTEXT).map(({ rule }) => rule)).toEqual(['U2', 'U5']);
  });
});

describe('a granted unbounce', () => {
  test('says who lifted what, when and on which evidence', () => {
    const { unbounce } = granted(decide(aSnapshot(), { idempotencyKey: 'k1' }));
    expect(unbounce).toEqual({
      unbouncedAt: NOW,
      month: '2026-11',
      by: 'anna',
      evidence: aRequest().evidence,
      idempotencyKey: 'k1',
      lifted: { reason: 'policy', rule: 'B7' },
    });
  });

  test('ends the suppression in record and status, and keeps address and evidence', () => {
    const snapshot = aSnapshot();
    const { record, status } = granted(decide(snapshot));
    expect(record.after).toMatchObject({ suppression: null, facts: { hard: {}, unbouncedAt: NOW } });
    expect(record.after.bounces).toEqual(snapshot.record.bounces);
    expect(record.after.address).toBe(snapshot.record.address);
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
    expect({ record: record.before, status: status.before }).toEqual({
      record: snapshot.record,
      status: snapshot.status,
    });
  });

  test('leaves other accounts alone', () => {
    const other = afterBounces(
      [aBounce()],
      {},
      { record: { ...aRecord(), account: 'other' }, status: aStatus() },
    );
    const { status } = granted(
      decide(aSnapshot(afterBounces([aBounce()], {}, { ...other, record: aRecord() }))),
    );
    expect([...status.after.suppressedBy.keys()]).toEqual(['other']);
  });

  test('names every guard that it relied on, with what was read', () => {
    const { record, status } = aSnapshot();
    const snapshot = aSnapshot({ record: { ...record, version: 7 }, status: { ...status, version: 9 } });
    expect(granted(decide(snapshot)).guards).toEqual([
      { guard: 'quota_left', month: '2026-11', limit: 10 },
      { guard: 'ledger_row_absent' },
      { guard: 'record_as_read', version: 7 },
      { guard: 'never_unbounced' },
      { guard: 'status_as_read', version: 9 },
      { guard: 'not_global' },
      { guard: 'account_as_read', version: 3 },
    ]);
  });

  test("removes the account's own reports that the address is dead, and no other's", () => {
    const policy = loadPolicy([{ reason: 'mailbox_full', unbounce: 'yes' }]);
    const full = aBounce({ key: 'mailbox_full' });
    const others = new Map([['other', ['2026-11-20']]]);
    const seen = { record: aRecord(), status: aStatus({ deadReports: others }) };
    const snapshot = aSnapshot(afterBounces([full], { policy }, seen));
    const { status } = granted(decideUnbounce(aRequest(), snapshot, { ...CONTEXT, policy }));
    expect(status.before.deadReports.size).toBe(2);
    expect(status.after.deadReports).toEqual(others);
  });
});

describe('an address that only a list of SES blocks', () => {
  test('U3: what SES listed for a bounce is lifted for all: pending until SES has done it', () => {
    const snapshot = listed({ sesAccountList: layer() });
    const { record, status, unbounce } = granted(decideUnbounce(aRequest(), snapshot, ASKING));
    expect(unbounce.lifted).toBeNull();
    expect(record.after).toMatchObject({ version: 0, unbounce, suppression: null });
    for (const account of [ACCOUNT, 'other']) {
      expect(verdictOf(status.after, { account, now: NOW })).toMatchObject({ rule: 'P5' });
    }
    expect(status.after.ses.sesAccountList?.removal).toEqual({ requestedAt: NOW, state: 'pending' });
  });

  test('an address that only a layer blocks is known by name after its unbounce', () => {
    const address = { address: ADDRESS, spellings: ['Ada@Example.com'] };
    const { record } = granted(decide(listed({ sesAccountList: layer() }), { address }));
    expect(record.after).toMatchObject({ ...address, suppression: null });
  });

  test('U2: a removal that SES is asked for already is nothing to lift', () => {
    const removal = { requestedAt: NOW, state: 'pending' } as const;
    const decision = decide(listed({ sesAccountList: { ...layer({ sentAt: daysAfter(-1) }), removal } }));
    expect(decision).toMatchObject({
      outcome: 'refused',
      refusals: [{ rule: 'U2', message: expect.stringContaining('Wait until that is done.') }],
    });
  });

  test('where no SES is asked the list is lifted at once, and what is known of it stays', () => {
    const sesAccountList = { ...layer(), tenants: ['bolt'] };
    const { status } = granted(decide(listed({ sesAccountList })));
    const removal = { requestedAt: NOW, state: 'not_asked' };
    expect(status.after.ses).toEqual({ sesAccountList: { ...sesAccountList, removal } });
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
  });

  test.each([
    ['with its end', hoursAfter(5), ' It ends by itself at 2026-11-23T17:00:00.000Z.'],
    ['without one', null, ''],
  ])("U3: SES's global list is named %s", (_, until, end) => {
    const [refusal] = refusalsOf(decide(listed({ sesGlobalList: layer({ until }) })));
    expect(refusal).toMatchObject({
      rule: 'U3',
      message: `SES's own global list blocks the address; no account can lift that.${end}`,
    });
  });

  test('U2: where nothing blocks there is nothing to lift', () => {
    const [refusal] = refusalsOf(decide(listed({})));
    expect(refusal).toMatchObject({
      rule: 'U2',
      message: 'Nothing keeps this account from sending to the address, so there is nothing to lift.',
    });
  });

  test('lists that do not block are left as they are', () => {
    const removal = { requestedAt: NOW, state: 'confirmed' } as const;
    const sesAccountList = { ...layer({ sentAt: daysAfter(-2) }), removal };
    const ses = { sesAccountList, sesValidation: layer({ until: hoursAfter(-1) }) };
    const snapshot = aSnapshot({ status: { ...aSnapshot().status, ses } });
    expect(granted(decide(snapshot)).status.after.ses).toEqual(ses);
    expect(granted(decide()).status.after.ses).toEqual({});
  });

  test('SES is asked though it has not said that it lists the address, since it lists every permanent bounce', () => {
    const { status } = granted(decideUnbounce(aRequest(), aSnapshot(), ASKING));
    expect(status.after.ses.sesAccountList).toMatchObject({
      mark: null,
      removal: { requestedAt: NOW, state: 'pending' },
    });
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toMatchObject({ rule: 'P5' });
  });

  test('B18: of the mailbox simulator SES is not asked, which it never lists', () => {
    const address = 'bounce@simulator.amazonses.com';
    const snapshot = aSnapshot(afterBounces([aBounce({ bouncedAt: NOW })], { address }));
    const { status } = granted(decideUnbounce(aRequest(), snapshot, ASKING));
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
  });

  test('U3: a failed validation is lifted for this account alone', () => {
    const { status } = granted(decide(listed({ sesValidation: layer({ until: daysAfter(20) }) })));
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
    expect(verdictOf(status.after, { account: 'other', now: NOW })).toMatchObject({ rule: 'P5' });
  });

  test('a failed validation stays lifted for the accounts that had it lifted before', () => {
    const liftedFor = new Map([['other', hoursAfter(-1)]]);
    const sesValidation = { ...layer({ until: daysAfter(20) }), liftedFor };
    const { status } = granted(decide(listed({ sesValidation })));
    expect(status.after.ses).toEqual({
      sesValidation: { ...sesValidation, liftedFor: new Map([...liftedFor, [ACCOUNT, NOW]]) },
    });
    expect(verdictOf(status.after, { account: 'other', now: NOW })).toEqual({ rule: 'P1' });
  });

  test("the account's own suppression and both lists are lifted in one", () => {
    const ses = { sesAccountList: layer(), sesValidation: layer({ until: daysAfter(20) }) };
    const snapshot = aSnapshot({ status: { ...aSnapshot().status, ses } });
    const { status } = granted(decide(snapshot));
    expect(verdictOf(status.after, { account: ACCOUNT, now: NOW })).toEqual({ rule: 'P1' });
  });
});

describe('repeating a granted unbounce', () => {
  const keyed = { idempotencyKey: 'k1' };
  const inFlight = aBounce({ sentAt: hoursAfter(-1), feedbackId: 'in-flight' });
  const complaint = aBounce({ key: 'complaint', sentAt: hoursAfter(-1) });
  const pending = { requestedAt: NOW, state: 'pending' as const };

  test.each<{
    title: string;
    snapshot: UnbounceSnapshot;
    request?: Partial<UnbounceRequest>;
    outcome: 'repeated' | readonly UnbounceRule[];
  }>([
    {
      title: 'while the address is clean is answered with the grant',
      snapshot: lifted(),
      outcome: 'repeated',
    },
    {
      title: 'after mail in flight has bounced is answered with the grant',
      snapshot: lifted([inFlight]),
      outcome: 'repeated',
    },
    {
      title: 'with another key while the address is clean is answered with the grant',
      snapshot: lifted([], keyed),
      request: { idempotencyKey: 'k2' },
      outcome: 'repeated',
    },
    {
      title: 'without the confirmation is refused',
      snapshot: lifted(),
      request: { isConfirmed: false },
      outcome: ['U1', 'U2', 'U5'],
    },
    {
      title: 'for further addresses is refused',
      snapshot: lifted([], keyed),
      request: { ...keyed, namesOneAddress: false },
      outcome: ['U8', 'U2', 'U5'],
    },
    {
      title: 'after a later suppression has ended by itself is answered with the grant',
      snapshot: suppressedUntil(lifted(), hoursAfter(2)),
      outcome: 'repeated',
    },
    {
      title: 'before a later suppression has ended by itself is refused',
      snapshot: suppressedUntil(lifted(), hoursAfter(3)),
      outcome: ['U5'],
    },
    { title: 'after a later bounce is refused', snapshot: lifted([SENT_LATER]), outcome: ['U5'] },
    {
      title: 'after a later bounce with the key of the grant is answered with the grant',
      snapshot: lifted([SENT_LATER], keyed),
      request: keyed,
      outcome: 'repeated',
    },
    {
      title: 'after a later bounce with another key is refused',
      snapshot: lifted([SENT_LATER], keyed),
      request: { idempotencyKey: 'k2' },
      outcome: ['U5'],
    },
    {
      title: 'after a complaint about mail in flight is refused',
      snapshot: lifted([complaint]),
      outcome: ['U3', 'U5'],
    },
    {
      title: 'while SES has not yet removed the address is answered with the grant',
      snapshot: {
        ...lifted(),
        status: { ...lifted().status, ses: { sesAccountList: { ...layer(), removal: pending } } },
      },
      outcome: 'repeated',
    },
    {
      title: 'when the quota is used up is answered with the grant',
      snapshot: { ...lifted(), used: 10 },
      outcome: 'repeated',
    },
  ])('$title', ({ snapshot, request, outcome }) => {
    const decision = decideUnbounce(aRequest(request), snapshot, { ...CONTEXT, now: hoursAfter(2) });
    if (outcome === 'repeated') {
      expect(decision).toEqual({ outcome, unbounce: snapshot.record.unbounce });
    } else {
      expect(rulesOf(decision)).toEqual(outcome);
    }
  });
});
