import { SingleBar } from 'cli-progress';
import type { Terminal } from './shell.ts';

/** Tells how far a run is that has no known end. */
export interface StatusLine {
  update(text: string): void;
  stop(): void;
}

const LINE_INTERVAL_IN_MS = 10_000;

/** A line that changes on a terminal, else one every ten seconds. */
export function createStatusLine(stream: Terminal, clock: () => number): StatusLine {
  if (stream.isTTY) {
    const bar = new SingleBar({ stream, format: '{text}', hideCursor: true, clearOnComplete: true });
    bar.start(1, 0, { text: '' });
    return { update: (text) => bar.update(0, { text }), stop: () => bar.stop() };
  }
  let lastAt = clock();
  return {
    update(text) {
      if (clock() - lastAt < LINE_INTERVAL_IN_MS) return;
      lastAt = clock();
      stream.write(`${text}\n`);
    },
    stop: () => undefined,
  };
}
