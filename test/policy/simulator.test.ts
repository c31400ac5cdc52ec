import { expect, test } from '@jest/globals';
import { isSimulatorAddress } from '../../lib/policy/simulator.ts';

test.each([
  ['bounce@simulator.amazonses.com', true],
  ['bounce+label@simulator.amazonses.com', true],
  ['simulator.amazonses.com@example.com', false],
  ['bounce@simulator.amazonses.com.example', false],
  ['bounce@mail.simulator.amazonses.com', false],
])('whether %s is the mailbox simulator: %s', (address, is) => {
  expect(isSimulatorAddress(address)).toBe(is);
});
