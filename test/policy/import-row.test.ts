import { describe, expect, test } from '@jest/globals';
import { type ImportRow, readImportRow } from '../../lib/policy/import-row.ts';
import { meaningOf, PROVIDER_WORDS } from '../../lib/policy/import-words.ts';
import { isImported } from '../../lib/policy/imported-bounce.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { daysAfter, NOW } from './builders.ts';

const ROW: ImportRow = {
  address: 'Ada@Example.com',
  reason: null,
  status: null,
  diagnostic: null,
  bouncedAt: daysAfter(-100),
};

function bounceOf(changes: Partial<ImportRow>) {
  const reading = readImportRow({ ...ROW, ...changes }, NOW);
  if (reading.kind !== 'bounce') throw new Error(`Expected a bounce, not ${reading.outcome}.`);
  return reading.report.bounce;
}

/** `unknown_user permanent`, or why nothing is kept. */
function readAs(changes: Partial<ImportRow>): string {
  const reading = readImportRow({ ...ROW, ...changes }, NOW);
  if (reading.kind === 'refused') return reading.outcome;
  const { key, permanence } = reading.report.bounce;
  return `${key} ${permanence}`;
}

describe('a reason is read', () => {
  test.each<[string, Partial<ImportRow>, string]>([
    // Ours.
    ['ours', { reason: 'mailbox_inactive' }, 'mailbox_inactive permanent'],
    ['ours, as a spreadsheet would write it', { reason: 'Mailbox Inactive ' }, 'mailbox_inactive permanent'],
    [
      "ours against the receiver's words",
      { reason: 'policy', diagnostic: '550 5.1.1 user unknown' },
      'policy permanent',
    ],
    ['ours, though the code passes', { reason: 'mailbox_full', status: '4.2.2' }, 'mailbox_full permanent'],
    ['none at all', {}, 'other permanent'],
    // SendGrid.
    [
      'a bounce of SendGrid',
      { status: '5.1.1', reason: '550 5.1.1 The email account that you tried to reach does not exist' },
      'unknown_user permanent',
    ],
    [
      'a block of SendGrid',
      { status: '4.0.0', reason: '421 4.7.0 temporary rate limit exceeded, try again later' },
      'throttled transient',
    ],
    [
      'an invalid address of SendGrid',
      { reason: 'Mail domain mentioned in email address is unknown' },
      'dns_failure permanent',
    ],
    // Mailgun.
    ['a bounce of Mailgun', { status: '550', diagnostic: 'No such mailbox' }, 'unknown_user permanent'],
    [
      'a bounce of Mailgun that passes',
      { status: '452', diagnostic: 'Mailbox full' },
      'mailbox_full transient',
    ],
    ['a bounce of Mailgun without words', { status: '550' }, 'other permanent'],
    // Postmark.
    ['HardBounce', { reason: 'HardBounce' }, 'other permanent'],
    [
      'HardBounce with words',
      { reason: 'HardBounce', diagnostic: 'smtp;550 5.1.1 user unknown' },
      'unknown_user permanent',
    ],
    ['SpamComplaint', { reason: 'SpamComplaint' }, 'complaint permanent'],
    ['ManualSuppression', { reason: 'ManualSuppression' }, 'not_a_bounce'],
    ['BadEmailAddress', { reason: 'BadEmailAddress' }, 'unknown_user permanent'],
    ['SoftBounce', { reason: 'SoftBounce' }, 'other transient'],
    ['DnsError', { reason: 'DnsError' }, 'dns_failure permanent'],
    // SparkPost.
    [
      'Bounce Rule',
      { reason: 'Bounce Rule', diagnostic: '550: 550-5.1.1 no such user' },
      'unknown_user permanent',
    ],
    ['Spam Complaint', { reason: 'Spam Complaint' }, 'complaint permanent'],
    ['List Unsubscribe', { reason: 'List Unsubscribe' }, 'not_a_bounce'],
    ['Manually Added', { reason: 'Manually Added' }, 'not_a_bounce'],
    ['Compliance', { reason: 'Compliance' }, 'not_a_bounce'],
    // Mailchimp and Mandrill.
    ['cleaned', { reason: 'Cleaned' }, 'other permanent'],
    [
      'hard-bounce',
      { reason: 'hard-bounce', diagnostic: 'SMTP; 550 5.1.10 RESOLVER.ADR.RecipientNotFound' },
      'unknown_user permanent',
    ],
    ['soft-bounce', { reason: 'soft-bounce' }, 'other transient'],
    [
      'soft-bounce that was none',
      { reason: 'soft-bounce', diagnostic: '550 5.1.1 user unknown' },
      'unknown_user permanent',
    ],
    ['unsub', { reason: 'unsub' }, 'not_a_bounce'],
    ['custom', { reason: 'custom' }, 'not_a_bounce'],
    ['abuse', { reason: 'Abuse' }, 'complaint permanent'],
    // HubSpot.
    ['UNKNOWN_USER', { reason: 'UNKNOWN_USER' }, 'unknown_user permanent'],
    [
      'MAILBOX_MISCONFIGURATION',
      { reason: 'MAILBOX_MISCONFIGURATION' },
      'mailbox_misconfiguration permanent',
    ],
    // Brevo.
    ['hardBounce', { reason: 'hardBounce' }, 'other permanent'],
    ['contactFlaggedAsSpam', { reason: 'contactFlaggedAsSpam' }, 'complaint permanent'],
    ['unsubscribedViaEmail', { reason: 'unsubscribedViaEmail' }, 'not_a_bounce'],
    ['adminBlocked', { reason: 'adminBlocked' }, 'not_a_bounce'],
    // SES.
    ['BOUNCE', { reason: 'BOUNCE' }, 'other permanent'],
    ['COMPLAINT', { reason: 'COMPLAINT' }, 'complaint permanent'],
    // What leaves a doubt.
    ['a status code alone', { status: '5.1.1' }, 'unknown_user permanent'],
    ['a word that nobody knows', { reason: 'gone fishing' }, 'unknown_reason'],
    ['a word that nobody knows, with a code', { reason: '554 gone fishing' }, 'other permanent'],
    [
      "a word that nobody knows, with the receiver's",
      { reason: 'gone fishing', diagnostic: '550 user unknown' },
      'unknown_user permanent',
    ],
    ['words of the receiver that say nothing', { diagnostic: 'gone fishing' }, 'other permanent'],
    [
      "words of the receiver that say nothing, with a provider's",
      { reason: 'invalid', diagnostic: 'gone fishing' },
      'unknown_user permanent',
    ],
    [
      'what is wrong with the sender',
      { reason: 'bounce', diagnostic: '550 5.7.26 DMARC policy violation' },
      'authentication permanent',
    ],
    [
      "somebody's earlier decision",
      { reason: 'bounce', diagnostic: '554 recipient is on the suppression list' },
      'other permanent',
    ],
  ])('%s', (_what, changes, expected) => {
    expect(readAs(changes)).toBe(expected);
  });

  test.each([...REASONS])('%s as itself', (reason) => {
    expect(readAs({ reason })).toBe(`${reason} permanent`);
  });

  test('and every word of the table means one thing', () => {
    const words = PROVIDER_WORDS.flatMap(([meaning, list]) => list.map((word) => ({ word, meaning })));
    const plain = words.map(({ word }) => word.replace(/[^a-z0-9]/g, ''));
    expect(new Set([...plain, ...REASONS.map((reason) => reason.replaceAll('_', ''))]).size).toBe(
      plain.length + REASONS.length,
    );
    for (const { word, meaning } of words) {
      expect(meaningOf(word.toUpperCase())).toEqual(meaning);
    }
  });
});

