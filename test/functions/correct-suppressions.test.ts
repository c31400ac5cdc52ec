import { beforeEach, describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import {
  ACCOUNT,
  type Api,
  CORRECT,
  CORRECTIONS,
  createRegisteredApi,
  ERASE,
  expectProblem,
  GLOBAL_BOUNCE,
  NOW,
  PUT_ACCOUNT,
} from './api-harness.ts';
import { bounceFor, complaintOf } from './notifications.ts';

const hoursAgo = (hours: number) => NOW - hours * HOUR_IN_MS;
const FROM = toIso(hoursAgo(6));
const TO = toIso(hoursAgo(3));
const WINDOW = { from: FROM, to: TO };
const MEANT = { sentAt: hoursAgo(5) };

let api: Api;
beforeEach(async () => {
  api = await createRegisteredApi();
});

const correct = (body: object = {}, account = ACCOUNT) =>
  api.call(CORRECT, { account, body: { ...WINDOW, ...body } });
const sends = async (address: string, account = ACCOUNT) =>
  (await api.filter([address], { account })).body.send.length === 1;

function peopleAt(domain: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `p${index}@${domain}`);
}

describe('a dry run', () => {
  test('says what would be lifted by reason, provider and verdict, what not and why, and writes nothing', async () => {
    await api.record(
      bounceFor('unknown_user', 'ada@mail.example', MEANT),
      bounceFor('unknown_user', 'bob@mail.example', MEANT),
      bounceFor('policy', 'bob@mail.example', { sentAt: hoursAgo(40) }),
      bounceFor('policy', 'cyd@bank.example', MEANT),
      bounceFor('unknown_user', 'dan@mail.example', { sentAt: hoursAgo(48) }),
      bounceFor('unknown_user', 'dan@mail.example', MEANT),
      complaintOf(['eva@mail.example'], MEANT),
      bounceFor('unknown_user', 'fay@mail.example', { sentAt: hoursAgo(2) }),
    );
    const { status, body } = await correct();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      correction: expect.stringMatching(/^20261123T060000Z-/),
      applied: false,
      ...WINDOW,
      reason: null,
      examined: 6,
      lifted: {
        addresses: 3,
        byReason: { unknown_user: 2, policy: 1 },
        byProvider: { 'mail.example': 2, 'bank.example': 1 },
        byVerdict: { P1: 2, P2: 1 },
      },
      kept: { addresses: 2, byCause: { bounced_before: 1, complaint: 1 } },
      corrected: null,
    });
    expect(body.sample).toContainEqual({
      id: addressHash('ada@mail.example'),
      address: 'ada@mail.example',
      erased: false,
      outcome: 'lifted',
      reason: 'unknown_user',
      rule: 'B1',
      bouncedAt: toIso(MEANT.sentAt + 5_000),
      status: '5.1.1',
      campaign: 'spring',
    });
    expect(await sends('ada@mail.example')).toBe(false);
    expect((await api.call(CORRECTIONS)).body.items).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ['a reason', { reason: 'policy' }, ['cyd@bank.example']],
    ['a rule', { rule: 'B7' }, ['cyd@bank.example']],
    ['a provider', { domain: 'MAIL.example' }, ['ada@mail.example', 'bob@mail.example']],
    ['a campaign', { campaign: 'autumn' }, ['bob@mail.example']],
    ['a complaint by its reason', { reason: 'complaint' }, ['eva@mail.example']],
  ])('is narrowed by %s', async (_name, narrowed, expected) => {
    await api.record(
      bounceFor('unknown_user', 'ada@mail.example', MEANT),
      bounceFor('unknown_user', 'bob@mail.example', { ...MEANT, campaign: 'autumn' }),
      bounceFor('policy', 'cyd@bank.example', MEANT),
      complaintOf(['eva@mail.example'], MEANT),
    );
    const { sample } = (await correct(narrowed)).body;
    const lifted = sample.filter(({ outcome }: { outcome: string }) => outcome === 'lifted');
    expect(lifted.map(({ address }: { address: string }) => address).sort()).toEqual(expected);
  });

  test('looks at what was suppressed before the window only when asked', async () => {
    api.time.now = hoursAgo(40);
    await api.record(bounceFor('policy', 'ada@mail.example', { sentAt: hoursAgo(41) }));
    api.time.now = NOW;
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    expect((await correct()).body).toMatchObject({ examined: 0, lifted: { addresses: 0 } });
    expect((await correct({ earlier: true })).body).toMatchObject({
      examined: 1,
      lifted: { byReason: { unknown_user: 1 }, byVerdict: { P2: 1 } },
    });
  });
});

