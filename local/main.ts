import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONSOLE_PATH } from '../infra/console-files.ts';
import { curlLines } from './examples-text.ts';
import { HELP, parseOptions, UsageError } from './options.ts';
import { type Runner, startRunner } from './runner.ts';
import { showExamples } from './show-examples.ts';
import { StartError } from './start-error.ts';
import { removeState, writeState } from './state-file.ts';
import { TemplateError } from './template-error.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MOST_STOP_IN_MS = 5_000;
/** Ctrl-C reaches DynamoDB Local too; its end is news only when none was asked for. */
const GRACE_IN_MS = 250;
const PARENT_CHECK_INTERVAL_IN_MS = 500;

const startedAt = Date.now();
let runner: Runner | null = null;
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
if (process.env['npm_lifecycle_event'] !== undefined) endWithParent();
await run().catch(fail);

async function run(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env, ROOT);
  if (options === 'help') {
    console.log(HELP);
    return;
  }
  runner = await startRunner({ options, root: ROOT, environment: process.env, report });
  runner.died.then(async (line) => {
    await sleep(GRACE_IN_MS);
    if (!isEnding) await fail(new StartError(line));
  });
  if (options.playExamples) {
    report('Playing the example notifications\n');
    console.log(await showExamples(runner, join(ROOT, 'examples/notifications')));
  }
  process.once('exit', () => removeState(options.stateDir));
  writeState(options.stateDir, runner.state);
  console.log(readyText(runner.state.apiUrl, options.playExamples));
}

function report(line: string): void {
  console.log(line);
}

function readyText(apiUrl: string, hasExamples: boolean): string {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const ready = `Ready after ${seconds} s: ${apiUrl}  (Ctrl-C ends it, and the data with it)`;
  const tries = hasExamples ? curlLines(apiUrl).map(({ title, line }) => `# ${title}\n${line}`) : [];
  return `\n${[ready, `The console: ${apiUrl}${CONSOLE_PATH}`, ...tries].join('\n\n')}`;
}

async function fail(error: unknown): Promise<void> {
  const isExpected =
    error instanceof StartError || error instanceof TemplateError || error instanceof UsageError;
  console.error(isExpected ? error.message : error);
  await end(error instanceof UsageError ? 2 : 1);
}

/** A signal to npm ends npm and the shell between, which does not pass it on. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end(0);
  }, PARENT_CHECK_INTERVAL_IN_MS).unref();
}

/** npm passes a Ctrl-C on that the terminal has sent already, so a second signal means nothing. */
async function end(exitCode: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(exitCode), MOST_STOP_IN_MS);
  await runner?.stop();
  process.exit(exitCode);
}
