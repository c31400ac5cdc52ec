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
    files: ['caller', 'dot-segments', 'request', 'api-handler', 'known-account'].map(
      (name) => `lib/http/${name}.ts`,
    ),
    tests: ['test/http/{caller,dot-segments,request,api-handler,api-handler-callers,known-account}.test.ts'],
    least: 100,
  },
  {
    name: 'conditions',
    files: [
      'lib/store/{versioned-write,update-expression,save-release,transact,address-change,address-write,faults,retry}.ts',
    ],
    tests: ['test/store/{versioned-writes,retry,save-release,unbounce-transaction}.test.ts'],
    least: 85,
  },
  policy(
    'facts',
    ['facts', 'standing', 'bounce-order'],
    ['facts', 'standing', 'bounce-order', 'order-of-facts', 'correction'],
  ),
  policy('verdict', ['verdict', 'refusal'], ['verdict', 'unbounce', 'layers-above']),
  policy(
    'address',
    ['address-record', 'address-status', 'address-event'],
    ['address-{event,record,status}', 'ses-removal', 'release', 'unbounce', 'correction', 'erasure'],
  ),
  policy('global', ['dead-report'], ['dead-report', 'correction']),
  policy('release', ['release'], ['release']),
  policy(
    'layers',
    ['ses-layers', 'ses-removal'],
    ['ses-layers', 'ses-removal', 'address-event', 'layers-above', 'unbounce', 'verdict'],
  ),
  policy(
    'taken-back-or-over',
    ['correction', 'correction-evidence', 'imported-bounce', 'import-rows'],
    ['correction', 'import-row', 'import-rows', 'dead-report'],
  ),
  policy(
    'canonical',
    ['address', 'local-part', 'domain', 'recipients', 'redact-addresses', 'simulator'],
    ['address', 'recipients', 'redact-addresses', 'simulator'],
  ),
  policy(
    'loading',
    ['policy', 'account', 'time', 'provider'],
    ['load-policy', 'policy-table', 'account', 'time', 'provider'],
  ),
  policy(
    'told',
    ['announcement', 'after-unbounce', 'bounce-statistics', 'burst', 'drift', 'capitals'],
    [
      'announcement',
      'announcement-laws',
      'after-unbounce',
      'bounce-statistics',
      'burst',
      'drift',
      'capitals',
    ],
  ),
  policy(
    'classify',
    ['classify', 'classifier-text'],
    ['classify', 'classify-permanence', 'classify-rules', 'classify-text'],
  ),
  {
    name: 'items',
    files: ['lib/store/items/*.ts'],
    tests: ['test/store/{items,campaign-items,stored-forms}.test.ts'],
    least: 85,
  },
  policy('audit', ['campaign-row', 'campaign-counts', 'erasure'], ['campaign-row', 'erasure']),
];

function policy(name: string, files: readonly string[], tests: readonly string[]): Group {
  return {
    name,
    files: files.map((file) => `lib/policy/${file}.ts`),
    tests: tests.map((test) => `test/policy/${test}.test.ts`),
    least: 85,
  };
}
