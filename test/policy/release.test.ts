import { describe, expect, test } from '@jest/globals';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { decideRelease, type ReleaseRequest, type WholeAddress } from '../../lib/policy/release.ts';
import { decideUnbounce } from '../../lib/policy/unbounce.ts';
import { verdictOf } from '../../lib/policy/verdict.ts';
import {
  ADDRESS,
  aBounce,
  afterBounces,
  anAccount,
  aRecord,
  aRequest,
  aStatus,
  hoursAfter,
  NOW,
  POLICY,
} from './builders.ts';

const CONTEXT = { now: NOW, asksSes: false };
const DEAD = aBounce({ key: 'unknown_user' });
const CERTAIN_COMPLAINT = aBounce({ key: 'complaint' });

function aReleaseRequest(changes: Partial<ReleaseRequest> = {}): ReleaseRequest {
  return { address: null, account: null, by: 'olga', reason: 'The mailbox is alive.', ...changes };
}

/** The address after one bounce in each of these accounts, one after the other. */
function bouncedIn(accounts: readonly string[], bounce = DEAD): WholeAddress {
  let status = aStatus();
  const records = accounts.map((account) => {
    const seen = afterBounces([bounce], {}, { record: { ...aRecord(), account }, status });
    status = seen.status;
    return { ...seen.record, version: 1 };
  });
  return { records, status: { ...status, version: accounts.length } };
}

/** What is read after a release was written. */
function afterRelease({ records }: WholeAddress, decided: ReturnType<typeof decideRelease>): WholeAddress {
  const { record, status } = decided;
  const others = records.filter((one) => one.account !== record?.after.account);
  return { status: status.after, records: record === null ? others : [...others, record.after] };
}

function verdictIn(account: string, status: AddressStatus): string {
  return verdictOf(status, { account, now: hoursAfter(1) }).rule;
}

const GLOBAL = bouncedIn(['a', 'b', 'c']);

