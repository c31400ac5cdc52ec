import { open, readFile, rename, rm } from 'node:fs/promises';
import { InputError } from './input-error.ts';

/** The files of a run. */
export interface Disk {
  /** Null when there is none. */
  read(path: string): Promise<string | null>;
  /** Writes a whole file, so that a reader finds the old text or the new one, even after a power cut. */
  replace(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Opens a file to write on behind its first bytes, and cuts off the rest. Throws InputError when it is shorter. */
  open(path: string, size: number): Promise<OutputFile>;
}

export interface OutputFile {
  size(): number;
  /** Bytes as Latin-1 text. */
  append(bytes: string): Promise<void>;
  /** Waits until what was written would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const DISK: Disk = {
  async read(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },

  async replace(path, text) {
    const handle = await open(`${path}.new`, 'w');
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(`${path}.new`, path);
  },

  remove: (path) => rm(path, { force: true }),

  async open(path, size) {
    const handle = await open(path, size === 0 ? 'w' : 'a');
    const stats = await handle.stat();
    if (stats.size < size) {
      await handle.close();
      throw new InputError(`${path} has changed since the run stopped. Start over without --resume.`);
    }
    // A pipe or /dev/null takes neither.
    const isFile = stats.isFile();
    if (isFile) await handle.truncate(size);
    let position = size;
    return {
      size: () => position,
      async append(bytes) {
        const buffer = Buffer.from(bytes, 'latin1');
        await handle.writeFile(buffer);
        position += buffer.length;
      },
      sync: async () => (isFile ? await handle.datasync() : undefined),
      close: () => handle.close(),
    };
  },
};
