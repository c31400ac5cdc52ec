import { describe, expect, test } from '@jest/globals';
import { classify } from '../../lib/policy/classify.ts';
import { said } from './classify-cases.ts';

describe('permanence', () => {
  test.each([
    ['the reply code', '550 no', {}, 'permanent'],
    ['the reply code', '450 no', {}, 'transient'],
    ['the reply code before its status code', '550 4.2.1 no', {}, 'permanent'],
    ['the reply code of several lines', '421-4.7.0 slow 421 4.7.0 down', {}, 'transient'],
    ['the reply code before the status field', '450 no', { status: '5.0.0' }, 'transient'],
    ['the status code of the text', '4.2.2 full', { status: '5.0.0' }, 'transient'],
    ['the status field', 'no', { status: '4.2.2' }, 'transient'],
    ["SES's type", 'no', { bounceType: 'Permanent' }, 'permanent'],
    ["SES's type", 'no', { bounceType: 'Transient' }, 'transient'],
    ["SES's type", 'no', { bounceType: 'Undetermined' }, 'transient'],
    ['nothing at all', 'no', { bounceType: null }, 'transient'],
  ] as const)('comes from %s: "%s" %j is %s', (_from, text, more, permanence) => {
    expect(classify(said(text, more)).permanence).toBe(permanence);
  });

  test.each(['sent to 450 people, no', 'no, 192.0.2.45', 'message 4501234 refused', 'version 4.2.2.1'])(
    'is not read from other numbers: %s',
    (text) => {
      expect(classify(said(`${text}`, { bounceType: 'Permanent' })).permanence).toBe('permanent');
    },
  );
});
