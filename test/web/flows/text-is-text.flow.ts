import { expect, test } from '../support/console-test.ts';
import { bounceFor } from '../support/notification.ts';

const HTML = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const DIAGNOSTIC = `smtp; 550 5.7.1 refused by policy ${HTML}`;
const ADDRESS = '"<b>bold</b>"@office.example';

test('HTML in what comes from outside is shown and never interpreted', async ({ page, stack, account }) => {
  const bounce = bounceFor('policy', { to: ADDRESS, account, campaign: 'html', diagnostic: DIAGNOSTIC });
  await stack.suppress(ADDRESS, bounce, account);
  const isClean = async () => {
    await expect(page.locator('main :is(img, script, b), dialog :is(img, script, b)')).toHaveCount(0);
  };

  await page.goto(`/console/${account}/suppressed`);
  await page.getByRole('link', { name: '<b>bold</b>' }).click();
  await expect(page.getByRole('heading', { name: '<b>bold</b>' })).toBeVisible();
  await expect(page.getByText(DIAGNOSTIC).first()).toBeVisible();
  await isClean();

  await page.getByRole('button', { name: 'Unbounce' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(DIAGNOSTIC);
  await dialog.getByLabel('How do you know?').selectOption('other');
  await dialog.getByLabel('Note for those who ask later').fill(HTML);
  await dialog.getByLabel('I can confirm').check();
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await isClean();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(`Evidence: Something else. ${HTML}`)).toBeVisible();
  await isClean();

  await page.goto(`/console/${account}/campaigns/html`);
  await page.getByRole('button', { name: '<b>bold</b>' }).click();
  await expect(page.getByText('refused by policy <img')).toBeVisible();
  await isClean();

  await page.goto(`/console/${account}/check`);
  await page
    .getByLabel('Paste addresses')
    .fill(`name,mail\n${HTML.replaceAll('"', '')},${HTML.replaceAll('"', '')}@x\nAda,ada@example.com`);
  await page.getByLabel('Column with the addresses').selectOption('1');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'Not an address' })).toBeVisible();
  await isClean();
});
