import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { negotiate } from '../../lib/http/accept.ts';

const JSON_TYPE = 'application/json';
const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';
const OFFERS = [JSON_TYPE, CSV, NDJSON] as const;

describe('what a caller wants', () => {
  test.each<[string | undefined, string | null]>([
    [undefined, JSON_TYPE],
    ['', JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['text/csv', CSV],
    ['application/x-ndjson', NDJSON],
    ['TEXT/CSV', CSV],
    [' text/csv ; header=present ', CSV],
    ['text/*', CSV],
    ['application/*', JSON_TYPE],
    ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', JSON_TYPE],
    ['text/csv, */*;q=0.1', CSV],
    ['application/json;q=0.5, text/csv;q=0.9', CSV],
    ['application/json;q=0.5, text/csv; charset=utf-8; Q=0.50', JSON_TYPE],
    ['text/csv, application/json', JSON_TYPE],
    ['application/json;q=0, */*', CSV],
    ['application/*;q=0, */*;q=0.001', CSV],
    ['application/x-ndjson;q=1.000, application/*;q=0.3', NDJSON],
    ['application/*, application/json;q=0.2', NDJSON],
    ['image/png', null],
    ['application/json;q=0', null],
    ['text/csv;q=0.0, text/csv', null],
    ['*/*;q=0', null],
    ['text/csv;q=high', null],
    ['text/csv;q=2', null],
    ['text/csv;q=0.1234', null],
    ['text/csv/x', null],
    ['*/csv', null],
    ['json', null],
    [',,;,', null],
    ['text/csv;q=high, application/json', JSON_TYPE],
  ])('%s: %s', (accept, expected) => {
    expect(negotiate(accept, OFFERS)).toBe(expected);
  });

  test('is read from any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (accept) => {
        expect([...OFFERS, null]).toContain(negotiate(accept, OFFERS));
      }),
      { seed: 20_261_123, numRuns: 2_000 },
    );
  });
});
