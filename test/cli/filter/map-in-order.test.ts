import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { mapInOrder } from '../../../cli/filter/map-in-order.ts';

async function* countTo(count: number): AsyncGenerator<number> {
  for (let at = 1; at <= count; at += 1) yield at;
}

test('results come in order, whoever is ready first, and never more are worked on than allowed', async () => {
  const results: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (item: number) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(item % 3);
    running -= 1;
    return item;
  };
  for await (const result of mapInOrder(countTo(10), 3, work)) results.push(result);
  expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(most).toBe(3);
});

test('a failure ends it in its turn, after what came before', async () => {
  const results: number[] = [];
  const work = async (item: number) => {
    if (item >= 3) throw new Error(`no ${item}`);
    return item;
  };
  const run = async () => {
    for await (const result of mapInOrder(countTo(10), 2, work)) results.push(result);
  };
  await expect(run()).rejects.toThrow('no 3');
  expect(results).toEqual([1, 2]);
});
