import { expect, test } from '@jest/globals';
import { readTable } from '../../local/table-definition.ts';
import { resourcesOf, synthesize } from '../infra/synthesize.ts';
import { TABLE_DEFINITIONS } from './table-definitions.ts';

test('the tables of the tests are those of the stack', () => {
  const stack = resourcesOf(synthesize(), 'AWS::DynamoDB::Table').map(([id, { Properties }]) => [
    nameOf(id),
    readTable('', Properties),
  ]);
  const tests = Object.entries(TABLE_DEFINITIONS).map(([name, definition]) => [
    name,
    { TableName: '', ...definition },
  ]);
  expect(Object.fromEntries(stack)).toEqual(Object.fromEntries(tests));
});

/** `AddressBounces2FB36B3A` is `addressBounces`. */
function nameOf(logicalId: string): string {
  return logicalId.charAt(0).toLowerCase() + logicalId.slice(1, -8);
}
