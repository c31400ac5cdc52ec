import path from 'node:path';
import { buildSync } from 'esbuild';

const FUNCTIONS = path.resolve(import.meta.dirname, '../functions');

/** Where a function's door and room are. */
export function functionFolder(name: string): string {
  return path.join(FUNCTIONS, name);
}

/** Bundles a function as it is deployed: everything it needs in one file. */
export function bundleFunction(name: string, outfile: string): void {
  bundle(path.join(functionFolder(name), 'index.ts'), outfile);
}

/** Bundles a program with the options of the functions. */
export function bundle(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    // Stack traces and error names stay readable without shipping source maps.
    keepNames: true,
    logLevel: 'warning',
  });
}
