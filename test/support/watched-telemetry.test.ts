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
  ['"ada lovelace"@example.com', ['"@example.com']],
  ['ada@localhost', ['ada@localhost']],
  ['@example.com and ada@', []],
  ['XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg', []],
  ['arn:aws:iam::111122223333:role/app', []],
])('%j holds the addresses %j', (told, addresses) => {
  expect(readableAddressesIn(told).sort()).toEqual(addresses);
});

test.each<[string, () => unknown]>([
  ['a log', () => createWatchedTelemetry().log('error', 'failed', { error: 'Told: ada@example.com' })],
  [
    'a dimension',
    () => createWatchedTelemetry().count('BounceRecorded', { Reason: 'Told: ada@example.com' as 'spam' }),
  ],
  ['the output', () => process.stdout.write('Told: ada@example.com\n')],
  ['the errors', () => process.stderr.write('Told: ada@example.com\n')],
  ['the console', () => console.log('Told: ada@example.com')],
  [
    'an error in the console',
    () => console.error(Object.assign(new Error(), { stack: 'Told: ada@example.com' })),
  ],
])('an address in %s is noticed', (_, tell) => {
  tell();
  expect(TOLD_ADDRESSES.splice(0)).toContainEqual(expect.stringMatching(/^ada@example\.com in .*Told:/));
});
