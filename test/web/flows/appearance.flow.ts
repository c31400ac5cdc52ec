import { expect, test } from '../support/console-test.ts';
import { bounceFor } from '../support/notification.ts';

test('Polish is spoken throughout, with its own plurals, and remembered', async ({
  page,
  stack,
  account,
}) => {
  const addresses = Array.from({ length: 22 }, (_, index) => `person${index}@office.example`);
  await stack.publish(addresses.map((to) => bounceFor('policy', { to, account, campaign: 'wiosna' })));
  await page.goto(`/console/${account}/suppressed`);
  await page.getByLabel('Language').selectOption('Polski');
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl');
  await expect(page.getByRole('heading', { name: 'Zablokowane adresy' })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Pokazano 22 adresy')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByRole('link', { name: 'person0@office.example' }).click();
  await expect(page.getByText('Zanim odblokujesz, poproś administratora domeny odbiorcy')).toBeVisible();
  await page.getByRole('link', { name: 'Przegląd' }).click();
  await expect(page.getByRole('img', { name: /^22 odbicia od/ })).toBeVisible();
  await expect(page).toHaveTitle('Przegląd · Rebound');
});

test('the browser’s own language is the first', async ({ browser, stack, account }) => {
  const context = await browser.newContext({ locale: 'pl-PL', baseURL: stack.apiUrl });
  const page = await context.newPage();
  await page.goto(`/console/${account}/check`);
  await expect(page.getByRole('heading', { name: 'Sprawdź listę' })).toBeVisible();
  await context.close();
});

test('colours follow the system until somebody chooses', async ({ page, account }) => {
  const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/console/${account}`);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const dark = await ground();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.getByLabel('Colours').selectOption('Dark');
  expect(await ground()).toBe(dark);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect(await ground()).toBe(dark);
});

test('the chart is a table for those who prefer one', async ({ page, stack, account }) => {
  const dead = `a@${account}.example.com`;
  await stack.suppress(dead, bounceFor('unknown_user', { to: dead, account }), account);
  await page.goto(`/console/${account}`);
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.getByRole('columnheader', { name: 'Mailbox does not exist' })).toBeVisible();
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('11');
  await page.getByLabel('Period').selectOption('Last 7 days');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(8);
});

test('a page that does not exist says so, and another account is opened', async ({ page, account }) => {
  await page.goto('/console/default/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.getByText('Account default').click();
  await page.getByRole('combobox', { name: 'Account' }).fill(account);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/console/${account}$`));
});

test('the bounce rate stands against the two lines of SES', async ({ page, account }) => {
  let rate = 0.012;
  let complaintRate: number | null = 0.0004;
  await page.route('**/stats?*', async (route) => {
    const response = await route.fetch();
    const asOf = '2026-11-23T08:00:00.000Z';
    const bounceRate = { rate, complaintRate, asOf, scope: 'aws_account', source: 'AWS/SES' };
    await route.fulfill({ response, json: { ...((await response.json()) as object), bounceRate } });
  });
  const card = page.getByRole('region', { name: 'Bounce rate' });
  await page.goto(`/console/${account}`);
  await expect(card).toContainText('1.2%');
  await expect(card).toContainText('Below the first line');
  await expect(card).toContainText('for the whole AWS account, as of 23 Nov 2026, 08:00');
  await expect(card).toContainText('Complaint rate 0.04%');
  rate = 0.05;
  complaintRate = null;
  await page.reload();
  await expect(card).toContainText('SES may put the AWS account under review');
  await expect(card).not.toContainText('Complaint rate');
  rate = 0.31;
  await page.reload();
  await expect(card).toContainText('SES may stop all sending');
});
