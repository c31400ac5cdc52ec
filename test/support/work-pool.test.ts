import { expect, test } from '@jest/globals';
import { allOf } from '../../lib/work-pool.ts';

test('all of them come to what each comes to, in their order', async () => {
  expect(await allOf([Promise.resolve(1), 'two', Promise.resolve(null)])).toEqual([1, 'two', null]);
});

test('a failure is told when the others have ended as well', async () => {
  let end = () => {};
  const slow = new Promise<void>((resolve) => {
    end = resolve;
  });
  let outcome = 'waits';
  const all = allOf([Promise.reject(new Error('no')), slow]).catch(({ message }: Error) => {
    outcome = message;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcome).toBe('waits');
  end();
  await all;
  expect(outcome).toBe('no');
});
