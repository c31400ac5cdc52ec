import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { ACCOUNT, createRegisteredApi, expectProblem, NOW } from './api-harness.ts';
import { bounceFor, complaintOf, echoOf } from './notifications.ts';
import { createRecorder } from './record-harness.ts';

const STATS = 'GET /v1/accounts/{account}/stats';
const at = (days: number) => ({ sentAt: NOW - days * DAY_IN_MS });

async function statsAfter(...batches: readonly (readonly unknown[])[]) {
  const api = await createRegisteredApi();
  for (const batch of batches) await api.record(...batch);
  const { body } = await api.call(STATS, { query: { days: '3' } });
  return body;
}

describe('GET stats', () => {
  test('shows the bounces of 30 days, or of as many as asked for, by day and reason', async () => {
    const api = await createRegisteredApi();
    await api.record(
      bounceFor('unknown_user', 'ada@example.com', at(0)),
      bounceFor('unknown_user', 'bob@example.com', at(1)),
      bounceFor('mailbox_full', 'carl@example.com', at(1)),
      bounceFor('policy', 'dan@example.com', at(29)),
      complaintOf(['eve@example.com'], at(40)),
    );
    const { body } = await api.call(STATS);
    expect(body).toMatchObject({
      account: ACCOUNT,
      from: '2026-10-25',
      to: '2026-11-23',
      approximate: true,
      bounceRate: null,
    });
    expect(body.days).toHaveLength(30);
    expect(body.days.at(0)).toEqual({ day: '2026-10-25', total: 1, byReason: { policy: 1 } });
    expect(body.days.at(-3)).toEqual({ day: '2026-11-21', total: 0, byReason: {} });
    expect(body.days.at(-2)).toEqual({
      day: '2026-11-22',
      total: 2,
      byReason: { unknown_user: 1, mailbox_full: 1 },
    });
    expect(
      body.byReason.map(({ reason, bounces }: { reason: string; bounces: number }) => [reason, bounces]),
    ).toEqual([
      ['unknown_user', 2],
      ['mailbox_full', 1],
      ['policy', 1],
    ]);
    const longer = await api.call(STATS, { query: { days: '90' } });
    expect(longer.body.days).toHaveLength(90);
    expect(longer.body.byReason).toContainEqual(expect.objectContaining({ reason: 'complaint', bounces: 1 }));
  });

  test("shows SES's own rate, of whom it is, and where it comes from", async () => {
    const asOf = Date.parse('2026-11-23T11:00:00Z');
    const reputation = { readReputation: async () => ({ bounceRate: 0.02, complaintRate: null, asOf }) };
    const api = await createRegisteredApi({ reputation });
    expect((await api.call(STATS)).body.bounceRate).toEqual({
      rate: 0.02,
      complaintRate: null,
      asOf: '2026-11-23T11:00:00.000Z',
      scope: 'aws_account',
      source: 'AWS/SES Reputation.BounceRate',
    });
  });

  test.each(['0', '91', '-1', '1.5', 'all', '', '007'])('refuses days=%s', async (days) => {
    const reply = await (await createRegisteredApi()).call(STATS, { query: { days } });
    expectProblem(reply, { status: 400, code: 'invalid_request' });
  });

  test('shows an account its own bounces alone', async () => {
    const api = await createRegisteredApi();
    await api.register({}, 'other');
    await api.record(bounceFor('policy', 'ada@example.com', { ...at(0), account: 'other' }));
    expect((await api.call(STATS)).body.byReason).toEqual([]);
    expect((await api.call(STATS, { account: 'other' })).body.byReason).toHaveLength(1);
  });
});

describe('what is counted', () => {
  const ada = bounceFor('policy', 'ada@example.com', at(0));
  const bob = bounceFor('policy', 'bob@example.com', at(1));
  const full = bounceFor('mailbox_full', 'bob@example.com', at(0));

  test('is the same in whatever batches and order the bounces come, and repeated ones count once', async () => {
    const once = await statsAfter([ada, bob, full]);
    expect(once.byReason).toHaveLength(2);
    expect(await statsAfter([full, bob, ada, ada, full])).toEqual(once);
    expect(await statsAfter([bob], [ada, bob], [full], [ada])).toEqual(once);
  });

  test('are bounces, and not what SES did not send because of an earlier one', async () => {
    expect((await statsAfter([echoOf('OnAccountSuppressionList', 'ada@example.com')])).byReason).toEqual([]);
  });

  test('is written once for each account and day of a batch', async () => {
    const days: string[] = [];
    const recorder = createRecorder({
      now: NOW,
      addBounceCounts: async ({ tally }) => void days.push(`${tally.account} ${tally.day}`),
    });
    await recorder.record(ada, bob, full, bounceFor('policy', 'eve@example.com', at(1)));
    expect(days.sort()).toEqual(['default 2026-11-22', 'default 2026-11-23']);
  });
});

describe('a count that fails', () => {
  const broken = () =>
    createRecorder({
      now: NOW,
      async addBounceCounts() {
        throw new UnavailableError('Busy.');
      },
    });

  test('neither returns a message nor keeps its bounce from being recorded', async () => {
    const recorder = broken();
    expect(await recorder.record(bounceFor('policy', 'ada@example.com'))).toEqual([]);
    expect(await recorder.verdict('ada@example.com')).toBe('P2');
  });

  test('is told to the operator with how many were missed, without an address', async () => {
    const recorder = broken();
    await recorder.record(
      bounceFor('policy', 'ada@example.com', at(0)),
      bounceFor('policy', 'bob@example.com', at(0)),
    );
    const [line, ...others] = recorder.telemetry.events.filter(
      ({ event }) => event === 'bounces_not_counted',
    );
    expect(others).toEqual([]);
    expect(line).toMatchObject({ level: 'warn', fields: { day: '2026-11-23', missed: 2 } });
    expect(recorder.telemetry.counted('BounceNotCounted')).toBe(2);
    expect(JSON.stringify(line)).not.toContain('@');
  });
});