describe('a release', () => {
  test('ends the global bounce for accounts that never mailed, and leaves the others their own', () => {
    expect(GLOBAL.status.global).not.toBeNull();
    const { status } = decideRelease(aReleaseRequest(), GLOBAL, CONTEXT);
    expect(status.after).toMatchObject({ global: null, releasedAt: NOW });
    expect(['a', 'b', 'c', 'd'].map((account) => verdictIn(account, status.after))).toEqual([
      'P2',
      'P2',
      'P2',
      'P1',
    ]);
  });

  test('gives the status back what stands, as it would be had there been no global bounce', () => {
    const off = { ...POLICY, globalBounces: { accounts: 0, windowInDays: 60 } };
    let without = aStatus();
    for (const account of ['a', 'b', 'c']) {
      const seen = { record: { ...aRecord(), account }, status: without };
      without = afterBounces([DEAD], { policy: off }, seen).status;
    }
    const { status } = decideRelease(aReleaseRequest(), GLOBAL, CONTEXT);
    expect(status.after.suppressedBy).toEqual(without.suppressedBy);
  });

  test("ends the named account's own suppression as well, and names the guards of both items", () => {
    const decided = decideRelease(aReleaseRequest({ account: 'b' }), GLOBAL, CONTEXT);
    expect(decided.record?.after).toMatchObject({
      account: 'b',
      suppression: null,
      facts: { releasedAt: NOW },
    });
    expect(['a', 'b'].map((account) => verdictIn(account, decided.status.after))).toEqual(['P2', 'P1']);
    expect(decided.guards).toEqual([
      { guard: 'status_as_read', version: 3 },
      { guard: 'record_as_read', version: 1 },
    ]);
    expect(decideRelease(aReleaseRequest(), GLOBAL, CONTEXT)).toMatchObject({
      record: null,
      guards: [{ guard: 'status_as_read', version: 3 }],
    });
  });

  test.each([
    { title: 'a report of mail sent before it', sentAt: hoursAfter(-1), rule: 'P1' },
    { title: 'a report of mail sent in its very moment', sentAt: NOW, rule: 'P1' },
    { title: 'a report that does not say when its mail was sent', sentAt: null, rule: 'P1' },
    { title: 'a report of mail sent after it', sentAt: NOW + 1, rule: 'P4' },
  ])('and then three times $title: $rule', ({ sentAt, rule }) => {
    const { status } = decideRelease(aReleaseRequest(), GLOBAL, CONTEXT);
    const later = ['d', 'e', 'f'].reduce((before, account) => {
      const bounce = aBounce({ key: 'unknown_user', sentAt, bouncedAt: hoursAfter(1) });
      const seen = { record: { ...aRecord(), account }, status: before };
      return afterBounces([bounce], { now: hoursAfter(1) }, seen).status;
    }, status.after);
    expect(verdictIn('nobody', later)).toBe(rule);
  });

  test.each([ADDRESS, 'bounce@simulator.amazonses.com'])(
    'leaves nothing standing of %s, also of mail that a clock ahead says was sent since',
    (address) => {
      const ahead = aBounce({ key: 'unknown_user', sentAt: hoursAfter(1) });
      const seen = afterBounces(
        [ahead],
        { address },
        { record: aRecord({ account: 'a' }), status: aStatus() },
      );
      expect(seen.record.suppression).not.toBeNull();
      const whole = { status: seen.status, records: [seen.record] };
      const { record, status } = decideRelease(aReleaseRequest({ account: 'a' }), whole, CONTEXT);
      expect(record?.after.suppression).toBeNull();
      expect(status.after.suppressedBy.size).toBe(0);
    },
  );

  test('covers a certain complaint of the named account, which an unbounce does not', () => {
    const complained = bouncedIn(['a'], CERTAIN_COMPLAINT);
    const decided = decideRelease(aReleaseRequest({ account: 'a' }), complained, CONTEXT);
    expect(verdictIn('a', decided.status.after)).toBe('P1');
    const [record = aRecord()] = afterRelease(complained, decided).records;
    const replayed = afterBounces([CERTAIN_COMPLAINT], {}, { record, status: decided.status.after });
    expect(verdictIn('a', replayed.status)).toBe('P1');
  });

  test('leaves the account its one unbounce', () => {
    const released = afterRelease(GLOBAL, decideRelease(aReleaseRequest({ account: 'a' }), GLOBAL, CONTEXT));
    const record = released.records.find(({ account }) => account === 'a') ?? aRecord();
    expect(record.unbounce).toBeNull();
    const policyBounce = aBounce({ sentAt: hoursAfter(1) });
    const again = afterBounces([policyBounce], { now: hoursAfter(2) }, { record, status: released.status });
    const snapshot = { account: anAccount({ id: 'a' }), ...again, used: 0 };
    const context = { policy: POLICY, receivedAt: hoursAfter(2), now: hoursAfter(2), asksSes: false };
    expect(decideUnbounce(aRequest(), snapshot, context).outcome).toBe('granted');
  });

  test('is written where nothing blocks as well, so that reports in flight stay void', () => {
    const { status, record } = decideRelease(
      aReleaseRequest({ account: 'a' }),
      { status: aStatus(), records: [] },
      CONTEXT,
    );
    expect(status.after).toEqual(aStatus({ releasedAt: NOW }));
    expect(record).toMatchObject({
      before: { version: 0 },
      after: { account: 'a', facts: { releasedAt: NOW } },
    });
  });

  test('asks SES to take the address off its list, where there is one to ask', () => {
    const sesOf = (asksSes: boolean) =>
      decideRelease(aReleaseRequest(), GLOBAL, { ...CONTEXT, asksSes }).status.after.ses;
    expect(sesOf(false)).toEqual({});
    expect(sesOf(true).sesAccountList?.removal).toEqual({ requestedAt: NOW, state: 'pending' });
  });

  test('removes the reports of an address that is not declared yet', () => {
    const { status } = decideRelease(aReleaseRequest(), bouncedIn(['a', 'b']), CONTEXT);
    expect(status.before.deadReports.size).toBe(2);
    expect(status.after.deadReports.size).toBe(0);
  });

  test('is always later than the one before it, whatever the clock says', () => {
    const status = aStatus({ releasedAt: NOW });
    const { release } = decideRelease(aReleaseRequest(), { status, records: [] }, CONTEXT);
    expect(release.releasedAt).toBe(NOW + 1);
  });

  test('says whose item it creates, unless the person was erased', () => {
    const address = { address: ADDRESS, spellings: [ADDRESS] };
    const request = aReleaseRequest({ account: 'a', address });
    const created = decideRelease(request, { status: aStatus(), records: [] }, CONTEXT);
    expect(created.record?.after).toMatchObject(address);
    const erased = decideRelease(request, { status: aStatus({ erasedAt: NOW }), records: [] }, CONTEXT);
    expect(erased.record?.after).toMatchObject({ address: null, spellings: [], erasedAt: NOW });
  });

  test('keeps who, when, why and for whom', () => {
    expect(decideRelease(aReleaseRequest({ account: 'a' }), GLOBAL, CONTEXT).release).toEqual({
      releasedAt: NOW,
      by: 'olga',
      reason: 'The mailbox is alive.',
      account: 'a',
    });
  });
});
