import { expect, test } from '@jest/globals';
import { fuzzNotifications, fuzzRequests } from './fuzz.ts';

const SEED = 20_261_123;

test('wild requests get documented answers, and nothing breaks', async () => {
  const { faults, outcomes } = await fuzzRequests({ seed: SEED, count: 1_500 });
  expect(faults).toEqual([]);
  expect(outcomes.size).toBeGreaterThan(30);
});

test('wild notifications are recorded or parked, and none is lost or returned', async () => {
  const { faults, outcomes } = await fuzzNotifications({ seed: SEED, count: 1_500 });
  expect(faults).toEqual([]);
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining(['recorded', 'not_json', 'not_a_notification', 'bad_recipient']),
  );
});
