import { open, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Shell } from '../shell.ts';
import { UsageError } from '../shell.ts';

/** The bytes of a list. */
export interface Source {
  readonly bytes: AsyncIterable<Buffer>;
  /** Null for a pipe, whose end nobody knows. */
  readonly totalBytes: number | null;
}

/** A file, or standard input for `-`. */
export async function openSource(file: string, { stdin }: Shell): Promise<Source> {
  if (file === '-') return { bytes: stdin as AsyncIterable<Buffer>, totalBytes: null };
  const handle = await open(file);
  const stats = await handle.stat();
  return { bytes: handle.createReadStream(), totalBytes: stats.isFile() ? stats.size : null };
}

/** No file may be read and written, or written twice. Throws UsageError. */
export async function expectDistinct(files: readonly (string | undefined)[]): Promise<void> {
  const named = files.filter((file) => file !== undefined && file !== '-');
  const real = await Promise.all(named.map((file) => realPath(file ?? '')));
  const twice = named.find((_, at) => real.indexOf(real[at] ?? '') < at);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice. Each file has one use.`);
}

/** A file that is not there yet is looked up by its folder. */
async function realPath(file: string): Promise<string> {
  const folder = dirname(resolve(file));
  return await realpath(file).catch(async () =>
    join(await realpath(folder).catch(() => folder), basename(file)),
  );
}
