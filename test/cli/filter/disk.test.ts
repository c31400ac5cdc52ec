import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DISK } from '../../../cli/filter/disk.ts';
import { expectDistinct } from '../../../cli/filter/files.ts';
import { InputError } from '../../../cli/filter/input-error.ts';
import { UsageError } from '../../../cli/shell.ts';

let folder: string;
const pathOf = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rebound-disk-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file', () => {
  test('is cut to its first bytes and written on behind them', async () => {
    writeFileSync(pathOf('a'), 'one\ntwo\nthr');
    const file = await DISK.open(pathOf('a'), 8);
    await file.append('ç\n');
    await file.append('four\n');
    await file.sync();
    expect(file.size()).toBe(15);
    await file.close();
    expect(readFileSync(pathOf('a'), 'latin1')).toBe('one\ntwo\nç\nfour\n');
  });

  test('is made, or emptied, for a run that begins', async () => {
    for (const append of ['first', 'second']) {
      const file = await DISK.open(pathOf('b'), 0);
      await file.append(append);
      await file.close();
    }
    expect(readFileSync(pathOf('b'), 'utf8')).toBe('second');
  });

  test('that is shorter than it should be is refused', async () => {
    writeFileSync(pathOf('c'), 'one');
    await expect(DISK.open(pathOf('c'), 4)).rejects.toThrow(InputError);
  });

  test('may be one that nothing can be cut from', async () => {
    const file = await DISK.open('/dev/null', 0);
    await file.append('one');
    await file.sync();
    await file.close();
    expect(file.size()).toBe(3);
  });

  test('is replaced as a whole', async () => {
    expect(await DISK.read(pathOf('d'))).toBeNull();
    await DISK.replace(pathOf('d'), 'one');
    await DISK.replace(pathOf('d'), 'two');
    expect(await DISK.read(pathOf('d'))).toBe('two');
    await DISK.remove(pathOf('d'));
    await DISK.remove(pathOf('d'));
    expect(readdirSync(folder).filter((name) => name.startsWith('d'))).toEqual([]);
  });
});

describe('a file that would be read and written', () => {
  test('is refused, by whatever name', async () => {
    writeFileSync(pathOf('list'), '');
    symlinkSync(pathOf('list'), pathOf('link'));
    const names = [pathOf('list'), pathOf('link'), `${folder}/./list`];
    for (const name of names) {
      await expect(expectDistinct([pathOf('list'), undefined, name])).rejects.toThrow(UsageError);
    }
    await expect(expectDistinct(['-', pathOf('new'), pathOf('new')])).rejects.toThrow(UsageError);
    await expect(expectDistinct(['-', pathOf('new'), pathOf('list')])).resolves.toBeUndefined();
  });
});
