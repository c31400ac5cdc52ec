import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { bounce, complaint, delivery, failed, mail, sns } from '../ses/build.ts';
import { createRecorder } from './record-harness.ts';
import { createTwin } from './twin.ts';

const ADA = 'ada@example.net';
const BOB = 'bob@example.net';
const dead = bounce({ feedbackId: 'dead', bouncedRecipients: [failed(ADA)] });

describe('a notification changes what is sent', () => {
  test.each([
    ['a dead mailbox is not sent to', dead, 'P2'],
    ['in the envelope of SNS the same', sns(dead), 'P2'],
    ['a complaint is not sent to', complaint({ complainedRecipients: [{ emailAddress: ADA }] }), 'P3'],
    ['an echo of SES is a block by SES', bounce({ bounceSubType: 'Suppressed' }), 'P5'],
    ['a delivery changes nothing', delivery(), 'P1'],
    [
      'an out-of-office reply changes nothing',
      bounce({ bounceType: 'Transient', bouncedRecipients: [{ emailAddress: ADA }] }),
      'P1',
    ],
    [
      'one soft bounce changes nothing',
      bounce({
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        bouncedRecipients: [failed(ADA, { status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' })],
      }),
      'P1',
    ],
  ])('%s', async (_, notification, rule) => {
    const recorder = createRecorder();
    expect(await recorder.record(notification)).toEqual([]);
    expect(await recorder.verdict(ADA)).toBe(rule);
    expect(recorder.parked).toEqual([]);
  });

  test('two recipients of one bounce are judged one by one, and mail.destination is never touched', async () => {
    const recorder = createRecorder();
    const recipients = [
      failed(ADA),
      failed(BOB, { status: '5.3.4', diagnosticCode: 'smtp; 552 5.3.4 message too big' }),
    ];
    const destination = [ADA, BOB, 'carl@example.net'];
    await recorder.record(bounce({ bouncedRecipients: recipients }, { destination }));
    expect(await recorder.verdict(ADA)).toBe('P2');
    expect(await recorder.verdict(BOB)).toBe('P1');
    expect((await recorder.snapshot(BOB)).record.bounces).toHaveLength(1);
    expect((await recorder.snapshot('carl@example.net')).record.version).toBe(0);
  });

  test('a duplicate in the batch and a replay after it change nothing', async () => {
    const recorder = createRecorder();
    await recorder.record(dead, sns(dead));
    const before = await recorder.snapshot(ADA);
    await recorder.record(dead);
    expect(await recorder.snapshot(ADA)).toEqual(before);
    expect(before.record.version).toBe(1);
    expect(before.record.bounces).toHaveLength(1);
    expect(recorder.telemetry.counted('BounceRecorded', { Reason: 'unknown_user' })).toBe(1);
    expect(recorder.telemetry.counted('NotificationRepeated')).toBe(2);
    expect(recorder.telemetry.counted('NotificationReceived')).toBe(3);
  });
});

describe('nothing is lost', () => {
  test.each([
    ['no JSON', '{"bounce":', 'not_json'],
    ['no notification', { hello: 'world' }, 'not_a_notification'],
    ['a bounce of nobody', bounce({ bouncedRecipients: [] }), 'no_recipients'],
    ['a recipient that is no address', bounce({ bouncedRecipients: [failed('nobody')] }), 'bad_recipient'],
  ])('%s is parked as it came, with its reason', async (_, notification, reason) => {
    const recorder = createRecorder();
    expect(await recorder.record(notification, dead)).toEqual([]);
    const body = typeof notification === 'string' ? notification : JSON.stringify(notification);
    expect(recorder.parked).toEqual([{ body, reason, detail: expect.stringMatching(/\.$/) }]);
    expect(recorder.telemetry.counted('MessageParked', { Reason: reason })).toBe(1);
    expect(await recorder.verdict(ADA)).toBe('P2');
  });

  test('beside a bad recipient the good one is recorded', async () => {
    const recorder = createRecorder();
    await recorder.record(bounce({ bouncedRecipients: [failed('nobody'), failed(BOB)] }));
    expect(await recorder.verdict(BOB)).toBe('P2');
    expect(recorder.parked).toHaveLength(1);
  });

  test('a passing fault returns the messages of that address; the others are done', async () => {
    const store = createTwin();
    const recorder = createRecorder({
      store,
      async updateAddress(key, update) {
        if (key.addressHash === addressHash(ADA)) {
          throw new UnavailableError('busy');
        }
        return await store.updateAddress(key, update);
      },
    });
    const both = bounce({ bouncedRecipients: [failed(ADA), failed('nobody')] });
    expect(await recorder.record(both, bounce({ bouncedRecipients: [failed(BOB)] }))).toEqual([0]);
    expect(await recorder.verdict(BOB)).toBe('P2');
    expect(recorder.parked).toEqual([]);
  });

  test('a message that cannot be parked is returned', async () => {
    const recorder = createRecorder({ parks: false });
    expect(await recorder.record('no json', dead)).toEqual([0]);
  });

  test('when the accounts cannot be read every message is returned', async () => {
    const store = createTwin();
    const findSenders = () => Promise.reject(new UnavailableError('busy'));
    const recorder = createRecorder({ store: { ...store, findSenders } });
    expect(await recorder.record(dead, 'no json')).toEqual([0, 1]);
    expect(await recorder.verdict(ADA)).toBe('P1');
  });

  test.each([
    [
      'the greeting of SES',
      'Successfully validated SNS topic for Amazon SES event publishing.',
      'TopicValidated',
    ],
    ['a delivery', delivery(), 'Delivery'],
  ])('%s is acknowledged and counted', async (_, body, kind) => {
    const recorder = createRecorder();
    expect(await recorder.record(body)).toEqual([]);
    expect(recorder.parked).toEqual([]);
    expect(recorder.telemetry.counted('NotificationIgnored', { Kind: kind })).toBe(1);
  });
});

describe('the account of a mail', () => {
  const shop = { name: 'shop.example.com', verification: 'verified', checkedAt: 0 } as const;

  async function recorderWithAccounts(options: { trustTags?: boolean } = {}) {
    const store = createTwin();
    for (const [id, sendingIdentities] of [
      ['acme', []],
      ['tenant', []],
      ['shop', [shop]],
    ] as const) {
      const before = { id, version: 0, contacts: null, sendingIdentities: [] };
      await store.saveAccount({ before, contacts: null, sendingIdentities }, 0);
    }
    return createRecorder({ store, ...options });
  }

  test.each([
    ['the tag account', { account: ['acme'], 'ses:tenant-name': ['tenant'] }, {}, 'acme'],
    ['the tenant', { 'ses:tenant-name': ['tenant'], 'ses:from-domain': ['shop.example.com'] }, {}, 'tenant'],
    ['the owner of the sending domain', { 'ses:from-domain': ['mail.shop.example.com'] }, {}, 'shop'],
    ['the owner of the source', {}, {}, 'shop'],
    ['not an unregistered tag', { account: ['stranger'], 'ses:tenant-name': ['tenant'] }, {}, 'tenant'],
    ['not a tag that is not trusted', { account: ['acme'] }, { trustTags: false }, 'shop'],
  ])('is %s', async (_, tags, options, account) => {
    const recorder = await recorderWithAccounts(options);
    await recorder.record(bounce({}, { tags }));
    expect(await recorder.verdict(ADA, account)).toBe('P2');
    expect(await recorder.verdict(ADA, 'default')).toBe('P1');
  });

  test('is the default account when nobody is registered, which is counted', async () => {
    const recorder = createRecorder();
    await recorder.record(bounce({}, { tags: { account: ['stranger'] } }));
    expect(await recorder.verdict(ADA)).toBe('P2');
    expect(recorder.telemetry.counted('AccountNotRegistered', { By: 'account_tag' })).toBe(1);
    expect(recorder.telemetry.counted('AccountNotRegistered', { By: 'identity' })).toBe(1);
  });
});

describe('deliveries', () => {
  const full = (day: string) =>
    bounce(
      {
        feedbackId: `full-${day}`,
        bounceType: 'Transient',
        bouncedRecipients: [failed(ADA, { status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' })],
        timestamp: `${day}T09:00:00Z`,
      },
      { timestamp: `${day}T08:00:00Z`, messageId: `mail-${day}` },
    );
  const strikes = [full('2026-02-01'), full('2026-02-10'), full('2026-02-20')];

  test.each([
    ['are ignored by default', false, 'P8'],
    ['clear the strikes of earlier days where they are asked for', true, 'P1'],
  ])('%s', async (_, deliveryEvents, rule) => {
    const recorder = createRecorder({ deliveryEvents });
    await recorder.record(...strikes);
    expect(await recorder.verdict(ADA)).toBe('P8');
    const delivered = {
      ...delivery({ timestamp: '2026-02-25T09:00:00Z' }),
      mail: mail({ messageId: 'other' }),
    };
    await recorder.record(delivered);
    expect(await recorder.verdict(ADA)).toBe(rule);
  });
});
