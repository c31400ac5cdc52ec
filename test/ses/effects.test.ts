import { describe, expect, test } from '@jest/globals';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import type { Effect } from '../../lib/ses/effect.ts';
import { createEffects, type EffectsDependencies } from '../../lib/ses/effects.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import { cpuTimeInMs } from '../support/cpu-time.ts';
import { BOUNCED_AT, bounce, complaint, delivery, failed, SENT_AT } from './build.ts';
import { inShort } from './in-short.ts';

const sentAt = Date.parse(SENT_AT);
const bouncedAt = Date.parse(BOUNCED_AT);

function effectsOf(payload: unknown, dependencies: Partial<EffectsDependencies> = {}): readonly Effect[] {
  const effects = createEffects({ canonicalAddress, classify, ...dependencies });
  return readBody(JSON.stringify(payload)).notifications.flatMap(effects);
}

function shorts(payload: unknown): readonly string[] {
  return effectsOf(payload).map(inShort);
}

/** A bounce of one recipient that SES typed so, with these DSN fields. */
function typed(bounceType: unknown, bounceSubType: unknown, dsn: Record<string, unknown> = {}): unknown {
  return bounce({
    bounceType,
    bounceSubType,
    bouncedRecipients: [{ emailAddress: 'ada@example.net', ...dsn }],
  });
}

describe('A bounce', () => {
  test('keeps all that SES said, as reported', () => {
    expect(effectsOf(bounce())).toEqual([
      {
        kind: 'bounce',
        address: 'ada@example.net',
        spellings: ['ada@example.net'],
        bounce: {
          key: 'unknown_user',
          permanence: 'permanent',
          classifiedBy: expect.stringMatching(/./),
          feedbackId: 'feedback-1',
          messageId: 'message-1',
          campaign: 'spring',
          sentAt,
          bouncedAt,
          bounceType: 'Permanent',
          bounceSubType: 'General',
          status: '5.1.1',
          diagnostic: 'smtp; 550 5.1.1 user unknown',
        },
        remarks: [],
      },
    ]);
  });

  test('of two recipients is judged one by one, and nobody else of the destination is touched', () => {
    const full = { status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' };
    const payload = bounce(
      { bouncedRecipients: [failed('ada@example.net'), failed('bob@example.net', full)] },
      { destination: ['ada@example.net', 'bob@example.net', 'eve@example.net'] },
    );
    expect(effectsOf(payload)).toMatchObject([
      { address: 'ada@example.net', bounce: { key: 'unknown_user', permanence: 'permanent' } },
      { address: 'bob@example.net', bounce: { key: 'mailbox_full', permanence: 'transient' } },
    ]);
  });

  test('counts for an address that was not in the destination: mail is forwarded', () => {
    expect(effectsOf(bounce({ bouncedRecipients: [failed('old@example.org')] }))).toMatchObject([
      { kind: 'bounce', address: 'old@example.org', spellings: ['old@example.org'] },
    ]);
  });

  test('without anything but a recipient is kept, undated', () => {
    const payload = {
      notificationType: 'Bounce',
      bounce: { bouncedRecipients: [failed('ada@example.net')] },
    };
    expect(effectsOf(payload)).toMatchObject([
      {
        address: 'ada@example.net',
        bounce: {
          key: 'unknown_user',
          messageId: null,
          sentAt: null,
          bouncedAt: null,
          campaign: 'untagged-undated',
          feedbackId: 'unnamed::',
        },
        remarks: ['unknown_type'],
      },
    ]);
  });

  test.each([
    ['without an id, of the message and the moment', {}, `unnamed:message-1:${BOUNCED_AT}`],
    ['without an id and a moment', { timestamp: undefined }, 'unnamed:message-1:'],
    ['with an id that is no text', { feedbackId: 7 }, `unnamed:message-1:${BOUNCED_AT}`],
  ])('gets the same id each time %s', (_, members, feedbackId) => {
    const payload = bounce({ feedbackId: '', ...members });
    expect(effectsOf(payload)).toMatchObject([{ bounce: { feedbackId } }]);
    expect(effectsOf(payload)).toEqual(effectsOf(payload));
  });

  test('has a diagnostic fit to be stored, and is read from the full one', () => {
    const diagnosticCode = `smtp; 550 5.1.1\r\n\u202euser unknown ${'x'.repeat(2000)}`;
    const read: (string | null)[] = [];
    const [effect] = effectsOf(
      bounce({ bouncedRecipients: [failed('ada@example.net', { diagnosticCode })] }),
      {
        classify: (evidence) => {
          read.push(evidence.diagnosticCode);
          return classify(evidence);
        },
      },
    );
    expect(read).toEqual([diagnosticCode]);
    const expected = `smtp; 550 5.1.1 user unknown ${'x'.repeat(2000)}`.slice(0, 1024);
    expect(effect).toMatchObject({ bounce: { diagnostic: expected } });
  });

  test('cannot bring control characters in by a short field', () => {
    const recipient = failed('ada@example.net', { status: '5.1.1\u202e\n', action: 'failed\u0007' });
    expect(effectsOf(bounce({ bouncedRecipients: [recipient], feedbackId: 'a\nb' }))).toMatchObject([
      { bounce: { status: '5.1.1', feedbackId: 'a b' } },
    ]);
  });
});

describe('What SES calls a bounce and is no failure', () => {
  const dsn = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['an auto-reply', typed('Transient', 'General'), 'nothing auto_reply'],
    [
      'an auto-reply with empty fields',
      typed('Transient', 'General', { action: '', status: ' ' }),
      'nothing auto_reply',
    ],
    [
      'a recipient who unsubscribed',
      typed('Permanent', 'UnsubscribedRecipient', dsn),
      'nothing unsubscribed_recipient',
    ],
    ['delayed', typed('Transient', 'General', { ...dsn, action: 'delayed' }), 'nothing action_delayed'],
    ['relayed', typed('Permanent', 'General', { ...dsn, action: 'Relayed' }), 'nothing action_relayed'],
    ['expanded', typed('Permanent', 'General', { ...dsn, action: 'expanded' }), 'nothing action_expanded'],
    [
      'delivered',
      typed('Permanent', 'General', { ...dsn, action: ' delivered ' }),
      'nothing action_delivered',
    ],
  ];

  test.each(cases)('%s', (_, payload, expected) => {
    expect(shorts(payload)).toEqual([expected]);
  });

  test('NoEmail for an address that the mail was not for', () => {
    const payload = bounce({
      bounceSubType: 'NoEmail',
      bouncedRecipients: [failed('postmaster@example.org')],
    });
    expect(shorts(payload)).toEqual(['nothing no_email_outside_destination']);
  });

  test('NoEmail for something that is no address', () => {
    const payload = bounce({ bounceSubType: 'NoEmail', bouncedRecipients: [failed('')] });
    expect(shorts(payload)).toEqual(['nothing no_email_outside_destination']);
  });

  test.each([
    ['a recipient that the mail was for, spelled otherwise', ['ADA@example.net']],
    ['a notification that does not say whom the mail was for', undefined],
  ])('but NoEmail counts for %s', (_, destination) => {
    expect(shorts(bounce({ bounceSubType: 'NoEmail' }, { destination }))).toEqual(['unknown_user permanent']);
  });

  test.each([
    ['a diagnostic', { diagnosticCode: 'smtp; 452 4.2.2 mailbox full' }, 'mailbox_full transient'],
    ['a status', { status: '4.2.2' }, 'mailbox_full transient'],
  ])('but Transient/General with %s counts', (_, fields, expected) => {
    expect(shorts(typed('Transient', 'General', fields))).toEqual([expected]);
  });

  test('an unknown action counts as a failure', () => {
    expect(shorts(typed('Permanent', 'General', { ...dsn, action: 'exploded' }))).toEqual([
      'unknown_user permanent',
    ]);
  });
});