describe('a correction', () => {
  test('lifts page by page, and once: told again it counts no address twice', async () => {
    const people = peopleAt('mail.example', 7);
    await api.record(...people.map((address) => bounceFor('unknown_user', address, MEANT)));
    const counts: number[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await correct({ apply: true, limit: 3, cursor });
      counts.push(body.lifted.addresses);
      cursor = body.cursor;
      expect(body.corrected).toBe(cursor === undefined ? 7 : null);
    } while (cursor !== undefined);
    expect(counts).toEqual([3, 3, 1]);
    expect((await api.filter(people)).body.send).toEqual(people);
    expect((await correct({ apply: true })).body).toMatchObject({ lifted: { addresses: 0 }, corrected: 7 });
    expect(api.telemetry.counted('AddressCorrected')).toBe(7);
  });

  test('goes on with the rest after it was cut off', async () => {
    let saves = 0;
    api = await createRegisteredApi({
      double: (twin) => ({
        saveCorrection: (write) =>
          ++saves === 3 ? Promise.reject(new UnavailableError('Cut off.')) : twin.saveCorrection(write),
      }),
    });
    const people = peopleAt('mail.example', 5);
    await api.record(...people.map((address) => bounceFor('unknown_user', address, MEANT)));
    expectProblem(await correct({ apply: true }), { status: 503, code: 'try_again' });
    const { body } = await correct({ apply: true });
    expect(body).toMatchObject({ corrected: 5 });
    expect(body.lifted.addresses).toBeLessThan(5);
    expect((await api.filter(people)).body.send).toEqual(people);
  });

  test('decides again when somebody else was first', async () => {
    let isFirst = true;
    api = await createRegisteredApi({
      double: (twin) => ({
        async saveCorrection(write) {
          if (isFirst)
            await api.record(bounceFor('unknown_user', 'ada@mail.example', { sentAt: hoursAgo(1) }));
          isFirst = false;
          return await twin.saveCorrection(write);
        },
      }),
    });
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    expect((await correct({ apply: true })).body).toMatchObject({
      lifted: { addresses: 0 },
      kept: { byCause: { bounced_since: 1 } },
    });
    expect(await sends('ada@mail.example')).toBe(false);
  });

  test('is not undone by a replay, uses no quota, and leaves the one unbounce', async () => {
    const told = bounceFor('policy', 'ada@mail.example', MEANT);
    await api.record(told);
    await correct({ apply: true });
    await api.record(told, bounceFor('policy', 'ada@mail.example', { sentAt: hoursAgo(4) }));
    expect(await sends('ada@mail.example')).toBe(true);
    expect((await api.quota()).body.used).toBe(0);
    await api.record(bounceFor('policy', 'ada@mail.example', { sentAt: hoursAgo(1) }));
    expect((await api.unbounce('ada@mail.example')).status).toBe(200);
  });

  test('asks SES to take the address off its list, which holds it back until then', async () => {
    api = await createRegisteredApi({ asksSes: true });
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    expect((await correct({ apply: true })).body.lifted.byVerdict).toEqual({ P5: 1 });
    expect((await api.look('ada@mail.example')).body.layers).toMatchObject({
      own: 'clear',
      sesAccountList: 'pending',
    });
  });

  test('ends a global bounce that rests on the window, account by account', async () => {
    for (const account of ['a', 'b', 'c']) {
      await api.call(PUT_ACCOUNT, { account, body: {} });
      await api.record(bounceFor('unknown_user', 'ada@mail.example', { ...MEANT, account }));
    }
    expect((await correct({}, 'a')).body.lifted.byVerdict).toEqual({ P1: 1 });
    await correct({ apply: true }, 'a');
    const { body } = await api.call(GLOBAL_BOUNCE, { address: 'ada@mail.example' });
    expect(body).toMatchObject({ global: null, reportingAccounts: 2 });
    expect([await sends('ada@mail.example', 'a'), await sends('ada@mail.example', 'b')]).toEqual([
      true,
      false,
    ]);
  });

  test('lifts for an erased person too, and shows no address', async () => {
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    await api.call(ERASE, { address: 'ada@mail.example' });
    const { text, body } = await correct({ apply: true });
    expect(body).toMatchObject({
      lifted: { byProvider: { erased: 1 } },
      sample: [{ address: null, erased: true }],
    });
    expect(text).not.toContain('ada');
    expect(await sends('ada@mail.example')).toBe(true);
  });
});

