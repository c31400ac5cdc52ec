import { gzipSync } from 'node:zlib';
import { expect, test } from '../support/console-test.ts';

const MOST_KIB = 120;

test(`the first load is under ${MOST_KIB} KiB compressed, and its page holds no script or style`, async ({
  page,
  account,
}) => {
  const files: { readonly name: string; readonly body: Promise<Buffer> }[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/console/')) files.push({ name: pathname, body: response.body() });
  });
  const answer = await page.goto(`/console/${account}`);
  await expect(page.getByRole('heading', { name: 'Bounces per day' })).toBeVisible();
  await page.waitForLoadState('networkidle');

  const html = (await answer?.text()) ?? '';
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|javascript:/i);
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  expect(answer?.headers()['content-security-policy']).toContain("style-src 'self'");

  let sum = 0;
  for (const { name, body } of files) {
    const sizeInKib = gzipSync(await body).length / 1024;
    sum += sizeInKib;
    console.log(`${name.padEnd(44)} ${sizeInKib.toFixed(1).padStart(6)} KiB`);
  }
  console.log(`${'First load, compressed'.padEnd(44)} ${sum.toFixed(1).padStart(6)} of ${MOST_KIB} KiB`);
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(sum).toBeLessThan(MOST_KIB);
});
