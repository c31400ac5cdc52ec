import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { chooseFile } from '../support/choose-file.ts';
import { expect, test } from '../support/console-test.ts';
import { bounceFor } from '../support/notification.ts';

async function downloaded(page: Page, button: string): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return await readFile(await (await saving).path(), 'utf8');
}

test('a pasted list becomes send and not send, and nothing but the addresses leaves the browser', async ({
  page,
  stack,
  account,
}) => {
  const blocked = `gone@${account}.example.net`;
  await stack.suppress(blocked, bounceFor('unknown_user', { to: blocked, account }), account);
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') bodies.push(request.postData() ?? '');
  });
  const rows = [
    'Name;E-mail;Note',
    'Ada;ada@example.com;"likes; tea"',
    `Old;${blocked};secret`,
    '=2+2;+tag@example.org;"a ""quote"""',
    'Nobody;nobody;x',
    'Nothing;;x',
    'Ada again;ADA@example.com;x',
  ];
  await page.goto(`/console/${account}/check`);
  await page.getByLabel('Paste addresses').fill(rows.join('\n'));
  await expect(page.getByLabel('Column with the addresses')).toHaveValue('1');
  await expect(page.getByText('5 rows with an address')).toBeVisible();
  await expect(page.getByText('1 row has none and is left out')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeFocused();

  const table = page.getByRole('region', { name: 'Do not send' });
  await expect(
    table.getByRole('row', { name: `${blocked} Bounced before · Mailbox does not exist` }),
  ).toBeVisible();
  await expect(table.getByRole('row', { name: 'nobody Not an address' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'ADA@example.com Twice in the list' })).toBeVisible();
  expect(await downloaded(page, 'Download send list')).toBe(
    'Name,E-mail,Note\r\nAda,ada@example.com,likes; tea\r\n=2+2,+tag@example.org,"a ""quote"""\r\n',
  );
  const notSent = await downloaded(page, 'Download not-sent list');
  expect(notSent.split('\r\n')[0]).toBe(
    'Name,E-mail,Note,rebound_code,rebound_rule,rebound_layer,rebound_reason,rebound_status,rebound_bounced_at,rebound_until',
  );
  expect(notSent).toContain(`Old,${blocked},secret,hard_bounce,P2,own,unknown_user,5.1.1,`);

  expect(bodies.map((body) => JSON.parse(body))).toEqual([
    { recipients: ['ada@example.com', blocked, '+tag@example.org', 'nobody', 'ADA@example.com'] },
  ]);

  await page.getByRole('link', { name: blocked }).click();
  await expect(page.getByText('This reason is never unbounced')).toBeVisible();
  expect(page.url()).not.toContain('gone');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Download send list' })).toBeVisible();
  await page.getByRole('button', { name: 'Check another list' }).click();
  await expect(page.getByLabel('Paste addresses')).toHaveValue('');
});

test('a file is chosen or dropped, and a bad one says what to do', async ({ page, account }) => {
  await page.goto(`/console/${account}/check`);
  const choose = page.getByLabel('Drop a CSV file here, or choose one');
  await choose.setInputFiles({
    name: 'old.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([0x4d, 0xfc, 0x6c]),
  });
  await expect(page.getByText('Save it in your spreadsheet as “CSV UTF-8”')).toBeVisible();
  await choose.setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('\uFEFFmail\na@example.com\n'),
  });
  await expect(page.getByText('From the file people.csv')).toBeVisible();
  await expect(page.getByText('1 row with an address')).toBeVisible();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByLabel('Paste addresses').fill('name,mail\n"Ada,ada@example.com\n');
  await expect(page.getByText('A quote in line 2 is not closed.')).toBeVisible();

  const dropped = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['b@example.com, c@example.com'], 'dropped.txt', { type: 'text/plain' }));
    return data;
  })()`);
  await page.getByRole('region', { name: 'Check a list' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('From the file dropped.txt')).toBeVisible();
  await expect(page.getByText('2 rows with an address')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('Everybody on the list may be sent to.')).toBeVisible();
});

test('an empty list says so, and a long one can be stopped', async ({ page, account }) => {
  await page.goto(`/console/${account}/check`);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('There is no address in this list yet.')).toBeVisible();

  const people = Array.from({ length: 10_001 }, (_, index) => `person${index}@example.com`);
  await chooseFile(page, people);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/recipients/filter', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped after 0 of 10,001.')).toBeVisible();
  goOn();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible();
  await expect(page.getByText('10,001', { exact: true })).toBeVisible();
});
