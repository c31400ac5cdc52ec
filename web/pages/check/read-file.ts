const MOST_MEGABYTES = 50;

/** A file that is not taken, and why. */
export class BadFileError extends Error {
  override readonly name = 'BadFileError';
  readonly why: 'encoding' | 'large';

  constructor(why: BadFileError['why']) {
    super(`The file is not taken: ${why}`);
    this.why = why;
  }
}

export const LARGEST_FILE_IN_MB = MOST_MEGABYTES;

/** The text of a file. Throws BadFileError. */
export async function readFile(file: File): Promise<string> {
  if (file.size > MOST_MEGABYTES * 1_000_000) throw new BadFileError('large');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new BadFileError('encoding');
  }
}
