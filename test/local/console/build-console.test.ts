import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createConsoleBuild } from '../../../local/console/build-console.ts';

let root: string;
let lines: string[];
let build: () => Promise<void>;

/** A build that writes down that it ran; one that fails when `broken` is there. */
const SCRIPT = `test ! -f broken && mkdir -p web/dist && echo run >> runs && echo page > web/dist/index.html`;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'rebound-build-'));
  mkdirSync(path.join(root, 'web/app'), { recursive: true });
  mkdirSync(path.join(root, 'client'));
  write('package.json', JSON.stringify({ scripts: { 'build:web': SCRIPT } }));
  write('web/app/app.tsx', 'source');
  lines = [];
  build = createConsoleBuild({ root, environment: process.env, report: (line) => lines.push(line) });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(path.join(root, name), text);
}

/** Makes a file as if it had been changed so many seconds from now. */
function changed(name: string, seconds: number): void {
  const time = Date.now() / 1000 + seconds;
  utimesSync(path.join(root, name), time, time);
}

function runs(): number {
  const file = path.join(root, 'runs');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}

describe('the console is built', () => {
  test('when it is missing, and once for all who ask meanwhile', async () => {
    await Promise.all([build(), build(), build()]);
    expect(runs()).toBe(1);
    expect(lines).toEqual(['Building the console (npm run build:web)']);
  });

  test('when a source is newer, and not otherwise', async () => {
    changed('web/app/app.tsx', -60);
    await build();
    await build();
    expect(runs()).toBe(1);
    changed('web/app/app.tsx', 1);
    await build();
    expect(runs()).toBe(2);
  });

  test('not again when only what was built is new', async () => {
    changed('web/app/app.tsx', -60);
    await build();
    write('web/dist/other.js', 'new');
    changed('web/dist/other.js', 60);
    await build();
    expect(runs()).toBe(1);
  });
});

describe('a build that fails', () => {
  beforeEach(() => {
    write('broken', '');
    changed('web/app/app.tsx', -60);
  });

  test('is told once, with what to do, until a source changes', async () => {
    const failed = 'The console could not be built; npm run build:web says why.';
    await expect(build()).rejects.toThrow(failed);
    await expect(build()).rejects.toThrow(failed);
    expect(lines).toEqual(['Building the console (npm run build:web)', failed]);
    rmSync(path.join(root, 'broken'));
    changed('web/app/app.tsx', 1);
    await build();
    expect(runs()).toBe(1);
  });

  test('leaves the last one to be served', async () => {
    mkdirSync(path.join(root, 'web/dist'));
    write('web/dist/index.html', 'old');
    changed('web/dist/index.html', -120);
    await build();
    expect(lines.at(-1)).toMatch(/Serving the last one\.$/);
  });
});
