import { printable } from '../printable.ts';
import { whole } from '../quantities.ts';

const LABEL_WIDTH = 12;

/** `2026-11-20 08:15` (UTC); `-` for null. */
export function minute(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 16).replace('T', ' ');
}

/** `2026-11-20` (UTC); `-` for null. */
export function day(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 10);
}

/** A label and what it labels, in lines of at most that width where words allow. */
export function field(label: string, text: string, width: number): string {
  const [first = '', ...rest] = wrap(text, width - LABEL_WIDTH - 2);
  return [
    `  ${label.padEnd(LABEL_WIDTH)}${first}`,
    ...rest.map((line) => `${' '.repeat(LABEL_WIDTH + 2)}${line}`),
  ].join('\n');
}

/** What is counted, and how many there are, in columns. */
export function countLine(label: string, count: number): string {
  return `  ${printable(label).padEnd(28)}${whole(count).padStart(9)}`;
}

/** Lines of at most that width; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(/ +/)) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
