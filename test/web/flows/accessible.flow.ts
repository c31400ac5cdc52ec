import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/console-test.ts';
import { bounceFor, complaintOf } from '../support/notification.ts';
import { type Stack, until } from '../support/stack.ts';

const LIFTABLE = 'marta@office.example';

function deadOf(account: string): string {
  return `old@${account}.example.net`;
}

/** Every page in every state that looks different; what each shows when it is ready. */
async function pagesOf(stack: Stack, account: string): Promise<[path: string, shown: string][]> {
  const client = stack.clientOf(account);
  await stack.publish([
    bounceFor('policy', { to: LIFTABLE, account, campaign: 'spring' }),
    bounceFor('unknown_user', { to: deadOf(account), account, campaign: 'spring' }),
    bounceFor('mailbox_full', { to: `full@${account}.example.org`, account, campaign: 'spring' }),
    complaintOf({ to: 'cross@example.org', account, campaign: 'spring' }),
  ]);
  await until(async () => (await client.listSuppressions()).items.length === 3);
  await client.filterRecipients({ recipients: [deadOf(account)], campaign: 'spring' });
  const [liftable, dead] = await Promise.all(
    [LIFTABLE, deadOf(account)].map((one) => client.readSuppression(one)),
  );
  return [
    [`/console/${account}`, 'Top reasons, and what helps'],
    [`/console/${account}/campaigns`, '1 campaign shown'],
    [`/console/${account}/campaigns/spring`, '4 recipients shown'],
    [`/console/${account}/campaigns/spring?outcome=not-sent`, '1 recipient shown'],
    [`/console/${account}/suppressed`, '3 addresses shown'],
    [`/console/${account}/suppressed?reason=timeout`, 'No address is suppressed for this reason.'],
    [`/console/${account}/address/${liftable?.id}`, 'Last bounces'],
    [`/console/${account}/address/${dead?.id}`, 'This reason is never unbounced'],
    [`/console/${account}/check`, 'Paste addresses or the rows of a CSV file'],
    ['/console/nobody/campaigns', 'is not registered'],
    [`/console/${account}/nowhere`, 'There is no such page'],
  ];
}

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ page, stack, account }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const pages = await pagesOf(stack, account);
    for (const [path, shown] of pages) {
      await page.goto(path);
      await expect(page.getByText(shown)).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await violationsOn(page)).toEqual([]);
    }

    await page.goto(`/console/${account}`);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByText(`Account ${account}`).click();
    expect(await violationsOn(page)).toEqual([]);

    await page.goto(`/console/${account}/campaigns/spring`);
    await page.getByRole('button', { name: LIFTABLE }).click();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Open this address' }).click();
    await page.getByRole('button', { name: 'Unbounce' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unbounce' }).click();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByLabel('I can confirm').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Unbounce' }).click();
    await expect(page.getByRole('dialog', { name: 'Unbounced' })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);

    await page.goto(`/console/${account}/check`);
    await page.getByLabel('Paste addresses').fill(`${deadOf(account)}\nada@example.com\nnobody`);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);
  });
}

test('every page fits into 360 pixels, in both languages', async ({ page, stack, account }) => {
  test.slow();
  await page.setViewportSize({ width: 360, height: 740 });
  const pages = await pagesOf(stack, account);
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  for (const [path, shown] of pages) {
    await page.goto(path);
    await expect(page.getByText(shown)).toBeVisible();
    expect([path, await width()]).toEqual([path, 360]);
  }
  await page.getByLabel('Language').selectOption('Polski');
  for (const [path] of pages) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect([path, await width()]).toEqual([path, 360]);
  }
});

test('the keyboard alone goes from the overview to an unbounce', async ({ page, stack, account }) => {
  await stack.suppress(LIFTABLE, bounceFor('policy', { to: LIFTABLE, account }), account);
  await page.goto(`/console/${account}/suppressed`);
  await expect(page.getByRole('link', { name: LIFTABLE })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: LIFTABLE })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: LIFTABLE })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Unbounce this address' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Unbounce this address' })).toBeFocused();
  for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('Tab');
  await expect(page.getByLabel('I can confirm')).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Unbounced' })).toBeFocused();
});