describe('What SES cannot tell, or tells in words that we do not know', () => {
  const dead = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['Undetermined is transient', typed('Undetermined', 'Undetermined'), 'other transient undetermined'],
    [
      'Undetermined with a permanent reply is not',
      typed('Undetermined', 'Undetermined', dead),
      'unknown_user permanent undetermined',
    ],
    ['an unknown subtype is transient', typed('Permanent', 'Eclipse'), 'other transient unknown_subtype'],
    [
      'an unknown subtype with a permanent reply is not',
      typed('Permanent', 'Eclipse', dead),
      'unknown_user permanent unknown_subtype',
    ],
    ['a missing subtype is an unknown one', typed('Permanent', undefined), 'other transient unknown_subtype'],
    ['an unknown type is transient', typed('Eternal', 'General'), 'other transient unknown_type'],
    ['a missing type is an unknown one', typed(null, 'General', dead), 'unknown_user permanent unknown_type'],
    ['a documented subtype is no surprise', typed('Permanent', 'General'), 'other permanent'],
    [
      'the newest documented subtype neither',
      typed('Transient', 'CustomTimeoutExceeded', { status: '4.4.7' }),
      'timeout transient',
    ],
  ];

  test.each(cases)('%s', (_, payload, expected) => {
    expect(shorts(payload)).toEqual([expected]);
  });
});

