import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../package-lock.json'), 'utf8'),
) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(lock.packages);

test('the lock file holds the packages of every platform, so that npm ci works everywhere', () => {
  const missing = locked.flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, place)),
  );
  expect(locked.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('the lock file names no registry, so that any mirror serves', () => {
  expect(locked.filter(([, { resolved }]) => resolved?.startsWith('http'))).toEqual([]);
});

/** npm looks beside the package first, then in each folder above it. */
function isLocked(name: string, place: string): boolean {
  return [`${place}/node_modules/${name}`, `node_modules/${name}`].some((key) => key in lock.packages);
}
