import { describe, expect, test } from '@jest/globals';
import { parseReconcileOptions, ReconcileUsageError } from '../../cli/reconcile/options.ts';

const TABLES = 'addressBounces=A-1,unbounceQuotas=B.2';

describe('npm run reconcile', () => {
  test('only reports, of all accounts of what runs here', () => {
    expect(parseReconcileOptions([])).toEqual({
      place: { kind: 'local' },
      account: null,
      fix: false,
      json: false,
      samples: 10,
    });
  });

  test('takes a stack and everything else', () => {
    const args = ['--stack', 'Rebound', '--account', 'shop', '--fix', '--json', '--samples', '0'];
    expect(parseReconcileOptions(args)).toEqual({
      place: { kind: 'stack', name: 'Rebound' },
      account: 'shop',
      fix: true,
      json: true,
      samples: 0,
    });
  });

  test.each([
    ['overrides.json', 'overrides.json'],
    ['none', null],
  ])('takes tables by their names, with the overrides %s', (file, overridesFile) => {
    const tables = { addressBounces: 'A-1', unbounceQuotas: 'B.2' };
    expect(parseReconcileOptions(['--tables', TABLES, '--policy-overrides', file])).toMatchObject({
      place: { kind: 'tables', tables, overridesFile },
    });
  });

  test('shows the help rather than read', () => {
    expect(parseReconcileOptions(['--fix', '--help'])).toBe('help');
  });

  test.each([
    ['an unknown option', ['--repair']],
    ['a word', ['default']],
    ['an account that is none', ['--account', 'a b']],
    ['a stack without a name', ['--stack']],
    ['a stack and tables', ['--stack', 'Rebound', '--tables', TABLES, '--policy-overrides', 'none']],
    ['tables without the rules', ['--tables', TABLES]],
    ['rules without tables', ['--policy-overrides', 'none']],
    ['one table', ['--tables', 'addressBounces=A', '--policy-overrides', 'none']],
    ['an unknown table', ['--tables', `${TABLES},accounts=C`, '--policy-overrides', 'none']],
    [
      'a table without a name',
      ['--tables', 'addressBounces=,unbounceQuotas=B', '--policy-overrides', 'none'],
    ],
    ['samples that are no number', ['--samples', 'all']],
    ['too many samples', ['--samples', '100001']],
    ['less than no samples', ['--samples=-1']],
  ])('refuses %s', (_, args) => {
    expect(() => parseReconcileOptions(args)).toThrow(ReconcileUsageError);
  });
});
