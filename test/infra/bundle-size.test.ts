import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { bundleFunction } from '../../infra/bundle.ts';

/** The most that a function may weigh, minified, in KiB: what it weighs is loaded at every cold start. */
const LIMITS_IN_KIB: Readonly<Record<string, number>> = {
  'filter-recipients': 220,
  unbounce: 220,
  'read-suppressions': 220,
  'correct-suppressions': 240,
  'import-suppressions': 240,
  'record-bounces': 240,
  'publish-events': 240,
  // Most of it is the contract.
  'serve-contract': 240,
  // Call SES.
  administer: 300,
  'sync-ses-list': 300,
};

const folder = mkdtempSync(path.join(tmpdir(), 'rebound-bundles-'));
const sizes: string[] = [];

afterAll(() => {
  rmSync(folder, { recursive: true });
  console.log(`Bundles, in KiB:\n${sizes.join('\n')}`);
});

test.each(readdirSync(path.resolve(import.meta.dirname, '../../functions')))('%s stays light', (name) => {
  const outfile = path.join(folder, `${name}.js`);
  bundleFunction(name, outfile);
  const sizeInKib = statSync(outfile).size / 1024;
  const limit = LIMITS_IN_KIB[name] ?? 0;
  sizes.push(`${name.padEnd(20)} ${sizeInKib.toFixed(1).padStart(6)} of ${limit}`);
  expect(sizeInKib).toBeLessThanOrEqual(limit);
});
