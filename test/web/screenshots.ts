import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page, type Route } from '@playwright/test';
import { launchOptionsOf } from './support/chromium.ts';
import { fillWithSample, SAMPLE } from './support/sample.ts';
import type { Stack } from './support/stack.ts';

const VIEWPORTS = { desktop: { width: 1280, height: 860 }, phone: { width: 360, height: 740 } } as const;
const THEMES = ['light', 'dark'] as const;
const LARGEST_IN_KIB = 150;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly isWholePage: boolean;
  /** Brings the page into the state that is shown. */
  prepare?(page: Page): Promise<void>;
}

/** Takes a picture of every page, light and dark, on a desktop and a phone. Prints their sizes. */
export async function takeScreenshots(stack: Stack, executablePath: string, folder: string): Promise<void> {
  await fillWithSample(stack);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch(launchOptionsOf(executablePath));
  try {
    const pictures = await picturesOf(stack);
    for (const [device, viewport] of Object.entries(VIEWPORTS)) {
      for (const colorScheme of THEMES) {
        const page = await openPage(browser, { viewport, colorScheme, baseURL: stack.apiUrl });
        for (const picture of pictures) {
          await take(page, picture, path.join(folder, `${picture.name}-${device}-${colorScheme}.png`));
        }
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
  }
  reduceColours(folder);
  reportSizes(folder);
}

async function openPage(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext({
    ...options,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await context.route('**/stats?*', withRate);
  return await context.newPage();
}

/** The figure that SES has of a sender in good order; there is no SES on this machine. */
async function withRate(route: Route): Promise<void> {
  const response = await route.fetch();
  const asOf = new Date(Date.now() - 3_600_000).toISOString();
  const bounceRate = { rate: 0.0214, complaintRate: 0.0004, asOf, scope: 'aws_account', source: 'AWS/SES' };
  await route.fulfill({ response, json: { ...((await response.json()) as object), bounceRate } });
}

async function picturesOf({ clientOf }: Stack): Promise<Picture[]> {
  const client = clientOf('default');
  const idOf = async (address: string) => (await client.readSuppression(address)).id;
  const [liftable, dead] = await Promise.all([idOf(SAMPLE.liftable), idOf(SAMPLE.dead)]);
  const campaign = `/console/default/campaigns/${SAMPLE.campaign}`;
  return [
    { name: 'overview', path: '/console/default', isWholePage: true },
    { name: 'campaigns', path: '/console/default/campaigns', isWholePage: true },
    {
      name: 'campaign',
      path: `${campaign}?outcome=bounced`,
      isWholePage: false,
      prepare: openFirstRecipient,
    },
    { name: 'suppressed', path: '/console/default/suppressed', isWholePage: false },
    { name: 'address', path: `/console/default/address/${liftable}`, isWholePage: true },
    { name: 'refused', path: `/console/default/address/${dead}`, isWholePage: true },
    {
      name: 'unbounce',
      path: `/console/default/address/${liftable}`,
      isWholePage: false,
      prepare: openDialog,
    },
    { name: 'check', path: '/console/default/check', isWholePage: true, prepare: checkList },
  ];
}

async function take(page: Page, { path: url, isWholePage, prepare }: Picture, file: string): Promise<void> {
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  await prepare?.(page);
  const viewport = page.viewportSize();
  if (isWholePage && viewport !== null) await growToPage(page, viewport.width);
  await page.screenshot({ path: file, animations: 'disabled' });
  if (viewport !== null) await page.setViewportSize(viewport);
}

/** A window as high as its page, so that what is fixed to its edge stands at the edge of the picture. */
async function growToPage(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height });
}

async function openFirstRecipient(page: Page): Promise<void> {
  await page.locator('button[aria-expanded]').first().click();
}

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unbounce' }).click();
  await page.getByLabel('How do you know?').selectOption('replied');
  await page
    .getByLabel('Note for those who ask later')
    .fill('Marta answered our mail of Monday from this address.');
  await page.getByLabel('I can confirm that this address is valid').check();
}

async function checkList(page: Page): Promise<void> {
  const rows = [
    'name,email',
    'Ada,ada@example.com',
    `Marta,${SAMPLE.liftable}`,
    `Old,${SAMPLE.dead}`,
    'Sam,sam@lists.example',
  ];
  await page
    .getByRole('textbox')
    .fill([...rows, 'Nobody,nobody', 'Ada again,ADA@example.com', 'Bo,bo@example.org'].join('\n'));
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('heading', { name: 'Result' }).waitFor();
  await page.waitForLoadState('networkidle');
}

/** Where pngquant is at hand; without it the pictures are larger, and the same. */
function reduceColours(folder: string): void {
  try {
    execFileSync('pngquant', [
      '--force',
      '--ext',
      '.png',
      '--skip-if-larger',
      '--strip',
      '96',
      '--',
      ...filesIn(folder),
    ]);
  } catch {
    console.log('Without pngquant the pictures keep all their colours.');
  }
}

function reportSizes(folder: string): void {
  for (const file of filesIn(folder)) {
    const sizeInKib = statSync(file).size / 1024;
    console.log(`${path.basename(file).padEnd(34)} ${sizeInKib.toFixed(0).padStart(4)} KiB`);
    if (sizeInKib > LARGEST_IN_KIB) throw new Error(`${file} is larger than ${LARGEST_IN_KIB} KiB.`);
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .sort()
    .map((name) => path.join(folder, name));
}
