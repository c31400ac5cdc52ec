/** Files that are mutated together, and the tests that must notice. */
export interface Group {
  readonly name: string;
  readonly files: readonly string[];
  /** Globs of test files. Those that start servers or build stacks say nothing of a changed line here. */
  readonly tests: readonly string[];
  /** Percent of the mutants that must be noticed, judged ones left out. */
  readonly least: number;
}

export const GROUPS: readonly Group[] = [
  {
    name: 'quota',
    files: ['lib/policy/quota.ts', 'lib/policy/unbounce.ts'],
    tests: ['test/policy/{quota,unbounce,unbounce-laws}.test.ts'],
    least: 100,
  },
  {
    name: 'quota-conditions',
    files: ['lib/store/unbounce-transaction.ts', 'lib/store/dynamo-unbounce-store.ts'],
    tests: ['test/store/unbounce-transaction.test.ts'],
    least: 100,
  },
  {
    name: 'authorisation',
    files: ['caller', 'request', 'api-handler', 'known-account'].map((name) => `lib/http/${name}.ts`),
    tests: ['test/http/{caller,request,api-handler,api-handler-callers,known-account}.test.ts'],
    least: 100,
  },
  {
    name: 'conditions',
    files: [
      'lib/store/{versioned-write,update-expression,save-release,address-change,address-write,faults,retry}.ts',
    ],
    tests: ['test/store/{versioned-writes,retry,save-release,unbounce-transaction}.test.ts'],
    least: 85,
  },
  {
    name: 'policy',
    files: [
      'lib/policy/{facts,standing,verdict,address-record,address-status,address-event,dead-report}.ts',
      'lib/policy/{ses-layers,ses-removal,release,bounce-order,campaign-row,erasure,refusal}.ts',
    ],
    tests: ['test/policy/*.test.ts'],
    least: 85,
  },
];
