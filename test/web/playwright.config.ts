import { defineConfig } from '@playwright/test';
import { launchOptionsOf } from './support/chromium.ts';
import { stateOfRun } from './support/run-state.ts';

export default defineConfig({
  testDir: 'flows',
  testMatch: '**/*.flow.ts',
  outputDir: process.env['PLAYWRIGHT_OUTPUT'] ?? '.rebound/playwright',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: stateOfRun().apiUrl,
    browserName: 'chromium',
    launchOptions: launchOptionsOf(process.env['CHROMIUM_PATH'] ?? ''),
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  },
});
