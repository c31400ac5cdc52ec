import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');

function importFrom(specifier: string): string[] {
  const script = `console.log(Object.keys(await import('${specifier}')).sort().join())`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .trim()
    .split(',');
}

test.each([
  [
    'rebound-for-ses/client',
    ['ReboundGatewayError', 'ReboundProblemError', 'createReboundClient', 'pagesOf'],
  ],
  ['rebound-for-ses/client/sign-aws', ['createAwsSigner']],
])('%s is imported from a checkout without a build', (specifier, names) => {
  expect(importFrom(specifier)).toEqual(names);
});

test('the client fits into a browser: nothing of Node, nothing of AWS', () => {
  const { metafile, outputFiles } = buildSync({
    entryPoints: [path.join(ROOT, 'client/index.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).every((file) => file.startsWith('client/'))).toBe(true);
  expect(outputFiles[0]?.contents.length).toBeLessThan(10_000);
});
