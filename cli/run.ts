import { CommanderError } from 'commander';
import { describeFailure } from './failure.ts';
import { createProgram } from './program.ts';
import type { Shell } from './shell.ts';

/** Carries out a command line and tells how it went by the exit code. Throws on a fault of the program itself. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  try {
    await createProgram(shell).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // It has said what it has to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = describeFailure(error);
    if (failure === null) throw error;
    shell.stderr.write(`${failure.lines.join('\n')}\n`);
    return failure.exitCode;
  }
}
