import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running instance is reached: what `local.json` says while it runs. */
export interface LocalState {
  readonly apiUrl: string;
  readonly topicArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Where tasks for sync-ses-list wait. */
  readonly sesListQueueUrl: string;
  readonly endpoints: {
    readonly sns: string;
    readonly sqs: string;
    readonly dynamodb: string;
    /** The stand-in for EventBridge; a GET shows the events. */
    readonly events: string;
    /** The stub of SES, where one runs. */
    readonly ses?: string;
  };
  /** Names of the tables by what they are called in the stack. */
  readonly tables: Readonly<Record<string, string>>;
}

export function writeState(stateDir: string, state: LocalState): void {
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(fileIn(stateDir), `${JSON.stringify(state, null, 2)}\n`);
}

/** Null when nothing runs. */
export function readState(stateDir: string): LocalState | null {
  try {
    return JSON.parse(readFileSync(fileIn(stateDir), 'utf8')) as LocalState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function removeState(stateDir: string): void {
  rmSync(fileIn(stateDir), { force: true });
}

function fileIn(stateDir: string): string {
  return join(stateDir, 'local.json');
}
