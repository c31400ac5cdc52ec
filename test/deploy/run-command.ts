import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endGroup } from './process-group.ts';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing of the caller's comes along. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutInMs: number;
  /** Ends the command when aborted. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end.
 * @throws Error with the last lines it printed when it fails, cannot start, takes too long or is aborted.
 */
export async function runCommand({ command, args, cwd, environment, ...limits }: Command): Promise<void> {
  const end = AbortSignal.any([limits.signal, AbortSignal.timeout(limits.timeoutInMs)]);
  end.throwIfAborted();
  const child = spawn(command, args, {
    ...(cwd && { cwd }),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const endChild = () => endGroup(child);
  end.addEventListener('abort', endChild);
  const [code] = await once(child, 'close').finally(() => end.removeEventListener('abort', endChild));
  if (code === 0) return;
  const how = end.aborted ? `was ended: ${end.reason}` : `ended with ${code}`;
  throw new Error(`${command} ${args.join(' ')} ${how}\n${lastLines(printed)}`);
}

export function lastLines(text: string, lines = 40): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
