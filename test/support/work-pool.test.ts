import { expect, test } from '@jest/globals';
import { allOf, eachOf } from '../../lib/work-pool.ts';

test('all of them come to what each comes to, in their order', async () => {
  expect(await allOf([Promise.resolve(1), 'two', Promise.resolve(null)])).toEqual([1, 'two', null]);
});

test('a failure is told when the others have ended as well', async () => {
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
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

test('each member is worked on once, so many at once', async () => {
  const done: number[] = [];
  let running = 0;
  let mostAtOnce = 0;
  await eachOf([1, 2, 3, 4, 5], 2, async (member) => {
    running += 1;
    mostAtOnce = Math.max(mostAtOnce, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(member);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
  expect(mostAtOnce).toBe(2);
});

test('after a failure no member is begun, and the failure is told when those begun have ended', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
  let outcome = 'waits';
  const each = eachOf([1, 2, 3, 4], 2, async (member) => {
    begun.push(member);
    if (member === 1) throw new Error('no');
    await slow;
    ended.push(member);
  }).catch(({ message }: Error) => {
    outcome = message;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcome).toBe('waits');
  end();
  await each;
  expect(outcome).toBe('no');
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([2]);
});
