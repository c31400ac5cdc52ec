import { type Checkpoint, checkpointPath, type RunSettings, readCheckpoint, VERSION } from './checkpoint.ts';
import type { Disk } from './disk.ts';
import { InputError } from './input-error.ts';
import type { Outputs } from './outputs.ts';

export interface FileOutputsOptions {
  readonly disk: Disk;
  readonly sendPath: string;
  readonly settings: RunSettings;
  readonly resume: boolean;
}

/**
 * Writes to files, with a checkpoint after each page, once its rows are safe. A run that
 * goes on cuts the files at its checkpoint. Throws InputError when an unfinished run would be overwritten.
 */
export async function createFileOutputs(options: FileOutputsOptions): Promise<Outputs> {
  const { disk, sendPath, settings, resume } = options;
  const path = checkpointPath(sendPath);
  const checkpoint = await readCheckpoint(disk, path, settings);
  if (checkpoint !== null && !resume) {
    throw new InputError(
      `${sendPath} is unfinished. Add --resume to go on, or remove ${path} to start over.`,
    );
  }
  const send = await disk.open(sendPath, checkpoint?.sendBytes ?? 0);
  const notSent =
    settings.notSent === null ? null : await disk.open(settings.notSent, checkpoint?.notSentBytes ?? 0);
  let canGoOn = checkpoint !== null;
  return {
    start: checkpoint,
    async write(page) {
      await Promise.all([send.append(page.send), notSent?.append(page.notSent)]);
      await Promise.all([send.sync(), notSent?.sync()]);
      const next: Checkpoint = {
        version: VERSION,
        settings,
        place: page.end,
        totals: page.totals,
        sendBytes: send.size(),
        notSentBytes: notSent?.size() ?? 0,
      };
      await disk.replace(path, `${JSON.stringify(next)}\n`);
      canGoOn = true;
    },
    canGoOn: () => canGoOn,
    finish: () => disk.remove(path),
    async close() {
      await Promise.all([send.close(), notSent?.close()]);
    },
  };
}
