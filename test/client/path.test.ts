import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressInPath } from '../../client/path.ts';
import { parsePathAddress } from '../../lib/http/path-address.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { decodePath } from '../../local/route.ts';

describe('an address in a path', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Doe+x_y-z@Sub.Example.com', 'Ada.Doe+x_y-z@Sub.Example.com'],
    [addressHash('ada@example.com'), addressHash('ada@example.com')],
    ['a/b@x.com', '~YS9iQHguY29t'],
    ['50%off@x.com', '~NTAlb2ZmQHguY29t'],
    ['Ada <ada@example.com>', '~QWRhIDxhZGFAZXhhbXBsZS5jb20-'],
    ['j\u00f6rg@example.com', '~asO2cmdAZXhhbXBsZS5jb20'],
    ['~x@example.com', '~fnhAZXhhbXBsZS5jb20'],
    ['nobody', '~bm9ib2R5'],
    ['..', '~Li4'],
    ['', '~'],
  ])('%j is %s', (address, expected) => {
    expect(addressInPath(address)).toBe(expected);
  });

  test('arrives as it was written, through a gateway that decodes before it routes', () => {
    const texts = fc.oneof(
      fc.emailAddress(),
      fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.domain()).map((parts) => parts.join('@')),
    );
    fc.assert(
      fc.property(texts, (address) => {
        const segment = addressInPath(address);
        const { pathname } = new URL(`http://127.0.0.1/${segment}`);
        expect(decodePath(pathname)).toBe(`/${segment}`);
        expect(parsePathAddress(segment)).toEqual(parsePathAddress(address));
      }),
      { seed: 4 },
    );
  });
});
