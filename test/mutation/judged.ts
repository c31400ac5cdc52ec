/** A change that no test can notice, or that changes nothing which matters, and why. */
export interface Judged {
  readonly file: string;
  /** The text as it stands, and as it was changed: as `npm run mutate` prints them. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export const JUDGED: readonly Judged[] = [
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
];
