import { describe, expect, test } from '@jest/globals';
import { SES_LAYERS } from '../../lib/policy/layer.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { UNBOUNCE_RULES } from '../../lib/policy/refusal.ts';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';
import { METRICS, type Metric } from '../../lib/telemetry/metrics.ts';

/** Each of these lines must be refused by the compiler: one that compiles is an error of its own. */
function misspelt() {
  const telemetry = createMemoryTelemetry();
  // @ts-expect-error No metric has this name.
  telemetry.count('BounceRecordet', { Reason: 'spam' });
  // @ts-expect-error Its dimension is missing.
  telemetry.count('BounceRecorded');
  // @ts-expect-error It has another dimension.
  telemetry.count('BounceRecorded', { Raeson: 'spam' });
  // @ts-expect-error It has one dimension only.
  telemetry.count('BounceRecorded', { Reason: 'spam', Account: 'shop' });
  // @ts-expect-error It has no dimension.
  telemetry.count('UnbounceGranted', { Account: 'shop' });
  // @ts-expect-error It is measured, not counted.
  telemetry.count('UnbounceQuotaLeft');
  // @ts-expect-error It is counted, not measured.
  telemetry.measure('UnbounceGranted', 1);
  telemetry.flush();
  return telemetry;
}

test('a misspelt metric does not compile', () => {
  expect(misspelt().counted('UnbounceGranted')).toBe(1);
});

describe('a dimension has as many values as the catalogue says', () => {
  test.each([
    ['BounceRecorded', 'Reason', REASONS.length],
    ['UnbounceRefused', 'Rule', UNBOUNCE_RULES.length],
    ['SesLayerMarked', 'Layer', SES_LAYERS.length],
  ] as const)('%s by %s', (name, dimension, values) => {
    const { by }: Metric = METRICS[name];
    expect(by[dimension]).toBe(values);
  });
});

test('every metric is a sum, or states how much it is now', () => {
  for (const [name, metric] of Object.entries<Metric>(METRICS)) {
    expect([name, metric.unit, metric.kind]).toEqual([
      name,
      expect.stringMatching(/^(Count|Seconds)$/),
      expect.stringMatching(/^(counted|measured)$/),
    ]);
    if (metric.kind === 'measured') expect([name, metric.by]).toEqual([name, {}]);
  }
});
