/** What a command has from the process around it. */
export interface Shell {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The checkout, where a local stack says where it is. */
  readonly root: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly clock: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Runs the listener when somebody ends the command, which ends right after it. */
  readonly onStop: (listener: () => void) => void;
}

export type Terminal = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** The command line asks for what cannot be; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Writes a text, and waits where its reader is slow. */
export function write(terminal: Terminal, text: string, encoding: BufferEncoding = 'utf8'): Promise<void> {
  return new Promise((resolve, reject) => {
    terminal.write(text, encoding, (error) => (error ? reject(error) : resolve()));
  });
}