describe('a row is refused', () => {
  test.each<[string, Partial<ImportRow>, string]>([
    ['without an address', { address: ' ' }, 'invalid_address'],
    ['with two addresses', { address: 'a@example.com, b@example.com' }, 'invalid_address'],
    ['with a date that cannot be read', { bouncedAt: 'unreadable' }, 'invalid_date'],
    ['with a date in the future', { bouncedAt: NOW + 1 }, 'invalid_date'],
  ])('%s', (_what, changes, outcome) => {
    expect(readAs(changes)).toBe(outcome);
  });
});

describe('the bounce of a row', () => {
  test('was sent at its date, names no mail and is told from one of SES', () => {
    const bounce = bounceOf({ reason: 'bounce', status: '5.2.2', diagnostic: '552 5.2.2 over quota' });
    expect(bounce).toEqual({
      key: 'mailbox_full',
      permanence: 'permanent',
      classifiedBy: expect.any(String),
      feedbackId: 'import:2026-08-15T12:00:00.000Z',
      messageId: null,
      campaign: 'imported',
      sentAt: daysAfter(-100),
      bouncedAt: daysAfter(-100),
      bounceType: null,
      bounceSubType: null,
      status: '5.2.2',
      diagnostic: '552 5.2.2 over quota',
    });
    expect(isImported(bounce)).toBe(true);
    expect(isImported({ feedbackId: '0100017f-example-000000' })).toBe(false);
  });

  test('without a date has no times', () => {
    expect(bounceOf({ bouncedAt: null })).toMatchObject({
      feedbackId: 'import:undated',
      sentAt: null,
      bouncedAt: null,
    });
  });

  test('keeps words that stood where the reason stands, and no word of a provider', () => {
    expect(bounceOf({ reason: '550 user unknown' }).diagnostic).toBe('550 user unknown');
    expect(bounceOf({ reason: 'hard bounce' }).diagnostic).toBeNull();
  });

  test('keeps an enhanced status code only', () => {
    expect(bounceOf({ status: '550' }).status).toBeNull();
    expect(bounceOf({ status: '5.1.1' }).status).toBe('5.1.1');
  });

  test('keeps the spelling for SES, where it is a bare address', () => {
    const spellingsOf = (address: string) => {
      const reading = readImportRow({ ...ROW, address }, NOW);
      return reading.kind === 'bounce' ? reading.report.spellings : null;
    };
    expect(spellingsOf(' Ada@Example.com ')).toEqual(['Ada@Example.com']);
    expect(spellingsOf('Ada <ada@example.com>')).toEqual([]);
  });
});
