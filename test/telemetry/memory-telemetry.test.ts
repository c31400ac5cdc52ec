import { expect, test } from '@jest/globals';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';

test.each([
  ['a metric', 'Request', undefined, 6],
  ['a metric with one dimension', 'Request', { Route: 'a' }, 3],
  ['a metric with all its dimensions', 'Request', { Route: 'a', Status: '200' }, 1],
  ['a metric that nobody counted', 'Other', undefined, 0],
])('sums up %s', (_, metric, dimensions, sum) => {
  const telemetry = createMemoryTelemetry();
  telemetry.count('Request', { Route: 'a', Status: '200' });
  telemetry.count('Request', { Route: 'a', Status: '404' }, 2);
  telemetry.count('Request', { Route: 'b', Status: '200' }, 3);
  telemetry.flush();
  expect(telemetry.counted(metric, dimensions)).toBe(sum);
});

test('keeps log events in order', () => {
  const telemetry = createMemoryTelemetry();
  telemetry.log('info', 'first');
  telemetry.log('error', 'second', { hash: 'h' });
  expect(telemetry.events).toEqual([
    { level: 'info', event: 'first', fields: {} },
    { level: 'error', event: 'second', fields: { hash: 'h' } },
  ]);
});
