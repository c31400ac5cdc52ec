import { parseArgs } from 'node:util';

export interface ClassifyOptions {
  /** `-` is standard input. */
  readonly file: string;
  readonly explain: boolean;
  readonly score: boolean;
}

/** The command line asks for something that does not exist. */
export class ClassifyUsageError extends Error {
  override readonly name = 'ClassifyUsageError';
}

export const CLASSIFY_HELP = `Says of each bounce why it bounced.

Usage: npm run classify -- FILE [--explain | --score]

  FILE       bounces as JSON lines or as one JSON array; - reads standard input. A bounce is an object with any of
             {id, bounceType, bounceSubType, status, diagnosticCode, action}
  --explain  add to each bounce the line of documentation that justifies its rule
  --score    print how often the classifier is right, for bounces that carry {reason, alsoAcceptable, tier}
  --help     show this text

Prints one JSON line per bounce: {id, reason, permanence, kind, rule}. kind is what the policy table makes of it:
hard, strikes or soft. A line that is no bounce is named on standard error, and the rest goes on.

Exit codes: 0 every bounce was classified, 1 something could not be read, 2 wrong usage.`;

/** Reads the command line. Throws ClassifyUsageError. */
export function parseClassifyOptions(args: readonly string[]): ClassifyOptions | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined) throw new ClassifyUsageError('Name a file, or - for standard input');
  if (more.length > 0) throw new ClassifyUsageError('Name one file only');
  if (values.explain && values.score) throw new ClassifyUsageError('Choose --explain or --score');
  return { file, explain: values.explain, score: values.score };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        explain: { type: 'boolean', default: false },
        score: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new ClassifyUsageError((error as Error).message);
  }
}
