import { expect, test } from '@jest/globals';
import { FUNCTION_ENVIRONMENT } from '../../bench/environment.ts';
import { resourcesOf, synthesize } from '../infra/synthesize.ts';

test('the benches tell the functions that they measure all that the stack tells them', () => {
  const measured = resourcesOf(synthesize(), 'AWS::Lambda::Function').filter(([, { Properties }]) =>
    ['Rebound: filter-recipients', 'Rebound: record-bounces'].includes(Properties.Description),
  );
  const told = measured.flatMap(([, { Properties }]) => Object.keys(Properties.Environment.Variables));
  expect(measured).toHaveLength(2);
  expect(told.filter((name) => !(name in FUNCTION_ENVIRONMENT))).toEqual([]);
});
