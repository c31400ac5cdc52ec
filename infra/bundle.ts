import path from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const FUNCTIONS = path.resolve(import.meta.dirname, '../functions');

/** How everything that runs in Lambda is bundled. */
export const BUNDLING = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  // Stack traces and error names stay readable without shipping source maps.
  keepNames: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Where a function's door and room are. */
export function functionFolder(name: string): string {
  return path.join(FUNCTIONS, name);
}

/** Bundles a function as it is deployed: everything it needs in one file. */
export function bundleFunction(name: string, outfile: string): void {
  buildSync({ ...BUNDLING, entryPoints: [path.join(functionFolder(name), 'index.ts')], outfile });
}
