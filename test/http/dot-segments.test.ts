import { expect, test } from '@jest/globals';
import { hasDotSegment } from '../../lib/http/dot-segments.ts';

test.each([
  ['/v1/accounts/a/..', true],
  ['/v1/accounts/a/../b', true],
  ['..', true],
  ['/v1/./accounts', true],
  ['/v1/%2e%2E/accounts', true],
  ['/v1/.%2e', true],
  ['/v1/a%2F..%2fb', true],
  ['/v1/a\\..\\b', true],
  ['/v1/a%5c.%5Cb', true],
  ['/v1/accounts', false],
  ['/v1/accounts/a/suppressions/ada.b@example.com', false],
  ['/v1/accounts/a/campaigns/...', false],
  ['/v1/accounts/a/campaigns/.spring', false],
  ['/v1/accounts/a/campaigns/spring..', false],
  ['', false],
])('%j: %j', (path, isDotted) => {
  expect(hasDotSegment(path)).toBe(isDotted);
});
