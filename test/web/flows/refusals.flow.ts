import { expect, test } from '../support/console-test.ts';
import { bounceFor, listedBySes } from '../support/notification.ts';
import type { Stack } from '../support/stack.ts';
import { until } from '../support/stack.ts';

const RESETS = /You can unbounce again from 1 \w+ \d{4}\./;

/** Suppresses so many addresses that may be unbounced; their ids. */
async function liftable(stack: Stack, account: string, count: number): Promise<string[]> {
  const addresses = Array.from({ length: count }, (_, index) => `person${index}@office.example`);
  await stack.publish(addresses.map((to) => bounceFor('policy', { to, account })));
  const client = stack.clientOf(account);
  await until(async () => (await client.listSuppressions()).items.length === count);
  return (await client.listSuppressions()).items.map(({ id }) => id);
}

async function useUp(stack: Stack, account: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await stack.clientOf(account).unbounce(id, { confirmedValid: true });
}

test('what can never be unbounced has no button, and says why and what helps', async ({
  page,
  stack,
  account,
}) => {
  const dead = `gone@${account}.example.net`;
  await stack.suppress(dead, bounceFor('unknown_user', { to: dead, account }), account);
  await stack.clientOf(account).saveAccount({ sendingIdentities: [] });
  await page.goto(`/console/${account}/suppressed`);
  await page.getByRole('link', { name: dead }).click();
  await expect(page.getByText('2 conditions stand in the way.')).toBeVisible();
  await expect(page.getByText('This reason is never unbounced')).toBeVisible();
  await expect(page.getByText('No verified sending domain is connected')).toBeVisible();
  await expect(
    page.getByText('Ask the contact for a current address; a corrected address starts clean.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeHidden();
});

test('an address has its second chance once', async ({ page, stack, account }) => {
  const [id = ''] = await liftable(stack, account, 1);
  await useUp(stack, account, [id]);
  const again = bounceFor('policy', {
    to: 'person0@office.example',
    account,
    bouncedAt: Date.now() + 10_000,
  });
  await stack.suppress(id, again, account);
  await page.goto(`/console/${account}/address/${id}`);
  await expect(page.getByText('The address had its one second chance')).toBeVisible();
  await expect(page.getByText('Unbounced once', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeHidden();
});

test('a quota that is used up says when it starts again', async ({ page, stack, account }) => {
  const [last = '', ...others] = await liftable(stack, account, 11);
  await useUp(stack, account, others);
  await page.goto(`/console/${account}`);
  await expect(page.getByText('Used up.')).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Unbounces left this month' })).toHaveAttribute(
    'aria-valuetext',
    '0 of 10 left',
  );
  await page.goto(`/console/${account}/address/${last}`);
  await expect(page.getByText('This month’s unbounces are used up')).toBeVisible();
  await expect(page.getByText(RESETS)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeHidden();
});

test('a quota that somebody else uses up meanwhile is refused in the dialog', async ({
  page,
  stack,
  account,
}) => {
  const [last = '', ...others] = await liftable(stack, account, 11);
  await useUp(stack, account, others.slice(1));
  await page.goto(`/console/${account}/address/${last}`);
  await page.getByRole('button', { name: 'Unbounce' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 → 0 left this month');
  await dialog.getByLabel('Note for those who ask later').fill('Kept');
  await dialog.getByLabel('I can confirm').check();
  await useUp(stack, account, others.slice(0, 1));
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await expect(dialog.getByRole('alert')).toContainText('It was refused');
  await expect(dialog.getByRole('alert')).toContainText(RESETS);
  await expect(dialog.getByLabel('Note for those who ask later')).toHaveValue('Kept');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('This address cannot be unbounced')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeHidden();
});

test('what only Amazon SES blocks says who, and is lifted with a note alone', async ({
  page,
  stack,
  account,
}) => {
  const address = `listed@${account}.example`;
  await stack.suppress(address, listedBySes({ to: address, account }), account);
  const { id } = await stack.clientOf(account).readSuppression(address);
  await page.goto(`/console/${account}/address/${id}`);
  const why = page.getByRole('region', { name: 'Why it is not sent to' });
  await expect(why).toContainText('Amazon SES, list of this AWS account');
  await expect(why).toContainText('Unbounce the address when the contact confirms that it is valid.');
  await page.getByRole('button', { name: 'Unbounce' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note for those who ask later').fill('Called them.');
  await dialog.getByLabel('I can confirm').check();
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  await expect(page.getByRole('dialog', { name: 'Unbounced' })).toBeVisible();
  const { items } = await stack.clientOf(account).listUnbounces();
  expect(items).toMatchObject([{ evidence: { kind: 'other', note: 'Called them.' } }]);
});

test('an unbounce that SES has yet to follow promises nothing too early', async ({
  page,
  stack,
  account,
}) => {
  const [id = ''] = await liftable(stack, account, 1);
  await page.route('**/unbounce', async (route) => {
    const response = await route.fetch();
    const granted = (await response.json()) as { readonly layers: object };
    const layers = { ...granted.layers, sesAccountList: 'pending' };
    await route.fulfill({ response, json: { ...granted, layers } });
  });
  await page.goto(`/console/${account}/address/${id}`);
  await page.getByRole('button', { name: 'Unbounce' }).click();
  await page.getByLabel('I can confirm').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Unbounce' }).click();
  const done = page.getByRole('dialog', { name: 'Unbounced' });
  await expect(done).toContainText('as soon as nothing below blocks it');
  await expect(done).toContainText('Removal requested');
  await expect(done).toContainText('SES still has to take it off its own list.');
  await expect(done).not.toContainText('will be sent');
});

test('another account sees nothing of an address', async ({ page, stack, account }) => {
  const [id = ''] = await liftable(stack, account, 1);
  const other = `${account}-other`;
  await stack.clientOf(other).saveAccount({ contacts: 1, sendingIdentities: [`${other}.example.com`] });
  await page.goto(`/console/${other}/address/${id}`);
  await expect(page.getByText('Nothing keeps this account from sending')).toBeVisible();
  await expect(page.getByText('No bounce of this account is known.')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/person0|External senders/);
  await page.goto(`/console/${other}/suppressed`);
  await expect(page.getByText('No address is suppressed.')).toBeVisible();
});

test('an account that is not registered, and one that is not the reader’s', async ({ page, account }) => {
  await page.goto('/console/nobody/suppressed');
  await expect(page.getByText('The account “nobody” is not registered')).toBeVisible();
  const forbidden = {
    type: 'urn:rebound:problem:forbidden',
    title: 'No',
    status: 403,
    detail: 'No',
    code: 'forbidden',
  };
  await page.route('**/v1/**', (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(forbidden) }),
  );
  await page.goto(`/console/${account}`);
  await expect(page.getByText('You may not see this')).toBeVisible();
  await page.unroute('**/v1/**');
  await page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }));
  await page.reload();
  await expect(page.getByText('Your sign-in has ended')).toBeVisible();
});

test('an API without statistics leaves the rest of the overview', async ({ page, account }) => {
  await page.route('**/stats?*', (route) =>
    route.fulfill({ status: 404, contentType: 'application/json', body: '{"message":"Not Found"}' }),
  );
  await page.goto(`/console/${account}`);
  await expect(page.getByText('Not available', { exact: true })).toBeVisible();
  await expect(page.getByText('/ 10')).toBeVisible();
});
