import { describe, expect, test } from '@jest/globals';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';

const NOW = Date.UTC(2026, 10, 4, 12);

function setUp() {
  const written: string[] = [];
  const telemetry = createJsonTelemetry({
    write: (line) => written.push(line),
    clock: () => NOW,
    namespace: 'ReboundStaging',
  });
  return { telemetry, written, lines: () => written.map((line) => JSON.parse(line)) };
}

describe('a log event', () => {
  test('is one JSON line with its time, level and name', () => {
    const { telemetry, written } = setUp();
    telemetry.log('warn', 'message_parked', { messageId: 'm-1', attempts: 2 });
    expect(written).toEqual([
      '{"messageId":"m-1","attempts":2,"timestamp":"2026-11-04T12:00:00.000Z","level":"WARN","event":"message_parked"}\n',
    ]);
  });

  test.each([
    ['control characters', 'a\r\nb\u0000\u001b[31mc\u0085', 'ab[31mc'],
    ['what turns the text around', 'a\u202eb\u2066c\u200f', 'abc'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'ab'],
    ['an address', 'No item for Ada.L@Example.com, it said', 'No item for [address], it said'],
    ['an address in a link', 'GET /v1/addresses/ada%40example.com failed', 'GET [address] failed'],
    ['what passes 4,000 characters', 'x'.repeat(5_000), 'x'.repeat(4_000)],
  ])('leaves out %s', (_, text, kept) => {
    const { telemetry, lines } = setUp();
    telemetry.log('error', 'failed', { text, list: [text] });
    expect(lines()).toMatchObject([{ text: kept, list: [kept] }]);
  });

  test('keeps its time, level and name, whatever the fields are called', () => {
    const { telemetry, lines } = setUp();
    telemetry.log('info', 'started', { event: 'x', level: 'y', timestamp: 'z' });
    expect(lines()).toMatchObject([
      { event: 'started', level: 'INFO', timestamp: '2026-11-04T12:00:00.000Z' },
    ]);
  });
});

describe('metrics', () => {
  test('of one invocation are one line per set of dimensions, written when flushed', () => {
    const { telemetry, written, lines } = setUp();
    telemetry.count('BounceRecorded', { Reason: 'policy' });
    telemetry.count('BounceRecorded', { Reason: 'policy' }, 2);
    telemetry.count('BounceRecorded', { Reason: 'spam' });
    telemetry.count('StrikesCleared');
    telemetry.count('MessageReturned', {}, 3);
    expect(written).toEqual([]);
    telemetry.flush();
    expect(lines()).toEqual([
      metricLine({ Reason: 'policy' }, { BounceRecorded: 3 }),
      metricLine({ Reason: 'spam' }, { BounceRecorded: 1 }),
      metricLine({}, { StrikesCleared: 1, MessageReturned: 3 }),
    ]);
  });

  test('are counted anew after each flush', () => {
    const { telemetry, written } = setUp();
    telemetry.count('StrikesCleared');
    telemetry.flush();
    telemetry.flush();
    expect(written).toHaveLength(1);
  });

  test('that count nothing are not written', () => {
    const { telemetry, written } = setUp();
    telemetry.count('MessageReturned', {}, 0);
    telemetry.flush();
    expect(written).toEqual([]);
  });

  test('that are measured keep their last value, zero too, and their unit', () => {
    const { telemetry, lines } = setUp();
    telemetry.measure('SesOldestRemovalAge', 90);
    telemetry.measure('SesOldestRemovalAge', 0);
    telemetry.measure('SesRemovalsWaiting', 4);
    telemetry.flush();
    expect(lines()).toEqual([
      metricLine({}, { SesOldestRemovalAge: 0, SesRemovalsWaiting: 4 }, { SesOldestRemovalAge: 'Seconds' }),
    ]);
  });
});

function metricLine(
  dimensions: Record<string, string>,
  counts: Record<string, number>,
  units: Record<string, string> = {},
) {
  return {
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'ReboundStaging',
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: units[Name] ?? 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...counts,
  };
}
