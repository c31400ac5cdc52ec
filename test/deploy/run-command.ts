import { spawn } from 'node:child_process';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing of the caller's comes along. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutInMs: number;
}

/**
 * Runs a command to its end and answers what it printed.
 * @throws Error with the last lines it printed when it fails, cannot start or takes too long.
 */
export function runCommand({ command, args, cwd, environment, timeoutInMs }: Command): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(command, args, {
    ...(cwd && { cwd }),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutInMs,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.once('error', reject);
  child.once('close', (code, signal) => {
    if (code === 0) return resolve(printed);
    const end = signal ? `was ended after ${timeoutInMs / 1000} s` : `ended with ${code}`;
    reject(new Error(`${command} ${args.join(' ')} ${end}\n${lastLines(printed)}`));
  });
  return promise;
}

export function lastLines(text: string, lines = 40): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
