import { type Terminal, write } from '../shell.ts';
import type { Disk } from './disk.ts';
import type { Outputs } from './outputs.ts';

export interface StreamOutputsOptions {
  readonly disk: Disk;
  readonly stdout: Terminal;
  /** Null when the rows that are not sent to are only counted. */
  readonly notSentPath: string | null;
}

/** Writes the rows to send to standard output. Nobody can cut that, so a run that stops cannot go on. */
export async function createStreamOutputs(options: StreamOutputsOptions): Promise<Outputs> {
  const { disk, stdout, notSentPath } = options;
  const notSent = notSentPath === null ? null : await disk.open(notSentPath, 0);
  return {
    start: null,
    async write(page) {
      await Promise.all([write(stdout, page.send, 'latin1'), notSent?.append(page.notSent)]);
    },
    canGoOn: () => false,
    finish: async () => undefined,
    close: async () => notSent?.close(),
  };
}
