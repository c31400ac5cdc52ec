import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNotifications } from '../cli/notification-file.ts';
import { type ExampleFile, playExamples } from './examples.ts';
import { createExamplesPort, registerExampleAccount } from './examples-port.ts';
import { formatRows } from './examples-text.ts';
import { movedToPresent } from './examples-time.ts';
import type { Runner } from './runner.ts';

/** Plays the notification files of a directory and answers a table of what each did. Throws StartError. */
export async function showExamples({ state, messaging }: Runner, directory: string): Promise<string> {
  await registerExampleAccount(state);
  const files = movedToPresent(readExamples(directory), Date.now());
  return formatRows(await playExamples(files, createExamplesPort(state, messaging)));
}

function readExamples(directory: string): ExampleFile[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name,
      messages: parseNotifications(readFileSync(join(directory, name), 'utf8'), name),
    }));
}
