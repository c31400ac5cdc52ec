import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redactAddresses } from '../../lib/policy/redact-addresses.ts';
import { RUNS } from './arbitraries.ts';

describe('of the words of a receiver', () => {
  test.each([
    ['nothing goes where there is no address', '550 5.1.1 user unknown', '550 5.1.1 user unknown'],
    ['an address in brackets goes', '550 <ada@example.com>: rejected', '550 <[address]>: rejected'],
    ['every one goes', 'a@example.com to b@example.net, c@d.test', '[address] to [address], [address]'],
    ['an address type stays', 'rfc822;ada@example.com', 'rfc822;[address]'],
    ['a quoted local part goes', 'for "Ada Doe"@example.com here', 'for [address] here'],
    ['with its escapes', 'for "a\\"b"@example.com here', 'for [address] here'],
    ['and with an at sign in it', '<"a@b"@example.com>', '<"[address][address]>'],
    ['and right behind another address', 'a@x.test\\"b"@y.test', '[address][address]'],
    ['a bounce address with another in it goes whole', 'to bounce+ada=x.test@example.com', 'to [address]'],
    ['letters of any script go', 'für jörg@bücher.example!', 'für [address]'],
    [
      'an address in a link goes with what it touches',
      'see https://x.test/?to=ada%40x.test',
      'see https:[address]',
    ],
    ['one that was cut off goes', '550 no mailbox ada@', '550 no mailbox [address]'],
    ['a domain alone stays', '550 @example.com is unknown', '550 @example.com is unknown'],
    ['an at sign alone stays', 'mail @ noon', 'mail @ noon'],
  ])('%s', (_, words, redacted) => {
    expect(redactAddresses(words)).toBe(redacted);
  });

  test('no address is left, whatever stands around it', () => {
    const local = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,20}$/);
    const domain = fc.stringMatching(/^[a-z0-9]{1,10}\.(?:test|example)$/);
    const around = fc.stringMatching(/^[ <>()"';:,.a-z0-9@%\\[\]]{0,20}$/);
    fc.assert(
      fc.property(around, local, domain, around, (before, name, host, after) => {
        const address = `${name}@${host}`;
        expect(redactAddresses(`${before} <${address}> ${after} ${address}`)).not.toContain(address);
      }),
      RUNS,
    );
  });

  // Read quadratically, each would take minutes.
  test.each([
    ['a@ ', '[address] '],
    ['@ ', '@ '],
    ['a"@ ', 'a[address] '],
    ['\\"@ ', '\\[address] '],
  ])('%s, many times over', (unit, redacted) => {
    expect(redactAddresses(unit.repeat(500_000))).toBe(redacted.repeat(500_000));
  });
});
