import type { Page } from '@playwright/test';

/** Gives the page that checks lists a file with a line each. */
export async function chooseFile(page: Page, lines: readonly string[]): Promise<void> {
  const buffer = Buffer.from(lines.join('\n'));
  await page
    .getByLabel('Drop a CSV file here, or choose one')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
}
