import type { Disk } from './disk.ts';
import { InputError } from './input-error.ts';
import type { Start } from './outputs.ts';

/** What must be the same when a run goes on. */
export interface RunSettings {
  readonly account: string;
  readonly campaign: string | null;
  readonly column: string | null;
  /** Absolute; null when the rows that are not sent to are only counted. */
  readonly notSent: string | null;
}

/** Where a run stands: everything before it is in the outputs, and nothing after it counts. */
export interface Checkpoint extends Start {
  readonly version: typeof VERSION;
  readonly settings: RunSettings;
  readonly sendBytes: number;
  readonly notSentBytes: number;
}

export const VERSION = 1;

/** The file beside the rows to send that keeps the checkpoint while a run is unfinished. */
export function checkpointPath(sendPath: string): string {
  return `${sendPath}.checkpoint`;
}

/** Null when there is none. Throws InputError when it is damaged, or of a run with other settings. */
export async function readCheckpoint(
  disk: Disk,
  path: string,
  settings: RunSettings,
): Promise<Checkpoint | null> {
  const text = await disk.read(path);
  if (text === null) return null;
  const checkpoint = parse(text);
  if (checkpoint?.version !== VERSION) {
    throw new InputError(`${path} is no checkpoint of this version. Remove it to start over.`);
  }
  const changed = Object.entries(checkpoint.settings).find(
    ([name, value]) => settings[name as keyof RunSettings] !== value,
  );
  if (changed !== undefined) {
    const [name, value] = changed;
    throw new InputError(
      `The run was begun with ${name} ${value ?? 'not set'}. Say the same, or start over.`,
    );
  }
  return checkpoint;
}

function parse(text: string): Checkpoint | null {
  try {
    return JSON.parse(text) as Checkpoint;
  } catch {
    return null;
  }
}
