import { describe, expect, test } from '@jest/globals';
import type { Bounce } from '../../lib/policy/bounce.ts';
import { HOUR_IN_MS } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { aStatus } from '../policy/builders.ts';
import { bounce, complaint, delivery, failed } from '../ses/build.ts';
import { createRecorder } from './record-harness.ts';
import { createTwin, type Twin } from './twin.ts';

const ADA = 'ada@example.net';
const BOB = 'bob@example.net';
const NOW = Date.parse('2026-03-02T10:00:00Z');
const SPRING = { tags: { campaign: ['spring'] } };
const dead = (address = ADA, mail: Record<string, unknown> = SPRING) =>
  bounce({ feedbackId: 'dead', bouncedRecipients: [failed(address)] }, mail);
const later = NOW + 1;

function auditOf(store: Twin, { campaign = 'spring', account = 'default' } = {}) {
  const query = { account, campaign, limit: 1_000, after: null, now: NOW, deadlineAt: later };
  return {
    bounced: async () => (await store.listRows({ ...query, outcome: 'bounced' })).items,
    notSent: async () => (await store.listRows({ ...query, outcome: 'not-sent' })).items,
    counted: () => store.readCampaign(query),
  };
}

describe('the audit of a campaign', () => {
  test('holds who bounced, why, and the words without addresses', async () => {
    const recorder = createRecorder();
    const words = { status: '5.1.1', diagnosticCode: `smtp; 550 5.1.1 <${ADA}> user unknown` };
    await recorder.record(bounce({ feedbackId: 'dead', bouncedRecipients: [failed(ADA, words)] }, SPRING));
    const audit = auditOf(recorder.store);
    expect(await audit.bounced()).toEqual([
      {
        account: 'default',
        campaign: 'spring',
        addressHash: addressHash(ADA),
        outcome: 'bounced',
        kind: 'hard',
        code: null,
        reason: 'unknown_user',
        rule: 'B1',
        layer: null,
        status: '5.1.1',
        diagnostic: 'smtp; 550 5.1.1 <[address]> user unknown',
        at: expect.any(Number),
        feedbackId: 'dead',
      },
    ]);
    expect(await audit.counted()).toMatchObject({
      campaign: 'spring',
      firstSeenAt: NOW,
      counts: { bounced: { total: 1, byKind: { hard: 1, soft: 0 } }, notSent: { total: 0 } },
    });
  });

  test('holds each recipient of a notification, soft and hard told apart, and complaints', async () => {
    const recorder = createRecorder();
    const tooBig = { status: '5.3.4', diagnosticCode: 'smtp; 552 5.3.4 message too big' };
    const complainedRecipients = [{ emailAddress: 'carl@example.net' }];
    await recorder.record(
      bounce({ bouncedRecipients: [failed(ADA), failed(BOB, tooBig)] }, SPRING),
      complaint({ complainedRecipients }, SPRING),
    );
    expect((await auditOf(recorder.store).counted())?.counts.bounced).toEqual({
      total: 3,
      byKind: { hard: 2, soft: 1 },
      byReason: { unknown_user: 1, message_too_large: 1, complaint: 1 },
    });
  });

  test('holds whom SES did not send to, with its layer, and the account gets to know the address', async () => {
    const recorder = createRecorder();
    const echo = { bounceSubType: 'Suppressed', bouncedRecipients: [failed('Ada@Example.net')] };
    await recorder.record(bounce(echo, SPRING));
    expect(await auditOf(recorder.store).bounced()).toEqual([]);
    expect(await auditOf(recorder.store).notSent()).toMatchObject([
      { code: 'ses_suppressed', rule: 'P5', layer: 'sesGlobalList', reason: null },
    ]);
    const { record } = await recorder.snapshot(ADA);
    expect(record).toMatchObject({ address: ADA, suppression: null, bounces: [] });
    expect(record.spellings).toContain('Ada@Example.net');
  });

  test('holds mail that was in flight at a lift, which changes nothing else', async () => {
    const store = createTwin();
    const key = { account: 'default', addressHash: addressHash(ADA) };
    const facts = { hard: {}, strikes: {}, corrections: {}, releasedAt: null, unbouncedAt: NOW + HOUR_IN_MS };
    const change = ({ record, status }: Awaited<ReturnType<Twin['readAddress']>>) => ({
      record: { ...record, facts },
      status,
    });
    await store.updateAddress(key, { change, deadlineAt: later });
    const recorder = createRecorder({ store });
    await recorder.record(dead());
    expect(await recorder.verdict(ADA)).toBe('P1');
    expect(await auditOf(store).bounced()).toMatchObject([{ kind: 'hard', reason: 'unknown_user' }]);
  });

  test('of mail without a campaign is that of its day', async () => {
    const recorder = createRecorder();
    await recorder.record(dead(ADA, { timestamp: '2026-03-01T23:59:59Z', tags: {} }));
    expect(await auditOf(recorder.store, { campaign: 'untagged-2026-03-01' }).bounced()).toHaveLength(1);
  });

  test.each([
    ['a delivery', delivery()],
    [
      'an out-of-office reply',
      bounce({ bounceType: 'Transient', bouncedRecipients: [{ emailAddress: ADA }] }, SPRING),
    ],
  ])('does not hold %s', async (_, notification) => {
    const recorder = createRecorder({ deliveryEvents: true });
    await recorder.record(notification);
    expect(await auditOf(recorder.store).counted()).toBeNull();
  });

  test('of several campaigns in one batch is that of each', async () => {
    const recorder = createRecorder();
    const summer = { tags: { campaign: ['summer'] } };
    await recorder.record(dead(ADA), dead(BOB), dead(ADA, summer));
    expect(await auditOf(recorder.store).bounced()).toHaveLength(2);
    expect(await auditOf(recorder.store, { campaign: 'summer' }).bounced()).toHaveLength(1);
  });
});

