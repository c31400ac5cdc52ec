import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLASSIFIER_RULES } from '../../lib/policy/classifier-rules.ts';
import { classify } from '../../lib/policy/classify.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { CLASSIFY_CASES, said } from './classify-cases.ts';

const SEED = 20_261_123;
const KNOWN_RULES = new Set<string>(CLASSIFIER_RULES.map(({ id }) => id));

describe.each([...new Set(CLASSIFY_CASES.map(({ file }) => file))])('%s', (file) => {
  test.each(CLASSIFY_CASES.filter((row) => row.file === file))(
    '$who: $reason by $rule: $text',
    ({ text, reason, rule }) => {
      expect(classify(said(text))).toMatchObject({ reason, rule });
    },
  );
});

describe('what SES decided itself', () => {
  test.each([
    ['Suppressed', 'suppressed', 'subtype.suppressed'],
    ['OnAccountSuppressionList', 'suppressed', 'subtype.on_account_suppression_list'],
    ['OnTenantSuppressionList', 'suppressed', 'subtype.on_tenant_suppression_list'],
    ['EmailValidationSuppressed', 'suppressed', 'subtype.email_validation_suppressed'],
    ['UnsubscribedRecipient', 'policy', 'subtype.unsubscribed_recipient'],
    ['MailboxFull', 'mailbox_full', 'subtype.mailbox_full'],
    ['MessageTooLarge', 'message_too_large', 'subtype.message_too_large'],
    ['CustomTimeoutExceeded', 'timeout', 'subtype.custom_timeout_exceeded'],
    ['ContentRejected', 'content', 'subtype.content_rejected'],
    ['AttachmentRejected', 'content', 'subtype.attachment_rejected'],
  ])('%s comes before any word', (bounceSubType, reason, rule) => {
    expect(classify(said('550 5.1.1 user unknown', { bounceSubType }))).toMatchObject({ reason, rule });
  });

  test.each(['General', 'NoEmail', 'Undetermined', 'SomethingNew', '', null])(
    '%s says nothing, so the words decide',
    (bounceSubType) => {
      expect(classify(said('550 5.1.1 user unknown', { bounceSubType })).reason).toBe('unknown_user');
    },
  );

  test('its names are read in any case', () => {
    expect(classify(said('', { bounceSubType: 'mailboxfull' })).reason).toBe('mailbox_full');
  });
});

describe('the status field', () => {
  test('decides when the server said nothing', () => {
    const silent = said('', { status: '5.1.1', diagnosticCode: null });
    expect(classify(silent)).toEqual({ reason: 'unknown_user', permanence: 'permanent', rule: 'status.1.1' });
  });

  test('counts where a rule asks for words and a code', () => {
    const access = '550 someone@example.com: Recipient address rejected: Access denied';
    expect(classify(said(access, { status: '5.4.1' })).reason).toBe('unknown_user');
    expect(classify(said(access, { status: '5.7.1' })).reason).toBe('policy');
  });

  test('that a rule asks for in vain leaves the text to the tables behind it', () => {
    const listed = 'Recipient address rejected: Access denied, https://www.spamhaus.org/query/ip/192.0.2.1';
    expect(classify(said(`550 5.7.1 ${listed}`)).reason).toBe('reputation');
  });

  test("comes after the server's own code", () => {
    expect(classify(said('452 4.2.2', { status: '5.1.1' })).reason).toBe('mailbox_full');
  });

  test('decides where the code of the server is none that anybody knows', () => {
    expect(classify(said('550 5.9.9', { status: '5.1.1' })).rule).toBe('status.1.1');
  });

  test.each(['5.0.0', '5.2.1', '5.5.0', '5.7.1'])('%s is not to be trusted alone', (status) => {
    expect(classify(said('550', { status }))).toEqual({
      reason: 'other',
      permanence: 'permanent',
      rule: 'none',
    });
  });
});

describe('a message that expired', () => {
  test('is what SES says it is, where SES says so', () => {
    const expired = said('554 4.4.7 Message expired: no luck.<451 4.0.0 sorry>', {
      bounceSubType: 'MailboxFull',
    });
    expect(classify(expired).rule).toBe('subtype.mailbox_full');
  });

  test.each([
    ['the last reply says why', '554 4.4.7 Message expired: no luck.<452 4.2.2 over quota>', 'mailbox_full'],
    ['by its code alone', '554 4.4.7 Message expired: no luck.<450 4.1.1 sorry>', 'unknown_user'],
    ['or nothing', '554 4.4.7 Message expired: no luck.<451 4.0.0 sorry>', 'timeout'],
    ['behind an arrow', '550 5.4.300 Message expired -> 452 4.2.2 mailbox full', 'mailbox_full'],
    ['no reply is quoted', '554 4.4.7 Message expired: unable to deliver in 840 minutes.', 'timeout'],
  ])('%s', (_title, text, reason) => {
    expect(classify(said(text, { status: '5.4.7' })).reason).toBe(reason);
  });

  test('is as permanent as its last reply', () => {
    const { permanence } = classify(said('554 4.4.7 Message expired: no luck.<452 4.2.2 over quota>'));
    expect(permanence).toBe('transient');
  });
});

describe('what always holds', () => {
  test('any input gets one of the known answers, and no text of the input', () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('5.1.1', '550', 'user')));
    const evidence = fc.record({
      bounceType: text,
      bounceSubType: text,
      status: text,
      diagnosticCode: text,
      action: text,
    });
    fc.assert(
      fc.property(evidence, (given) => {
        const { reason, permanence, rule } = classify(given);
        expect([...REASONS, 'suppressed']).toContain(reason);
        expect(['permanent', 'transient']).toContain(permanence);
        expect(KNOWN_RULES).toContain(rule);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test.each([
    ['case', (text: string) => text.toUpperCase()],
    ['a carriage return and a tab for each space', (text: string) => text.replaceAll(' ', '\r\n\t')],
    ['a zero-width or bidirectional character in each word', (text: string) => text.replace(/\B/g, '\u202e')],
    ['a BEL before and after', (text: string) => `\u0007${text}\u0007`],
  ])('%s changes no reason', (_title, disguise) => {
    const plain = CLASSIFY_CASES.filter(({ text }) => /^[\x20-\x7e]*$/.test(text));
    const changed = plain.filter(({ text, reason }) => classify(said(disguise(text))).reason !== reason);
    expect(plain.length).toBeGreaterThan(400);
    expect(changed).toEqual([]);
  });

  test('a link, an address or a host name that holds words says nothing', () => {
    const noise = ' https://example.com/no-such-user/spam mailbox-full@example.com over.quota.example.com';
    const changed = CLASSIFY_CASES.filter(({ text, reason }) => {
      const isWrapped = text.endsWith('>');
      return !isWrapped && classify(said(text + noise)).reason !== reason;
    });
    expect(changed).toEqual([]);
  });
});
