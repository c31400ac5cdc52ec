import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readStack } from '../../local/cloud-assembly.ts';
import { TemplateError } from '../../local/template-error.ts';

let assemblyDir: string;

beforeAll(() => {
  assemblyDir = mkdtempSync(join(tmpdir(), 'rebound-assembly-'));
  const write = (file: string, value: unknown) =>
    writeFileSync(join(assemblyDir, file), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      'Rebound.assets': { type: 'cdk:asset-manifest', properties: { file: 'Rebound.assets.json' } },
      Rebound: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Rebound.template.json' } },
    },
  });
  write('Rebound.template.json', { Resources: { A: { Type: 'T' } }, Outputs: {} });
  write('Rebound.assets.json', {
    files: {
      abc: { source: { path: 'asset.abc' }, destinations: { current: { objectKey: 'abc.zip' } } },
    },
  });
});

afterAll(() => rmSync(assemblyDir, { recursive: true }));

test('a stack is its template and its assets', () => {
  const stack = readStack(assemblyDir, 'Rebound');
  expect(stack.template.Resources).toEqual({ A: { Type: 'T' } });
  expect(stack.assetDirectory('abc.zip')).toBe(join(assemblyDir, 'asset.abc'));
});

test('an asset or a stack that is not there is refused', () => {
  expect(() => readStack(assemblyDir, 'Rebound').assetDirectory('other.zip')).toThrow(TemplateError);
  expect(() => readStack(assemblyDir, 'Other')).toThrow(TemplateError);
});
