/** A file holds something other than notifications; the message names the file and, where it is known, the line. */
export class NotificationFileError extends Error {
  override readonly name = 'NotificationFileError';
}

/**
 * The notifications in a file's text, each as the JSON that SES would publish: one object, an array of
 * objects, or one object per line. Throws NotificationFileError.
 */
export function parseNotifications(text: string, file: string): string[] {
  if (text.trim() === '') throw new NotificationFileError(`${file} is empty`);
  const whole = tryParse(text);
  if (!('error' in whole)) {
    const values: unknown[] = Array.isArray(whole.value) ? whole.value : [whole.value];
    return values.map((value, index) => toMessage(value, `${file}, notification ${index + 1}`));
  }
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, index }]));
  const [first] = lines;
  const isOnePerLine = first !== undefined && lines.length > 1 && !('error' in tryParse(first.line));
  if (!isOnePerLine) throw new NotificationFileError(`${file}${lineOf(whole.error)}: ${whole.error}`);
  return lines.map(({ line, index }) => {
    const where = `${file}, line ${index + 1}`;
    const parsed = tryParse(line);
    if ('error' in parsed) throw new NotificationFileError(`${where}: ${parsed.error}`);
    return toMessage(parsed.value, where);
  });
}

function tryParse(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** V8 says the line of most errors, and shows the text around the others. */
function lineOf(error: string): string {
  const line = /\(line (\d+) /.exec(error)?.[1];
  return line === undefined ? '' : `, line ${line}`;
}

function toMessage(value: unknown, where: string): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  throw new NotificationFileError(`${where} is not a JSON object`);
}
