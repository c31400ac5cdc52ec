import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type ClassifiedBounce, classifyBounce, evidenceOf } from './classify-bounce.ts';
import {
  CLASSIFY_HELP,
  type ClassifyOptions,
  ClassifyUsageError,
  parseClassifyOptions,
} from './classify-options.ts';
import { reportScore } from './classify-report.ts';
import { type ScoredBounce, scoreBounces } from './classify-score.ts';
import { printable, printableJson } from './printable.ts';
import { type BounceRow, readBounces } from './read-bounces.ts';

// A reader such as `head` may leave early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await main();

async function main(): Promise<number> {
  let options: ClassifyOptions | 'help';
  try {
    options = parseClassifyOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ClassifyUsageError)) throw error;
    console.error(`${printable(error.message)}\n\n${CLASSIFY_HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(CLASSIFY_HELP);
    return 0;
  }
  try {
    return await classifyFile(options);
  } catch (error) {
    console.error(`${printable(options.file)} cannot be read: ${printable((error as Error).message)}`);
    return 1;
  }
}

async function classifyFile({ file, explain, score }: ClassifyOptions): Promise<number> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const labelled: ScoredBounce[] = [];
  let exitCode = 0;
  for await (const row of readBounces(input)) {
    if ('problem' in row) {
      console.error(`${row.place} ${row.problem}`);
      exitCode = 1;
      continue;
    }
    const got = classifyBounce(row);
    if (!score) await print(explain ? { ...got, evidence: evidenceOf(got.rule) } : got);
    else if (row.reason !== null) labelled.push(label(row, row.reason, got));
  }
  if (score) console.log(reportScore(scoreBounces(labelled)));
  return exitCode;
}

function label(row: BounceRow, reason: string, got: ClassifiedBounce): ScoredBounce {
  const { id, alsoAcceptable, tier } = row;
  return { id, reason, alsoAcceptable, isStrict: tier === 'A', got };
}

async function print(answer: ClassifiedBounce & { evidence?: string }): Promise<void> {
  if (!process.stdout.write(`${printableJson(answer)}\n`)) await once(process.stdout, 'drain');
}