describe('the list of corrections', () => {
  test('says who, what and why, without addresses, and how many', async () => {
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    const asked = { apply: true, domain: 'mail.example', note: 'ada@mail.example wrote\nto us.' };
    const { correction } = (await correct(asked)).body;
    expect((await api.call(CORRECTIONS)).body).toEqual({
      items: [
        {
          correction,
          ...WINDOW,
          reason: null,
          rule: null,
          domain: 'mail.example',
          campaign: null,
          by: expect.stringMatching(/^arn:/),
          note: '[address] wroteto us.',
          begunAt: toIso(NOW),
          finishedAt: toIso(NOW),
          corrected: 1,
        },
      ],
    });
  });

  test('has pages', async () => {
    await api.record(
      bounceFor('unknown_user', 'ada@mail.example', MEANT),
      bounceFor('policy', 'bob@mail.example', MEANT),
    );
    await correct({ apply: true, reason: 'policy' });
    await correct({ apply: true, reason: 'unknown_user' });
    const first = (await api.call(CORRECTIONS, { query: { limit: '1' } })).body;
    const second = (await api.call(CORRECTIONS, { query: { limit: '1', cursor: first.cursor } })).body;
    const reasons = [...first.items, ...second.items].map(({ reason }) => reason);
    expect(reasons.sort()).toEqual(['policy', 'unknown_user']);
    expect(second.cursor).toBeUndefined();
  });
});

describe('a request that is not as expected', () => {
  test.each<[string, object]>([
    ['from', { from: undefined }],
    ['from', { from: '2026-11-22' }],
    ['from', { from: '2026-13-22T00:00:00Z' }],
    ['from', { from: toIso(hoursAgo(2)) }],
    ['from', { from: toIso(hoursAgo(24 * 31 + 4)) }],
    ['to', { to: 'now' }],
    ['to', { to: toIso(NOW + 1) }],
    ['reason', { reason: 'bad' }],
    ['rule', { rule: 'P2' }],
    ['domain', { domain: 'a@example.com' }],
    ['campaign', { campaign: 'a b' }],
    ['apply', { apply: 'yes' }],
    ['earlier', { earlier: 1 }],
    ['note', { note: 'x'.repeat(1_001) }],
    ['limit', { limit: 1_001 }],
  ])('names %s: %j', async (member, body) => {
    const reply = await correct(body);
    expectProblem(reply, { status: 400, code: 'invalid_request' });
    expect(reply.body.detail).toContain(`"${member}"`);
  });

  test('may carry the cursor of this correction alone', async () => {
    await api.record(...peopleAt('mail.example', 2).map((address) => bounceFor('policy', address, MEANT)));
    const { cursor } = (await correct({ limit: 1 })).body;
    expect((await correct({ cursor })).status).toBe(200);
    expectProblem(await correct({ cursor, reason: 'policy' }), { status: 400, code: 'invalid_cursor' });
    await api.register({}, 'other');
    expectProblem(await correct({ cursor }, 'other'), { status: 400, code: 'invalid_cursor' });
  });

  test('may give times in any zone', async () => {
    const { body } = await correct({ from: '2026-11-23T08:00:00+02:00' });
    expect(body.from).toBe('2026-11-23T06:00:00.000Z');
  });
});
