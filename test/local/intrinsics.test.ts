import { expect, test } from '@jest/globals';
import { resolveValue } from '../../local/intrinsics.ts';
import { TemplateError } from '../../local/template-error.ts';

const references = {
  ref: (name: string) => `ref(${name})`,
  attribute: (logicalId: string, name: string) => `attribute(${logicalId}, ${name})`,
};

test.each([
  ['a reference', { Ref: 'Queue' }, 'ref(Queue)'],
  ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'attribute(Queue, Arn)'],
  [
    'a join',
    { 'Fn::Join': ['/', ['a', { Ref: 'B' }, { 'Fn::GetAtt': ['C', 'D'] }]] },
    'a/ref(B)/attribute(C, D)',
  ],
  [
    'a substitution',
    { 'Fn::Sub': `x-\${AWS::Region}-\${Queue.Arn}-\${!kept}` },
    `x-ref(AWS::Region)-attribute(Queue, Arn)-\${kept}`,
  ],
  ['a list', [{ Ref: 'A' }, 1, null, true], ['ref(A)', 1, null, true]],
  [
    'an object, however deep',
    { Variables: { URL: { Ref: 'A' }, N: 3 } },
    { Variables: { URL: 'ref(A)', N: 3 } },
  ],
  ['an object that only looks like one', { Ref: 'A', Other: 'b' }, { Ref: 'A', Other: 'b' }],
])('resolves %s', (_, value, expected) => {
  expect(resolveValue(value, references)).toEqual(expected);
});

test.each([
  ['a function that is not understood', { 'Fn::Select': [0, ['a']] }],
  ['a substitution with variables of its own', { 'Fn::Sub': [`\${A}`, { A: 'b' }] }],
])('refuses %s', (_, value) => {
  expect(() => resolveValue(value, references)).toThrow(TemplateError);
});
