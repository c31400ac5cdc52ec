import { SingleBar } from 'cli-progress';
import { duration, whole } from '../quantities.ts';
import type { Terminal } from '../shell.ts';

/** Tells how far a run is. */
export interface Progress {
  update(at: Position): void;
  stop(): void;
}

export interface Position {
  readonly rows: number;
  readonly bytes: number;
}

export interface ProgressOptions {
  readonly stream: Terminal;
  /** Null for a pipe, whose end nobody knows. */
  readonly totalBytes: number | null;
  /** How many rows an earlier run has done. */
  readonly rowsBefore: number;
  readonly clock: () => number;
}

const LINE_INTERVAL_IN_MS = 10_000;

export const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on a terminal, else a line every ten seconds. */
export function createProgress(options: ProgressOptions): Progress {
  return options.stream.isTTY ? createBar(options) : createLines(options);
}

function createBar(options: ProgressOptions): Progress {
  const { totalBytes } = options;
  const describe = createDescription(options);
  const bar = new SingleBar({
    stream: options.stream,
    format: totalBytes === null ? '{text}' : '{bar} {text}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(totalBytes ?? 1, 0, { text: '' });
  return {
    update: (at) => bar.update(at.bytes, { text: describe(at) }),
    stop: () => bar.stop(),
  };
}

function createLines(options: ProgressOptions): Progress {
  const { stream, clock } = options;
  const describe = createDescription(options);
  let lastAt = clock();
  return {
    update(at) {
      if (clock() - lastAt < LINE_INTERVAL_IN_MS) return;
      lastAt = clock();
      stream.write(`${describe(at)}\n`);
    },
    stop: () => undefined,
  };
}

/** `48%, 480,000 rows, 9,800 a second, 53 s left`. The time left takes the other rows to be as long as those so far. */
function createDescription({ totalBytes, rowsBefore, clock }: ProgressOptions) {
  const startedAt = clock();
  return ({ rows, bytes }: Position): string => {
    const rowsPerMs = (rows - rowsBefore) / Math.max(1, clock() - startedAt);
    const pace = `${whole(rows)} rows, ${whole(rowsPerMs * 1_000)} a second`;
    if (totalBytes === null) return pace;
    const rowsLeft = rows * (totalBytes / bytes - 1);
    const share = Math.floor((bytes / totalBytes) * 100);
    return `${share}%, ${pace}, ${duration(rowsLeft / rowsPerMs)} left`;
  };
}
