import { resolve } from 'node:path';
import { run } from './run.ts';

// A reader such as `head` may leave early; what it does not read is not written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});
// Started through launch.js, it ends with it.
process.channel?.unref();
process.once('disconnect', () => process.exit(1));

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  root: resolve(import.meta.dirname, '..'),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: Date.now,
  fetch: globalThis.fetch,
  onStop(listener) {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.once(signal, () => {
        listener();
        process.exit(exitCode);
      });
    }
  },
});
