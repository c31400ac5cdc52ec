import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { bundleOf, ourBundle } from './processes.ts';

export const bench: Bench = {
  title: 'Bundles, minified; `npm test` holds ours to their limits',
  async measure(run) {
    const usual = kib(bundleOf(run, 'yardsticks/usual'));
    return readdirSync(path.join(import.meta.dirname, '../functions')).map((name) => {
      const value = kib(ourBundle(run, name));
      return { what: `bundle: ${name}`, value, unit: 'KiB', ratios: [{ to: 'usual', value: value / usual }] };
    });
  },
};

function kib(file: string): number {
  return statSync(file).size / 1024;
}
