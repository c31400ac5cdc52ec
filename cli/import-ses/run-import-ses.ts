import { toIso } from '../../lib/policy/time.ts';
import type { ListReading } from '../../lib/store/ses-list-port.ts';
import { print } from '../output.ts';
import { whole } from '../quantities.ts';
import { type Shell, write } from '../shell.ts';
import { createStatusLine } from '../status-line.ts';
import { importSesText, type SesReading } from '../text/import-ses-text.ts';
import { openSesList, type Place } from './open-ses-list.ts';
import { readSesList } from './watch-readings.ts';

export interface ImportSesOptions extends Place {
  readonly timeout: number;
  readonly json?: true;
}

const MINUTE_IN_MS = 60_000;
const GOES_ON = 'The reading goes on by itself. Repeat the command to watch it.';

/** Has SES's list be read, and shows what that changed. Throws UsageError and StillReadingError. */
export async function runImportSes(options: ImportSesOptions, shell: Shell): Promise<void> {
  const { stderr, clock } = shell;
  const list = await openSesList(options, shell);
  if (!options.json) await write(stderr, `SES's list in ${list.regions.join(', ')}, 1,000 entries a page\n`);
  const progress = createStatusLine(stderr, clock);
  shell.onStop(() => {
    progress.stop();
    stderr.write(`Stopped. ${GOES_ON}\n`);
  });
  const readings = await readSesList(list, {
    clock,
    sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
    timeoutInMs: options.timeout * MINUTE_IN_MS,
    onProgress: (begun) => {
      if (!options.json) progress.update(progressText(begun));
    },
  }).finally(() => progress.stop());
  const printing = { shell, ...(options.json && { json: options.json }) };
  await print(readings.map(resultOf), { ...printing, text: importSesText });
}

function resultOf({ region, updatedAt, lastDoneAt, counts }: ListReading): SesReading {
  return {
    region,
    readAt: toIso(updatedAt),
    readBeforeAt: lastDoneAt === null ? null : toIso(lastDoneAt),
    entries: counts.entries,
    newlyBlocked: counts.blocked,
    noLongerBlocked: counts.ended,
    askedAgain: counts.askedAgain,
    unreadable: counts.unreadable,
  };
}

/** `eu-central-1: page 3, 2,400 entries; us-east-1: waiting in line`. */
function progressText(begun: ReadonlyMap<string, ListReading | null>): string {
  return [...begun]
    .map(([region, reading]) => `${region}: ${reading === null ? 'waiting in line' : stateOf(reading)}`)
    .join('; ');
}

function stateOf({ phase, pages, counts }: ListReading): string {
  const entries = `${whole(counts.entries)} entries`;
  switch (phase) {
    case 'read':
      return `page ${whole(pages + 1)}, ${entries}`;
    case 'sweep':
      return `${entries} read, looking for what it holds no more`;
    case 'done':
      return `${entries}, done`;
  }
}
