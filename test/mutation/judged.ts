/** A change that no test can notice, or that changes nothing which matters, and why. */
export interface Judged {
  readonly file: string;
  /** The text as it stands, and as it was changed: as `npm run mutate` prints them. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const ATEXT = "[a-z0-9!#$%&'*+/=?^_`{|}~.-]";
const LABELS = '(?:[a-z0-9_]+[.-])*[a-z][a-z0-9_]*$/';

export const JUDGED: readonly Judged[] = [
  ...[
    `${ATEXT}@${LABELS}`,
    ...[
      '(?:[a-z0-9_]+[.-])[a-z][a-z0-9_]*$/',
      '(?:[a-z0-9_][.-])*[a-z][a-z0-9_]*$/',
      '(?:[a-z0-9_]+[.-])*[a-z][a-z0-9_]$/',
    ].map((labels) => `${ATEXT}+@${labels}`),
  ].map((narrower) => ({
    file: 'lib/policy/address.ts',
    from: `/^${ATEXT}+@${LABELS}`,
    to: `/^${narrower}`,
    why: 'The short way for fewer addresses; the long one says the same of them, which a law holds.',
  })),
  {
    file: 'lib/policy/provider.ts',
    from: '/^(?:(?:vip\\.)?qq|foxmail)\\.com$/',
    to: '/^(?:(?:vip\\.)qq|foxmail)\\.com$/',
    why: 'The domain that names its provider is its own provider either way.',
  },
  {
    file: 'lib/http/request.ts',
    from: "'utf8'",
    to: '""',
    why: 'Node reads an encoding that it does not know as UTF-8.',
  },
  {
    file: 'lib/store/faults.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'No fault has that name either.',
  },
  {
    file: 'lib/store/faults.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no reason of a cancellation, and has no code.',
  },
  {
    file: 'lib/policy/verdict.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no mark. As it has no end, it counts as ended.',
  },
  {
    file: 'lib/policy/unbounce.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no standing reason. As it has no end, it counts as ended.',
  },
  {
    file: 'lib/policy/address-status.ts',
    from: 'other?.key',
    to: 'other.key',
    why: 'Of two lists of the same length the other one has that member too; the types cannot know it.',
  },
  {
    file: 'lib/policy/ses-removal.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'No account has that name either.',
  },
  {
    file: 'lib/policy/ses-removal.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no standing reason. As its end is not null, it holds nothing for good.',
  },
  {
    file: 'lib/policy/classify.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'No rule finds anything in these words.',
  },
  {
    file: 'lib/policy/classify.ts',
    from: '!gate.test(subject)',
    to: 'false',
    why: 'The gate spares the look at the rows, none of which is found where it is shut.',
  },
  {
    file: 'lib/policy/classifier-text.ts',
    from: "' '",
    to: '""',
    why: 'Of links, behind which white space stands anyway, as far as anybody writes links.',
  },
  ...[
    ['member === null', 'false'],
    ['strike === null', 'false'],
    ['[]', '["Stryker was here"]'],
  ].map(([from = '', to = '']) => ({
    file: 'lib/store/items/record-item.ts',
    from,
    to,
    why: 'An attribute that is named is there; the types cannot know it.',
  })),
  ...['campaign-item', 'quota-item', 'ses-list-item'].map((name) => ({
    file: `lib/store/items/${name}.ts`,
    from: "''",
    to: '"Stryker was here!"',
    why: 'A key has all of its parts, always; the types cannot know it.',
  })),
  ...[
    ['lib/policy/after-unbounce.ts', '[]', '["Stryker was here"]'],
    ['lib/policy/drift.ts', '[]', '["Stryker was here"]'],
  ].map(([file = '', from = '', to = '']) => ({
    file,
    from,
    to,
    why: 'Does not compile: a text is no standing reason, and no name of a member.',
  })),
  {
    file: 'lib/policy/announcement.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'No status code stands in it either.',
  },
  {
    file: 'lib/policy/announcement.ts',
    from: 'after.releasedAt !== null',
    to: 'true',
    why: 'A status never forgets its release; the types cannot know it.',
  },
  {
    file: 'lib/policy/bounce-statistics.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'Ninety days have a first one, always; the types cannot know it.',
  },
  {
    file: 'lib/policy/capitals.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no place.',
  },
  ...[
    ['isPlain(text)', 'false'],
    ['isPlain(folded)', 'false'],
    ['trimmed.toLowerCase()', 'trimmed.toUpperCase()'],
    ['text.length <= PLAIN_LENGTH && PLAIN.test(text)', 'false'],
    ['text.length <= PLAIN_LENGTH', 'text.length < PLAIN_LENGTH'],
    ['{', '{}'],
  ].map(([from = '', to = '']) => ({
    file: 'lib/policy/address.ts',
    from,
    to,
    why: 'The short way alone is not taken; the long one says the same, which a law holds.',
  })),
  ...[
    ['parts.local.length > MAX_PART_LENGTH', 'false'],
    ['parts.local.length > MAX_PART_LENGTH', 'parts.local.length >= MAX_PART_LENGTH'],
  ].map(([from = '', to = '']) => ({
    file: 'lib/policy/address.ts',
    from,
    to,
    why: 'Spares the work: no normal form makes 64 octets of so long a local part.',
  })),
  {
    file: 'lib/policy/address.ts',
    from: 'at < text.length',
    to: 'at <= text.length',
    why: 'Behind the last character there is none to find.',
  },
  {
    file: 'lib/policy/address.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'A display name that begins so has neither an at sign nor a separator more.',
  },
  {
    file: 'lib/policy/domain.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'That is no host either.',
  },
  {
    file: 'lib/policy/local-part.ts',
    from: 'codePoint < 0x80',
    to: 'codePoint <= 0x80',
    why: 'U+0080 is a control, which no local part holds.',
  },
  {
    file: 'lib/policy/redact-addresses.ts',
    from: 'end < text.length',
    to: 'end <= text.length',
    why: 'Behind the last character there is nothing to cut off.',
  },
  {
    file: 'lib/policy/policy.ts',
    from: "typeof effect !== 'object'",
    to: 'false',
    why: 'Neither a text nor a number has strikes.',
  },
  {
    file: 'lib/policy/dead-report.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Days that an account never told are neither kept nor forgotten; with none told since, the status stays the same.',
  },
  {
    file: 'lib/policy/import-rows.ts',
    from: 'false',
    to: 'true',
    why: 'SES is asked about what it has listed, and it lists nothing for a bounce without a type of its own.',
  },
  {
    file: 'lib/policy/import-rows.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Does not compile: a text is no standing reason. As it has no end, it counts as ended.',
  },
  {
    file: 'lib/policy/release.ts',
    from: '-1',
    to: '+1',
    why: 'The least moment of a release is then 2 ms after 1970 began.',
  },
  ...[
    ['code === undefined || layer === undefined', 'code === undefined && layer === undefined'],
    ['code === undefined', 'false'],
    ['layer === undefined', 'false'],
  ].map(([from = '', to = '']) => ({
    file: 'lib/policy/campaign-row.ts',
    from,
    to,
    why: 'A verdict on the input has neither a kept code nor a kept layer, every other has both; the types ask for either.',
  })),
  {
    file: 'lib/policy/campaign-counts.ts',
    from: "''",
    to: '"Stryker was here!"',
    why: 'A class has three parts, always; the types cannot know it.',
  },
];
