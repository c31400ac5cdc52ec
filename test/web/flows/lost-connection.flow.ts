import type { Page } from '@playwright/test';
import { chooseFile } from '../support/choose-file.ts';
import { expect, test } from '../support/console-test.ts';
import { bounceFor } from '../support/notification.ts';
import { until } from '../support/stack.ts';

const UNBOUNCE = '**/suppressions/*/unbounce';
const SUPPRESSIONS = '**/suppressions?*';
const QUOTA = '**/unbounce-quota';

/** Opens the dialog for an address and fills it in. */
async function fillDialog(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Unbounce' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How do you know?').selectOption('asked');
  await dialog.getByLabel('Note for those who ask later').fill('By telephone.');
  await dialog.getByLabel('I can confirm').check();
  return dialog;
}

test('an unbounce whose answer is lost keeps what was typed and counts once', async ({
  page,
  stack,
  account,
}) => {
  const address = 'ada@office.example';
  await stack.suppress(address, bounceFor('policy', { to: address, account }), account);
  const { id } = await stack.clientOf(account).readSuppression(address);
  await page.route(UNBOUNCE, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  const dialog = await fillDialog(page, `/console/${account}/address/${id}`);
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The answer did not arrive');
  await expect(dialog.getByLabel('Note for those who ask later')).toHaveValue('By telephone.');
  await expect(dialog.getByLabel('I can confirm')).toBeChecked();

  await page.unroute(UNBOUNCE);
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await expect(page.getByRole('dialog', { name: 'Unbounced' })).toContainText('9 unbounces are left');
  expect((await stack.clientOf(account).readUnbounceQuota()).used).toBe(1);
});

test('an unbounce without a connection changes nothing', async ({ page, context, stack, account }) => {
  const address = 'bo@office.example';
  await stack.suppress(address, bounceFor('policy', { to: address, account }), account);
  const { id } = await stack.clientOf(account).readSuppression(address);
  const dialog = await fillDialog(page, `/console/${account}/address/${id}`);
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await expect(dialog.getByRole('alert')).toContainText('What you typed is still here.');
  await context.setOffline(false);
  expect((await stack.clientOf(account).readUnbounceQuota()).used).toBe(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeVisible();
});

test('a look-up without a connection keeps the address', async ({ page, context, account }) => {
  await page.goto(`/console/${account}/suppressed`);
  await expect(page.getByText('No address is suppressed.')).toBeVisible();
  await context.setOffline(true);
  await page.getByLabel('Look up one address').fill('cy@example.com');
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('alert')).toContainText('No connection');
  await expect(page.getByLabel('Look up one address')).toHaveValue('cy@example.com');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: 'cy@example.com' })).toBeVisible();
});

test('a list goes on where the connection was lost, and is as it was for whoever comes back', async ({
  page,
  stack,
  account,
}) => {
  const addresses = Array.from({ length: 55 }, (_, index) => `person${index}@office.example`);
  await stack.publish(addresses.map((to) => bounceFor('policy', { to, account })));
  await until(
    async () => (await stack.clientOf(account).listSuppressions({ limit: 100 })).items.length === 55,
  );
  await page.goto(`/console/${account}/suppressed`);
  await expect(page.getByText('50 addresses shown')).toBeVisible();
  await page.route(SUPPRESSIONS, (route) => route.abort('connectionfailed'));
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByRole('alert')).toContainText('No connection');
  await expect(page.getByText('50 addresses shown')).toBeVisible();
  await page.unroute(SUPPRESSIONS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('55 addresses shown')).toBeVisible();

  const last = page.getByRole('row').last().getByRole('link');
  const name = (await last.textContent()) ?? '';
  await last.click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await page.route(SUPPRESSIONS, (route) => route.abort('connectionfailed'));
  await page.goBack();
  await expect(page.getByRole('link', { name, exact: true })).toBeInViewport();
  await expect(page.getByText('55 addresses shown')).toBeVisible();

  await page.route(QUOTA, (route) => route.abort('connectionfailed'));
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('alert')).toContainText('Rebound could not be reached');
  await page.unroute(QUOTA);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Unbounces left this month' })).toBeVisible();
});

test('a long check goes on where it was lost, and judges nobody twice', async ({ page, account }) => {
  const people = Array.from({ length: 20_500 }, (_, index) => `person${index}@example.com`);
  const asked: number[] = [];
  let isConnected = true;
  await page.route('**/recipients/filter', async (route) => {
    const { recipients } = route.request().postDataJSON() as { recipients: string[] };
    if (!isConnected) return await route.abort('connectionreset');
    asked.push(recipients.length);
    isConnected = asked.length !== 1;
    await route.continue();
  });
  await page.goto(`/console/${account}/check`);
  await chooseFile(page, [...people, 'PERSON7@example.com']);
  await expect(page.getByText('20,501 rows with an address')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(
    'lost after 10,000 of 20,501. What was checked is kept.',
  );
  isConnected = true;
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible();
  await expect(page.getByText('20,500', { exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Twice in the list' })).toBeVisible();
  expect(asked).toEqual([10_000, 10_000, 501]);
});
