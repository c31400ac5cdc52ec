import type { Disk } from '../../../cli/filter/disk.ts';

/** The process is ended here. */
export class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** Files in memory. After so many steps the process dies, in the middle of what it was writing. */
export function createFakeDisk() {
  const files = new Map<string, string>();
  let stepsLeft = Number.POSITIVE_INFINITY;
  let tornShare = 0;

  function step(tear?: (share: number) => void): void {
    if (stepsLeft <= 0) {
      tear?.(tornShare);
      // Whatever was in flight beside it writes nothing more.
      tornShare = 0;
      throw new KilledError();
    }
    stepsLeft -= 1;
  }

  const disk: Disk = {
    async read(path) {
      return files.get(path) ?? null;
    },
    async replace(path, text) {
      step((share) => files.set(`${path}.new`, text.slice(0, text.length * share)));
      files.set(path, text);
    },
    async remove(path) {
      step();
      files.delete(path);
    },
    async open(path, size) {
      step();
      files.set(path, (files.get(path) ?? '').slice(0, size));
      return {
        size: () => (files.get(path) ?? '').length,
        async append(bytes) {
          const before = files.get(path) ?? '';
          step((share) => files.set(path, before + bytes.slice(0, bytes.length * share)));
          files.set(path, before + bytes);
        },
        sync: async () => step(),
        close: async () => undefined,
      };
    },
  };

  return {
    disk,
    files,
    /** Dies in the step after so many, with that share of it done. */
    killAfter(steps: number, share: number) {
      stepsLeft = steps;
      tornShare = share;
    },
    revive() {
      stepsLeft = Number.POSITIVE_INFINITY;
    },
  };
}
