import { expect, test } from '@jest/globals';
import { createSeenAddresses } from '../../../cli/filter/seen-addresses.ts';

test('every address is new once, through all growth of the table', () => {
  const seen = createSeenAddresses();
  const addresses = Array.from({ length: 200_000 }, (_, at) => `person${at}@example.com`);
  expect(addresses.filter((address) => seen.remember(address))).toEqual([]);
  expect(addresses.filter((address) => !seen.remember(address))).toEqual([]);
  expect(seen.isFull()).toBe(false);
});

test('what is beyond its size is not remembered, and never taken for known', () => {
  const seen = createSeenAddresses(2);
  for (const address of ['a@example.com', 'b@example.com', 'c@example.com', 'c@example.com']) {
    expect(seen.remember(address)).toBe(false);
  }
  expect(seen.remember('a@example.com')).toBe(true);
  expect(seen.isFull()).toBe(true);
});
