import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';

/** Holds a text against a file beside this one that a person has read; with `WRITE_GOLDEN` set the file is written first. */
export function expectGolden(file: string, text: string): void {
  const golden = path.join(import.meta.dirname, file);
  if (process.env['WRITE_GOLDEN'] !== undefined) writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
}

/** A heading and, under it, the lines as a list. */
export function sectionOf(heading: string, lines: readonly string[]): string {
  return `## ${heading}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
}