describe('recording is idempotent', () => {
  test('a duplicate in the batch and a replay after it count once', async () => {
    const recorder = createRecorder();
    await recorder.record(dead(), dead());
    await recorder.record(dead());
    expect(await auditOf(recorder.store).counted()).toMatchObject({ counts: { bounced: { total: 1 } } });
  });

  test('what was left undone between the address and its row is done by the replay', async () => {
    const store = createTwin();
    const writeRows = () => Promise.reject(new UnavailableError('busy'));
    expect(await createRecorder({ store, writeRows }).record(dead())).toEqual([0]);
    const recorder = createRecorder({ store });
    expect(await recorder.verdict(ADA)).toBe('P2');
    expect(await auditOf(store).bounced()).toEqual([]);
    expect(await recorder.record(dead())).toEqual([]);
    expect(await auditOf(store).bounced()).toHaveLength(1);
  });

  test('a failing campaign returns its own messages only', async () => {
    const store = createTwin();
    const recorder = createRecorder({
      store,
      async writeRows(write) {
        if (write.rows.some(({ campaign }) => campaign === 'summer')) throw new UnavailableError('busy');
        await store.writeRows(write);
      },
    });
    expect(await recorder.record(dead(ADA), dead(BOB, { tags: { campaign: ['summer'] } }))).toEqual([1]);
    expect(await auditOf(store).bounced()).toHaveLength(1);
  });

  test('a failing address has no row before it is recorded', async () => {
    const store = createTwin();
    const updateAddress = () => Promise.reject(new UnavailableError('busy'));
    expect(await createRecorder({ store, updateAddress }).record(dead())).toEqual([0]);
    expect(await auditOf(store).counted()).toBeNull();
  });
});

describe('after an erasure', () => {
  async function erasedRecorder(erasedAt: number) {
    const recorder = createRecorder();
    recorder.store.putStatus(addressHash(ADA), aStatus({ erasedAt }));
    return recorder;
  }
  const words = (rows: readonly Pick<Bounce, 'diagnostic'>[]) => rows.map(({ diagnostic }) => diagnostic);

  test('mail that was sent before it leaves a row without words', async () => {
    const recorder = await erasedRecorder(NOW + HOUR_IN_MS);
    await recorder.record(dead());
    expect(words(await auditOf(recorder.store).bounced())).toEqual([null]);
  });

  test('mail that was sent after it leaves its words', async () => {
    const recorder = await erasedRecorder(0);
    await recorder.record(dead());
    expect(words(await auditOf(recorder.store).bounced())).toEqual([expect.stringContaining('550')]);
  });

  test('an echo writes no address again', async () => {
    const recorder = await erasedRecorder(0);
    await recorder.record(bounce({ bounceSubType: 'Suppressed' }, SPRING));
    expect(await auditOf(recorder.store).notSent()).toHaveLength(1);
    expect((await recorder.snapshot(ADA)).record.version).toBe(0);
  });
});
