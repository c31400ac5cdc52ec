import { PassThrough } from 'node:stream';
import { run } from '../../cli/run.ts';
import type { Shell } from '../../cli/shell.ts';

export interface FakeShellOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Whether somebody sits at a terminal, of 80 columns. */
  readonly isTTY?: boolean;
  readonly clock?: () => number;
  readonly onStop?: Shell['onStop'];
}

/** Carries out a command line in this process, and tells all that it said. */
export async function runCommand(args: readonly string[], options: FakeShellOptions) {
  const { isTTY = false, environment = { REBOUND_API: 'http://127.0.0.1' } } = options;
  const stdout = createTerminal(isTTY);
  const stderr = createTerminal(isTTY);
  const stdin = Object.assign(new PassThrough(), { isTTY });
  stdin.end(options.stdin ?? '');
  const shell: Shell = {
    environment,
    root: '/nowhere',
    stdin,
    stdout: stdout.terminal,
    stderr: stderr.terminal,
    clock: options.clock ?? Date.now,
    fetch: options.fetch,
    onStop: options.onStop ?? (() => undefined),
  };
  const exitCode = await run(args, shell);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function createTerminal(isTTY: boolean) {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    terminal: Object.assign(stream, { isTTY, ...(isTTY && { columns: 80 }) }),
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
