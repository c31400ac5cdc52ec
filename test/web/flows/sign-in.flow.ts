import type { Page } from '@playwright/test';
import { test as base, expect } from '../support/console-test.ts';
import { type Issuer, startIssuer } from '../support/issuer.ts';

const test = base.extend<{ readonly issuer: Issuer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  issuer: async ({}, use) => {
    const issuer = await startIssuer();
    await use(issuer);
    await issuer.stop();
  },
  otherOrigins: async ({ issuer }, use) => use([issuer.url]),
});

/** Serves the console as a stack with an issuer does: other settings, and a policy that lets the issuer be asked. */
async function deployWith(page: Page, issuer: Issuer, account: string | null): Promise<void> {
  // Chromium takes a page that a test has changed for one of the open internet, and the issuer for one of this network.
  await page.context().grantPermissions(['local-network-access']);
  const auth = {
    issuer: issuer.url,
    clientId: 'console',
    scopes: ['suppressions:read'],
    scopePrefix: 'rebound/',
    accountClaim: 'tenant',
  };
  await page.route('**/console/config.json', (route) =>
    route.fulfill({ json: { apiUrl: '/', auth, account } }),
  );
  await page.route(
    (url) => url.pathname.startsWith('/console/') && !/\.\w+$/.test(url.pathname),
    async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      const policy = (headers['content-security-policy'] ?? '').replace(
        "connect-src 'self'",
        `connect-src 'self' ${issuer.url}`,
      );
      await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy } });
    },
  );
}

/** On the issuer's page. */
async function goOn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Go on' }).click();
}

test('nobody sees a page before signing in, and comes back to where they wanted to go', async ({
  page,
  issuer,
  account,
}) => {
  await deployWith(page, issuer, account);
  const sent: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/v1/')) sent.push(request.headers()['authorization']);
  });
  await page.goto(`/console/${account}/suppressed?reason=policy`);
  await goOn(page);
  await expect(page.getByText('No address is suppressed for this reason.')).toBeVisible();
  expect(new URL(page.url()).search).toBe('?reason=policy');
  expect(issuer.scopes).toEqual(['openid rebound/suppressions:read']);
  expect(new Set(sent)).toEqual(new Set([`Bearer ${issuer.tokens[0]}`]));

  const kept = await page.evaluate<string>(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
  );
  expect(kept).not.toContain('token-');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();

  await page.reload();
  await goOn(page);
  await expect(page.getByText('No address is suppressed for this reason.')).toBeVisible();
  expect(issuer.tokens).toHaveLength(2);
});

test('whose account it is stands in the token where the settings name none', async ({
  page,
  issuer,
  account,
}) => {
  issuer.claim({ tenant: account });
  await deployWith(page, issuer, null);
  await page.goto('/console/');
  await goOn(page);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/console/${account}$`));
});

test('a refused sign-in says so, and goes no further', async ({ page, issuer, account }) => {
  issuer.refuse();
  await deployWith(page, issuer, account);
  await page.goto('/console/');
  await goOn(page);
  await expect(page.getByText('Signing in did not work')).toBeVisible();
  await expect(page.getByText('access_denied')).toBeVisible();
  await expect(page.getByRole('navigation')).toBeHidden();
  expect(page.url()).not.toContain('state=');
});

test('settings that do not come are told', async ({ page }) => {
  await page.route('**/console/config.json', (route) => route.abort('connectionfailed'));
  await page.goto('/console/');
  await expect(page.getByText('The console cannot start')).toBeVisible();
  await page.unroute('**/console/config.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page).toHaveURL(/\/console\/default$/);
});
