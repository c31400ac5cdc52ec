import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/console-test.ts';
import { bounceFor } from '../support/notification.ts';
import { until } from '../support/stack.ts';

const LIFTABLE = 'marta@office.example';

test('a marketer opens a campaign, sees who bounced and who was not sent to, reads why, and unbounces', async ({
  page,
  stack,
  account,
}) => {
  const client = stack.clientOf(account);
  const dead = `old@${account}.example.net`;
  const formula = `=1+1@${account}.example.org`;
  const sent = { account, campaign: 'autumn' };
  await stack.publish([
    bounceFor('policy', { to: LIFTABLE, ...sent }),
    bounceFor('unknown_user', { to: dead, ...sent }),
    bounceFor('unknown_user', { to: formula, ...sent }),
  ]);
  await until(async () => (await client.listSuppressions()).items.length === 3);
  await client.filterRecipients({ recipients: [LIFTABLE, dead, 'new@example.com'], campaign: 'autumn' });

  await page.goto(`/console/${account}`);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page.getByText('10', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /^3 bounces from/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Mailbox does not exist' })).toBeVisible();

  await page.getByRole('link', { name: 'Campaigns' }).click();
  await expect(page.getByRole('row', { name: /autumn .*3 2$/ })).toBeVisible();
  await page.getByRole('link', { name: 'autumn' }).click();
  await expect(page.getByRole('link', { name: 'Bounced 3 3 hard, 0 soft' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await page.getByLabel('Reason').selectOption({ label: 'Mailbox does not exist (2)' });
  await expect(page.getByRole('button', { name: LIFTABLE })).toBeHidden();
  await expect(page.getByText('2 recipients shown')).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('autumn-bounced.csv');
  const text = await readFile(await file.path(), 'utf8');
  expect(text.split('\r\n')[0]).toMatch(/^id,address,/);
  expect(text).toContain(dead);
  expect(text).toContain(`,'${formula},`);
  expect(text).not.toContain(LIFTABLE);

  await page.getByRole('link', { name: /^Not sent 2/ }).click();
  await page.getByRole('button', { name: LIFTABLE }).click();
  await expect(page.getByText('Bounced before')).toBeVisible();
  await page.getByRole('link', { name: 'Open this address' }).click();

  await expect(page.getByRole('heading', { name: LIFTABLE })).toBeFocused();
  expect(page.url()).not.toContain('marta');
  const why = page.getByRole('region', { name: 'Why it is not sent to' });
  await expect(why).toContainText('Blocked by the receiver’s policy');
  await expect(why).toContainText('Ask the administrator of the receiving domain');
  await expect(why).toContainText('External senders are not allowed');

  await page.getByRole('button', { name: 'Unbounce' }).click();
  const dialog = page.getByRole('dialog', { name: 'Unbounce this address' });
  await expect(dialog).toContainText('10 → 9 left this month');
  await dialog.getByRole('button', { name: 'Unbounce' }).click();
  const box = dialog.getByLabel('I can confirm that this address is valid');
  await expect(box).toBeFocused();
  await expect(dialog).toContainText('Tick the box first');
  await dialog.getByLabel('How do you know?').selectOption('replied');
  await dialog.getByLabel('Note for those who ask later').fill('She wrote to us.');
  await box.check();
  await dialog.getByRole('button', { name: 'Unbounce' }).click();

  const done = page.getByRole('dialog', { name: 'Unbounced' });
  await expect(done).toContainText('9 unbounces are left this month.');
  await expect(done).toContainText('What may still block it');
  await expect(done).toContainText('Not known');
  await done.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Unbounced once', { exact: true })).toBeVisible();
  await expect(page.getByText('The contact replied to us. She wrote to us.')).toBeVisible();
  await expect(page.getByText('Sent to', { exact: true })).toBeVisible();

  const { items } = await client.listUnbounces();
  expect(items).toMatchObject([
    { address: LIFTABLE, evidence: { kind: 'replied', note: 'She wrote to us.' } },
  ]);
});

test('one address is looked up, whether it is suppressed or was never heard of', async ({
  page,
  stack,
  account,
}) => {
  const dead = `old@${account}.example.net`;
  await stack.suppress(dead, bounceFor('unknown_user', { to: dead, account }), account);
  await page.goto(`/console/${account}/suppressed`);
  await expect(page.getByRole('link', { name: dead })).toBeVisible();

  await page.getByLabel('Look up one address').fill('no address');
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByText('This is not an e-mail address')).toBeVisible();
  await expect(page.getByLabel('Look up one address')).toHaveValue('no address');

  await page.getByLabel('Look up one address').fill('Never.Heard@example.com');
  await page.getByLabel('Look up one address').press('Enter');
  await expect(page.getByText('Nothing keeps this account from sending to this address.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'never.heard@example.com' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unbounce' })).toBeHidden();

  await page.getByRole('link', { name: 'Suppressed addresses' }).click();
  await page.getByLabel('Reason').selectOption('Reported as spam');
  await expect(page.getByText('No address is suppressed for this reason.')).toBeVisible();
  await page.getByLabel('Reason').selectOption('Mailbox does not exist');
  await page.getByRole('link', { name: dead }).click();
  await expect(page.getByText('Not sent to', { exact: true })).toBeVisible();
});
