import { describe, expect, test } from '@jest/globals';
import type { Mail } from '../../lib/ses/notification.ts';
import { accountCandidates } from '../../lib/ses/sender.ts';

const options = { accountTag: 'account', trustTags: true };

function mail(tags: Mail['tags'], source: string | null = null): Mail {
  return { messageId: null, sentAt: null, source, destination: [], tags };
}

/** Candidates as `by:id`. */
function candidates(of: Mail, with_ = options): readonly string[] {
  return accountCandidates(of, with_).map((candidate) =>
    candidate.kind === 'account' ? `${candidate.by}:${candidate.id}` : `${candidate.by}:${candidate.name}`,
  );
}

describe('Whose mail it was', () => {
  const cases: readonly (readonly [string, Mail, readonly string[]])[] = [
    [
      'the tag, the tenant, then the identity',
      mail({ account: ['acme'], 'ses:tenant-name': ['t-1'], 'ses:from-domain': ['example.com'] }),
      ['account_tag:acme', 'tenant_name:t-1', 'identity:example.com'],
    ],
    [
      'the longest domain first, down to two labels',
      mail({ 'ses:from-domain': ['News.Shop.Example.com.'] }),
      ['identity:news.shop.example.com', 'identity:shop.example.com', 'identity:example.com'],
    ],
    [
      'the envelope sender after the From domain',
      mail({ 'ses:from-domain': ['example.com'] }, 'News <Bounce@mail.example.net>'),
      [
        'identity:example.com',
        'identity:bounce@mail.example.net',
        'identity:mail.example.net',
        'identity:example.net',
      ],
    ],
    [
      'each name once',
      mail({ 'ses:from-domain': ['example.com'] }, 'news@example.com'),
      ['identity:example.com', 'identity:news@example.com'],
    ],
    [
      'the envelope sender alone',
      mail({}, 'news@example.com'),
      ['identity:news@example.com', 'identity:example.com'],
    ],
    [
      'an encoded display name',
      mail({}, '=?utf-8?q?N?= <n@example.com>'),
      ['identity:n@example.com', 'identity:example.com'],
    ],
    [
      'the first tag value that can be an id',
      mail({ account: ['a b', 'acme', 'other'] }),
      ['account_tag:acme'],
    ],
    [
      'no id with other characters',
      mail({ account: ['a#b', '', 'x'.repeat(65)], 'ses:tenant-name': ['ä'] }),
      [],
    ],
    ['no domain that is none', mail({ 'ses:from-domain': ['localhost'] }, 'unknown'), []],
    ['nobody', mail({}), []],
  ];

  test.each(cases)('%s', (_, of, expected) => {
    expect(candidates(of)).toEqual(expected);
  });

  test('untrusted tags are passed over, what SES itself sets is not', () => {
    const of = mail({ account: ['acme'], 'ses:tenant-name': ['t-1'] });
    expect(candidates(of, { ...options, trustTags: false })).toEqual(['tenant_name:t-1']);
  });

  test('the account tag has the name that the operator gave it', () => {
    expect(
      candidates(mail({ sender: ['acme'], account: ['x'] }), { ...options, accountTag: 'sender' }),
    ).toEqual(['account_tag:acme']);
  });

  test('a domain of many labels makes few candidates, the registrable one among them', () => {
    const deep = `${'a.'.repeat(100)}example.com`;
    const found = candidates(mail({ 'ses:from-domain': [deep] }, `news@b.${deep.slice(10)}`));
    expect(found.length).toBeLessThanOrEqual(21);
    expect(found).toContain('identity:example.com');
  });
});
