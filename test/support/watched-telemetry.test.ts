import { expect, test } from '@jest/globals';
import { readableAddressesIn } from './readable-addresses.ts';
import { createWatchedTelemetry, TOLD_ADDRESSES } from './watched-telemetry.ts';

test.each<[unknown, string[]]>([
  ['No item for ada@example.com.', ['ada@example.com']],
  ['ADA@EXAMPLE.COM', ['ADA@EXAMPLE.COM']],
  ['GET /v1/addresses/ada%40example.com', ['ada%40example.com']],
  [`GET /v1/addresses/~${Buffer.from('ada@example.com').toString('base64url')}`, ['ada@example.com']],
  [Buffer.from('ada.lovelace@example.com').toString('base64url'), ['ada.lovelace@example.com']],
  [{ error: 'Error: jörg@bücher.example is wrong' }, ['jörg@bücher.example']],
  ['ada\\u0040example.com', ['ada\\u0040example.com']],
  ['@example.com and ada@', []],
  ['XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg', []],
  ['arn:aws:iam::111122223333:role/app', []],
])('%j holds the addresses %j', (told, addresses) => {
  expect(readableAddressesIn(told).sort()).toEqual(addresses);
});

test('an address in a log, a dimension or the output is noticed', () => {
  const telemetry = createWatchedTelemetry();
  telemetry.log('error', 'failed', { error: 'ada@example.com' });
  expect(TOLD_ADDRESSES.splice(0)).toEqual(['ada@example.com in {"error":"ada@example.com"}']);
});