describe('Echoes of earlier decisions are marks of a layer, never evidence', () => {
  test.each([
    ['Suppressed', 'sesGlobalList'],
    ['OnAccountSuppressionList', 'sesAccountList'],
    ['OnTenantSuppressionList', 'sesAccountList'],
    ['EmailValidationSuppressed', 'sesValidation'],
  ])('%s', (subType, layer) => {
    const spellings = ['Ada@example.net', 'ADA@example.net'];
    const tags = { campaign: ['spring'] };
    const mail = { destination: ['ADA@example.net', 'eve@example.net'], tags };
    const recipient = 'Ada <Ada@example.net>';
    const bounced = bounce({ bounceSubType: subType, bouncedRecipients: [failed(recipient)] }, mail);
    const complained = complaint(
      { complaintSubType: subType, complainedRecipients: [{ emailAddress: recipient }] },
      mail,
    );
    const mark = { layer, sentAt, markedAt: bouncedAt };
    const effect = { kind: 'mark', address: 'ada@example.net', spellings, campaign: 'spring' };
    expect(effectsOf([bounced, complained])).toEqual([
      { ...effect, mark: { ...mark, listedFor: 'bounce' } },
      { ...effect, mark: { ...mark, listedFor: 'complaint' } },
    ]);
  });

  test('a tenant’s list names the tenant where SES does', () => {
    const tags = { 'ses:tenant-name': ['tenant-7'] };
    expect(effectsOf(bounce({ bounceSubType: 'OnTenantSuppressionList' }, { tags }))).toMatchObject([
      { kind: 'mark', tenants: ['tenant-7'] },
    ]);
    expect(effectsOf(bounce({ bounceSubType: 'OnAccountSuppressionList' }, { tags }))[0]).not.toHaveProperty(
      'tenants',
    );
  });

  test('an echo that only the classifier recognises is filed where it ends by itself', () => {
    const suppressed = { reason: 'suppressed', permanence: 'permanent', rule: 'words' } as const;
    expect(effectsOf(bounce(), { classify: () => suppressed })).toMatchObject([
      { kind: 'mark', mark: { layer: 'sesGlobalList', listedFor: 'bounce' } },
    ]);
  });
});

describe('A complaint', () => {
  const named = (...addresses: readonly unknown[]) => ({
    complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  });

  test('of one recipient is certain', () => {
    expect(effectsOf(complaint())).toEqual([
      {
        kind: 'bounce',
        address: 'ada@example.net',
        spellings: ['ada@example.net'],
        bounce: {
          key: 'complaint',
          permanence: 'permanent',
          classifiedBy: 'complaint.one_recipient',
          feedbackId: 'feedback-2',
          messageId: 'message-1',
          campaign: 'spring',
          sentAt,
          bouncedAt,
          bounceType: null,
          bounceSubType: null,
          status: null,
          diagnostic: null,
        },
        remarks: [],
      },
    ]);
  });

  const shared = 'shared_complaint permanent';
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['of two is not', complaint(named('ada@example.net', 'bob@example.net')), [shared, shared]],
    [
      'of one recipient, spelled twice, is',
      complaint(named('ada@example.net', 'ADA@example.net')),
      Array(2).fill('complaint permanent'),
    ],
    [
      'of one and somebody unreadable is not',
      complaint(named('ada@example.net', null)),
      [shared, 'bad_recipient no_address'],
    ],
    ['that is none: not-spam', complaint({ complaintFeedbackType: 'not-spam' }), ['nothing not_spam']],
    ['without a type is one', complaint({ complaintFeedbackType: undefined }), ['complaint permanent']],
    ['of another type is one', complaint({ complaintFeedbackType: 'fraud' }), ['complaint permanent']],
    [
      'of a subtype that we do not know is one',
      complaint({ complaintSubType: 'Sudden' }),
      ['complaint permanent unknown_subtype'],
    ],
    [
      'without a mail is one',
      { eventType: 'Complaint', complaint: named('ada@example.net') },
      ['complaint permanent'],
    ],
  ];

  test.each(cases)('%s', (_, payload, expected) => {
    expect(shorts(payload)).toEqual(expected);
  });

  test('names the same fact each time when SES gave it no id', () => {
    expect(effectsOf(complaint({ feedbackId: null }))).toMatchObject([
      { bounce: { feedbackId: `unnamed:message-1:${BOUNCED_AT}` } },
    ]);
  });
});

describe('Recipients that are no address', () => {
  test('park the message while the good ones are recorded', () => {
    const recipients = [
      failed('ada@example.net'),
      failed('not an address'),
      {},
      7,
      null,
      failed('bob@example.net'),
    ];
    expect(shorts(bounce({ bouncedRecipients: recipients }))).toEqual([
      'unknown_user permanent',
      'bad_recipient not_an_address',
      'bad_recipient no_address',
      'bad_recipient no_address',
      'bad_recipient no_address',
      'unknown_user permanent',
    ]);
  });

  test('say how they were written', () => {
    expect(effectsOf(delivery({ recipients: ['@', 'ada@example.net'] }))).toEqual([
      { kind: 'bad_recipient', written: '@', why: 'not_an_address' },
      { kind: 'delivery', address: 'ada@example.net', messageId: 'message-1', deliveredAt: bouncedAt },
    ]);
  });
});

