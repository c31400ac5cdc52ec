import { describe, expect, test } from '@jest/globals';
import { classify } from '../../lib/policy/classify.ts';
import { checkConvergence } from './convergence/check.ts';
import { dynamoGround } from './convergence/dynamo-ground.ts';
import { MALFORMED } from './convergence/malformed.ts';
import { memoryGround } from './convergence/memory-ground.ts';
import { WORDS } from './convergence/words.ts';

const SEED = 20261123;

// The long run is `npm run soak -- convergence`.
describe(`random histories, told in any order and with faults, end as the model says (seed ${SEED})`, () => {
  test('in memory', async () => {
    const totals = await checkConvergence({ seed: SEED, runs: 50, notices: 100, people: 4 }, memoryGround);
    expect(totals.notices).toBeGreaterThan(1_500);
    expect(totals.malformed).toBeGreaterThan(100);
    expect(totals.unbounced).toBeGreaterThan(10);
    expect(totals.globals).toBeGreaterThan(2);
  });

  test('in DynamoDB', async () => {
    const totals = await checkConvergence({ seed: SEED, runs: 2, notices: 40, people: 4 }, dynamoGround);
    expect(totals.deliveries).toBeGreaterThan(totals.copies);
  });
});

describe('what the histories are made of', () => {
  test.each(WORDS)('$diagnosticCode means $key, $permanence', ({ key, permanence, ...evidence }) => {
    expect(classify({ ...evidence, action: 'failed' })).toMatchObject({ reason: key, permanence });
  });

  test('every reason for which a body cannot be read is among the malformed ones', () => {
    const reasons = new Set(MALFORMED.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual([
      'bad_recipient',
      'no_recipients',
      'not_a_notification',
      'not_json',
      'too_deep',
      'too_large',
      'too_many',
      'unknown_type',
    ]);
  });
});
