import { expect, test } from '@jest/globals';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';

test.each([
  ['a metric', 'BounceRecorded', undefined, 6],
  ['a metric by its dimension', 'BounceRecorded', { Reason: 'spam' }, 3],
  ['a metric that nobody counted', 'StrikesCleared', undefined, 0],
] as const)('sums up %s', (_, metric, dimensions, sum) => {
  const telemetry = createMemoryTelemetry();
  telemetry.count('BounceRecorded', { Reason: 'spam' });
  telemetry.count('BounceRecorded', { Reason: 'spam' }, 2);
  telemetry.count('BounceRecorded', { Reason: 'policy' }, 3);
  telemetry.flush();
  expect(telemetry.counted(metric, dimensions)).toBe(sum);
});

test('keeps what was measured last', () => {
  const telemetry = createMemoryTelemetry();
  expect(telemetry.measured('UnbounceQuotaLeft')).toBeNull();
  telemetry.measure('UnbounceQuotaLeft', 9);
  telemetry.measure('UnbounceQuotaLeft', 8);
  telemetry.flush();
  expect(telemetry.measured('UnbounceQuotaLeft')).toBe(8);
});

test('knows nothing of what was not flushed', () => {
  const telemetry = createMemoryTelemetry();
  telemetry.count('BounceRecorded', { Reason: 'spam' });
  telemetry.measure('UnbounceQuotaLeft', 9);
  expect([telemetry.counted('BounceRecorded'), telemetry.measured('UnbounceQuotaLeft')]).toEqual([0, null]);
  telemetry.flush();
  telemetry.flush();
  expect([telemetry.counted('BounceRecorded'), telemetry.measured('UnbounceQuotaLeft')]).toEqual([1, 9]);
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