describe('Spellings: as SES reported the address and as it was sent to', () => {
  test.each([
    ['the display name is off', 'Ada L. <Ada@Example.net>', [], ['Ada@Example.net']],
    [
      'each spelling stands once',
      'ada@example.net',
      ['ada@example.net', 'ADA@example.net'],
      ['ada@example.net', 'ADA@example.net'],
    ],
    [
      'others of the destination are not collected',
      'ada@example.net',
      ['eve@example.net'],
      ['ada@example.net'],
    ],
    [
      'what is no address is passed over',
      'ada@example.net',
      ['', '@', 'Ada <ada@example.net>'],
      ['ada@example.net'],
    ],
  ])('%s', (_, reported, destination, spellings) => {
    const payload = bounce({ bouncedRecipients: [failed(reported)] }, { destination });
    expect(effectsOf(payload)).toMatchObject([{ address: 'ada@example.net', spellings }]);
  });

  test('are at most ten', () => {
    const destination = Array.from({ length: 16 }, (_, bits) =>
      [...'adam'].map((letter, at) => ((bits >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
    ).map((local) => `${local}@example.net`);
    const [effect] = effectsOf(bounce({ bouncedRecipients: [failed('adam@example.net')] }, { destination }));
    expect(effect).toHaveProperty('spellings.length', 10);
  });
});

test('A body full of one address in many spellings is judged in linear time', () => {
  const spellings = Array.from({ length: 5000 }, (_, name) => `N${name} <Ada@example.net>`);
  const bouncedRecipients = spellings.map((one) => failed(one));
  const inMs = cpuTimeInMs(() => {
    const effects = effectsOf(bounce({ bouncedRecipients }, { destination: spellings }));
    expect(effects).toHaveLength(5000);
    expect(effects[4999]).toMatchObject({ address: 'ada@example.net', spellings: ['Ada@example.net'] });
  });
  expect(inMs).toBeLessThan(2000);
});

describe('The campaign', () => {
  const untagged = { tags: {} };
  test.each([
    ['is the message tag', { tags: { campaign: ['summer.2026@eu'] } }, {}, 'summer.2026@eu'],
    ['is the first value that can be one', { tags: { campaign: ['', 'a b', 'c'] } }, {}, 'c'],
    ['is the day of sending without a tag', untagged, {}, 'untagged-2026-03-02'],
    ['is the UTC day', { ...untagged, timestamp: '2026-03-02T23:30:00-05:00' }, {}, 'untagged-2026-03-03'],
    [
      'is the day of the bounce without that',
      { ...untagged, timestamp: 'soon' },
      { timestamp: '2026-03-04T01:00:00Z' },
      'untagged-2026-03-04',
    ],
    ['is undated without both', { ...untagged, timestamp: null }, { timestamp: null }, 'untagged-undated'],
    [
      'is not read from what cannot be one',
      { tags: { campaign: ['x'.repeat(257), 'a#b', 7] } },
      {},
      'untagged-2026-03-02',
    ],
    ['is not read from tags that are none', { tags: 'campaign' }, {}, 'untagged-2026-03-02'],
  ])('%s', (_, mailMembers, members, campaign) => {
    expect(effectsOf(bounce(members, mailMembers))).toMatchObject([{ bounce: { campaign } }]);
    expect(effectsOf(complaint(members, mailMembers))).toMatchObject([{ bounce: { campaign } }]);
  });

  test('has a tag of the operator’s choice', () => {
    const payload = bounce({}, { tags: { mailing: ['spring'], campaign: ['other'] } });
    expect(effectsOf(payload, { campaignTag: 'mailing' })).toMatchObject([
      { bounce: { campaign: 'spring' } },
    ]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('is safe with a tag called %s', (campaignTag) => {
    const without = effectsOf(bounce({}, untagged), { campaignTag });
    expect(without).toMatchObject([{ bounce: { campaign: 'untagged-2026-03-02' } }]);
    const tags = JSON.parse(`{"${campaignTag}": ["spring"]}`);
    expect(effectsOf(bounce({}, { tags }), { campaignTag })).toMatchObject([
      { bounce: { campaign: 'spring' } },
    ]);
  });
});

test('A notification that needs no action is one counted nothing', () => {
  expect(effectsOf({ eventType: 'Open' })).toEqual([{ kind: 'nothing', why: 'Open' }]);
});
