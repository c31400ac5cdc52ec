import { describe, expect, test } from '@jest/globals';
import { isEntrance, parsePlace, pathOf, type Route } from '../../web/app/routes.ts';

const ROUTES: readonly Route[] = [
  { page: 'overview' },
  { page: 'campaigns' },
  { page: 'campaign', campaign: 'spring', outcome: 'bounced', reason: null },
  { page: 'campaign', campaign: 'Spring_1.b@x', outcome: 'not-sent', reason: 'policy' },
  { page: 'suppressed', reason: null },
  { page: 'suppressed', reason: 'complaint' },
  { page: 'address', id: null },
  { page: 'address', id: 'qgCdMcQ8XzKsHFPZVXZ0u1JkKO6cLvHSyWbQBo4vLcM' },
  { page: 'check' },
];

function parse(url: string) {
  const { pathname, searchParams } = new URL(url, 'https://console.example');
  return parsePlace(pathname, searchParams);
}

describe('a path of the console', () => {
  test.each(ROUTES)('leads to the page that it was made from: %j', (route) => {
    expect(parse(pathOf('shop_1', route))).toEqual({ account: 'shop_1', route });
  });

  test.each([
    '/console/shop/nowhere',
    '/console/shop/check/more',
    '/console/shop/campaigns/spring/more',
    '/console/sh%20op/check',
    '/console/%E0%A4%A/check',
    '/elsewhere',
  ])('%s leads nowhere', (path) => {
    expect(parse(path)).toBeNull();
  });

  test('may name nothing yet', () => {
    expect(['/console', '/console/', '/console/shop'].map(isEntrance)).toEqual([true, true, false]);
  });
});
