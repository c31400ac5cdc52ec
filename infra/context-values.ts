/** Says in one line which context key is wrong and what to give instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads one context value, which is a string when it was given with `-c key=value`. */
export type ReadValue<T> = (key: string, value: unknown) => T;

/** What `cdk.json` or `-c key=` leaves empty counts as not given. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

export function orDefault<T>(read: ReadValue<T>, otherwise: T): ReadValue<T> {
  return (key, value) => (isGiven(value) ? read(key, value) : otherwise);
}

export function text(pattern: RegExp, expected: string): ReadValue<string> {
  return (key, value) => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw refused(key, value, expected);
  };
}

/** A list as JSON array in `cdk.json`, or separated by commas on the command line. */
export function list(pattern: RegExp, expected: string): ReadValue<readonly string[]> {
  const readItem = text(pattern, expected);
  return (key, value) => {
    const items: unknown[] = Array.isArray(value) ? value : String(value).split(',');
    return [...new Set(items.map((item) => readItem(key, typeof item === 'string' ? item.trim() : item)))];
  };
}

export function flag(key: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw refused(key, value, 'true or false');
}

export function wholeNumber(least: number, most: number): ReadValue<number> {
  return (key, value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (Number.isInteger(number) && Number(number) >= least && Number(number) <= most) return Number(number);
    throw refused(key, value, `a whole number from ${least} to ${most}`);
  };
}

export function oneOf(numbers: readonly number[]): ReadValue<number> {
  return (key, value) => {
    const number = numbers.find((candidate) => String(candidate) === String(value));
    if (number !== undefined) return number;
    throw refused(key, value, `one of ${numbers.join(', ')}`);
  };
}

/** A JSON array of objects, as a string or already as an array in `cdk.json`; answered as compact JSON. */
export function rows(mostBytes: number): ReadValue<string> {
  return (key, value) => {
    const parsed = typeof value === 'string' ? parseJson(value) : value;
    const compact = JSON.stringify(parsed);
    if (Array.isArray(parsed) && parsed.every(isObject) && Buffer.byteLength(compact) <= mostBytes)
      return compact;
    throw refused(key, value, `a JSON array of objects, at most ${mostBytes} bytes`);
  };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(key: string, value: unknown, expected: string): SettingsError {
  const shown = (JSON.stringify(value) ?? String(value)).slice(0, 80);
  return new SettingsError(`Context ${key} is ${shown}: give ${expected} (docs/configuration.md).`);
}
