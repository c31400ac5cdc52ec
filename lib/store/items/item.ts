import { type Instant, toIso } from '../../policy/time.ts';

/** An item as plain values: what a stored attribute map says, before it is read as one of our own things. */
export type Item = Readonly<Record<string, unknown>>;

/** A stored item does not read as what its key says; the message names the item and the attribute. */
export class CorruptItemError extends Error {
  override readonly name = 'CorruptItemError';
}

/** Reads one stored map, attribute by attribute; `where` names it in errors. */
export class ItemReader {
  readonly #item: Item;
  readonly #where: string;

  constructor(item: unknown, where: string) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new CorruptItemError(`${where} is not a map.`);
    }
    this.#item = item as Item;
    this.#where = where;
  }

  get names(): readonly string[] {
    return Object.keys(this.#item);
  }

  text(name: string): string {
    return this.#read(name, 'text', (value) => typeof value === 'string');
  }

  textOrNull(name: string): string | null {
    return this.#isAbsent(name) ? null : this.text(name);
  }

  oneOf<const T extends string>(name: string, choices: readonly T[]): T {
    return this.#read(name, `one of ${choices.join(', ')}`, (value) => choices.includes(value as T));
  }

  oneOfOrNull<const T extends string>(name: string, choices: readonly T[]): T | null {
    return this.#isAbsent(name) ? null : this.oneOf(name, choices);
  }

  texts(name: string): readonly string[] {
    return this.#item[name] === undefined
      ? []
      : this.#read(
          name,
          'a list of texts',
          (value) => Array.isArray(value) && value.every((member) => typeof member === 'string'),
        );
  }

  whole(name: string): number {
    return this.#read(name, 'a whole number', (value) => Number.isSafeInteger(value));
  }

  wholeOrNull(name: string): number | null {
    return this.#isAbsent(name) ? null : this.whole(name);
  }

  instant(name: string): Instant {
    const instant = Date.parse(this.text(name));
    return Number.isNaN(instant) ? this.#refuse(name, 'an RFC 3339 time') : instant;
  }

  instantOrNull(name: string): Instant | null {
    return this.#isAbsent(name) ? null : this.instant(name);
  }

  /** Nothing when it is not there. A stored NULL is refused, here and below: it must not read as "none". */
  list<T>(name: string, read: (reader: ItemReader) => T): readonly T[] {
    if (this.#item[name] === undefined) {
      return [];
    }
    const members: readonly unknown[] = this.#read(name, 'a list', Array.isArray);
    return members.map((member, index) => read(new ItemReader(member, `${this.#where} ${name}[${index}]`)));
  }

  map(name: string): ItemReader | null {
    const value = this.#item[name];
    return value === undefined ? null : new ItemReader(value, `${this.#where} ${name}`);
  }

  /** A map of which a stored NULL says that there is none. */
  mapOrNull(name: string): ItemReader | null {
    return this.#isAbsent(name) ? null : this.map(name);
  }

  missing(name: string): never {
    return this.#refuse(name, 'there');
  }

  #isAbsent(name: string): boolean {
    return this.#item[name] === undefined || this.#item[name] === null;
  }

  #read<T>(name: string, expected: string, isExpected: (value: unknown) => boolean): T {
    const value = Object.hasOwn(this.#item, name) ? this.#item[name] : undefined;
    return isExpected(value) ? (value as T) : this.#refuse(name, expected);
  }

  #refuse(name: string, expected: string): never {
    throw new CorruptItemError(`${this.#where}: "${name}" must be ${expected}.`);
  }
}

/** A time as it is stored: RFC 3339 in UTC, so that text sorts as time. */
export function writeInstant(instant: Instant | null): string | undefined {
  return instant === null ? undefined : toIso(instant);
}
