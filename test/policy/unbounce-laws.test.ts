import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Verification } from '../../lib/policy/account.ts';
import type { SesLayer, SesMark } from '../../lib/policy/layer.ts';
import { requestRefusals } from '../../lib/policy/refusal.ts';
import { addMark, type SesFacts } from '../../lib/policy/ses-layers.ts';
import {
  decideUnbounce,
  explainUnbounce,
  type UnbounceContext,
  type UnbounceRequest,
  type UnbounceSnapshot,
} from '../../lib/policy/unbounce.ts';
import { blockingSesLayers, verdictOf } from '../../lib/policy/verdict.ts';
import { bouncesSent, moments, RUNS, SEED } from './arbitraries.ts';
import { ACCOUNT, aBounce, afterBounces, afterGrant, anAccount, aRequest, NOW, POLICY } from './builders.ts';

const RECENT = { fromDay: -60, toDay: 1 };

const bounces = fc.oneof(
  bouncesSent(RECENT),
  fc
    .tuple(fc.constantFrom('policy' as const, 'spam' as const, 'shared_complaint' as const), moments(RECENT))
    .map(([key, sentAt]) => aBounce({ key, sentAt })),
);

const marks: fc.Arbitrary<SesMark> = fc.record({
  layer: fc.constantFrom<SesLayer[]>('sesAccountList', 'sesGlobalList', 'sesValidation'),
  sentAt: fc.option(moments(RECENT), { freq: 9 }),
  markedAt: moments(RECENT),
  listedFor: fc.constantFrom('bounce' as const, 'bounce' as const, 'complaint' as const),
});

const accounts = fc
  .tuple(fc.constantFrom<Verification | null>('verified', 'not_checked', 'unverified', null), fc.nat(800))
  .map(([verification, contacts]) =>
    anAccount({
      contacts,
      sendingIdentities:
        verification === null ? [] : [{ name: 'acme.example', verification, checkedAt: NOW }],
    }),
  );

const snapshots: fc.Arbitrary<UnbounceSnapshot> = fc
  .record({
    bounces: fc.oneof(fc.array(bounces, { maxLength: 4 }), fc.constant([aBounce()])),
    marks: fc.array(marks, { maxLength: 2 }),
    isGlobal: fc.constantFrom(false, false, false, true),
    account: accounts,
    used: fc.nat(12),
  })
  .map(({ account, used, isGlobal, ...told }) => {
    const { record, status } = afterBounces(told.bounces);
    const ses = told.marks.reduce<SesFacts>((all, mark) => addMark(all, mark, { isSimulator: false }), {});
    const global = isGlobal ? { declaredAt: NOW, rule: 'G1' } : null;
    return { account, record, status: { ...status, ses, global }, used };
  });

const requests: fc.Arbitrary<UnbounceRequest> = fc
  .record({
    namesOneAddress: fc.constantFrom(true, true, true, false),
    isConfirmed: fc.constantFrom(true, true, true, false),
    idempotencyKey: fc.constantFrom('k1', 'k2', null),
  })
  .map(aRequest);

const contexts: fc.Arbitrary<UnbounceContext> = fc
  .boolean()
  .map((asksSes) => ({ policy: POLICY, receivedAt: NOW, now: NOW, asksSes }));

describe(`the laws of the unbounce (seed ${SEED})`, () => {
  test('it is granted exactly when the dry run and the request leave nothing to refuse', () => {
    const outcomes = { granted: 0, refused: 0 };
    fc.assert(
      fc.property(requests, snapshots, contexts, (request, snapshot, context) => {
        const refusals = [...requestRefusals(request), ...explainUnbounce(snapshot, context)];
        const decision = decideUnbounce(request, snapshot, context);
        if (decision.outcome === 'refused') {
          outcomes.refused++;
          expect(decision.refusals).toEqual(refusals);
        } else {
          outcomes.granted++;
          expect(decision.outcome).toBe('granted');
          expect(refusals).toEqual([]);
        }
      }),
      RUNS,
    );
    expect(Math.min(outcomes.granted, outcomes.refused)).toBeGreaterThan(20);
  });

  test('it names all seven guards, with the versions, month and limit as read', () => {
    fc.assert(
      fc.property(snapshots, contexts, (snapshot, context) => {
        const decision = decideUnbounce(aRequest(), snapshot, context);
        fc.pre(decision.outcome === 'granted');
        expect(decision.guards).toEqual([
          { guard: 'quota_left', month: '2026-11', limit: expect.any(Number) },
          { guard: 'ledger_row_absent' },
          { guard: 'record_as_read', version: snapshot.record.version },
          { guard: 'never_unbounced' },
          { guard: 'status_as_read', version: snapshot.status.version },
          { guard: 'not_global' },
          { guard: 'account_as_read', version: snapshot.account.version },
        ]);
      }),
      RUNS,
    );
  });

  test('after it the address is sent to, once SES, where there is one, has taken it off its list', () => {
    fc.assert(
      fc.property(snapshots, contexts, (snapshot, context) => {
        const decision = decideUnbounce(aRequest(), snapshot, context);
        fc.pre(decision.outcome === 'granted');
        const question = { account: ACCOUNT, now: NOW };
        const waiting = blockingSesLayers(decision.status.after, question).map(({ state }) => state);
        expect(waiting).toEqual(context.asksSes ? ['pending'] : []);
        expect(verdictOf(decision.status.after, question).rule).toBe(waiting.length > 0 ? 'P5' : 'P1');
      }),
      RUNS,
    );
  });

  test('none is ever granted twice for one address', () => {
    const later = fc.array(bouncesSent({ fromDay: 0, toDay: 30 }), { maxLength: 4 });
    fc.assert(
      fc.property(snapshots, contexts, later, requests, (snapshot, context, bouncesSince, request) => {
        const decision = decideUnbounce(aRequest(), snapshot, context);
        fc.pre(decision.outcome === 'granted');
        const read = afterGrant(snapshot, decision);
        expect(decideUnbounce(aRequest(), read, context)).toEqual({
          outcome: 'repeated',
          unbounce: decision.unbounce,
        });
        const since = { ...read, ...afterBounces(bouncesSince, {}, read), used: 0 };
        expect(decideUnbounce(request, since, context).outcome).not.toBe('granted');
      }),
      RUNS,
    );
  });
});
