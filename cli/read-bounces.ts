import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { BounceEvidence } from '../lib/policy/bounce.ts';

/** One bounce of the input, with the labels of a corpus where it carries them. */
export interface BounceRow {
  readonly id: string | number | null;
  readonly evidence: BounceEvidence;
  /** The right reason, according to the corpus. */
  readonly reason: string | null;
  readonly alsoAcceptable: readonly string[];
  readonly tier: string | null;
}

/** A place of the input that holds no bounce; the rest is read on. */
export interface BrokenRow {
  readonly place: string;
  readonly problem: string;
}

interface Line {
  readonly place: string;
  readonly text: string;
}

/** Reads JSON lines as they come, or one JSON array as a whole. Empty lines are skipped. */
export async function* readBounces(input: Readable): AsyncGenerator<BounceRow | BrokenRow> {
  const lines = filledLines(input);
  const first = await lines.next();
  if (first.done) return;
  if (first.value.text.startsWith('[')) {
    const all = [first.value];
    for await (const line of lines) all.push(line);
    yield* readWhole(all);
    return;
  }
  yield readLine(first.value);
  for await (const line of lines) yield readLine(line);
}

async function* filledLines(input: Readable): AsyncGenerator<Line> {
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const text = line.replace(/^\ufeff/, '').trim();
    if (text !== '') yield { place: `Line ${number}`, text };
  }
}

/** An array, or lines of which the first merely begins like one. */
function readWhole(lines: readonly Line[]): (BounceRow | BrokenRow)[] {
  const whole = parse(lines.map(({ text }) => text).join('\n'));
  return Array.isArray(whole)
    ? whole.map((value: unknown, index) => toRow(value, `Element ${index + 1}`))
    : lines.map(readLine);
}

function readLine({ place, text }: Line): BounceRow | BrokenRow {
  const value = parse(text);
  return value === undefined ? { place, problem: 'is not JSON' } : toRow(value, place);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Members that are missing or of another type count as not said. */
function toRow(value: unknown, place: string): BounceRow | BrokenRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { place, problem: 'is not a bounce: it must be a JSON object' };
  }
  const members = value as Readonly<Record<string, unknown>>;
  const text = (name: string) => asText(members[name]);
  const { id, alsoAcceptable } = members;
  return {
    id: typeof id === 'number' ? id : asText(id),
    evidence: {
      bounceType: text('bounceType'),
      bounceSubType: text('bounceSubType'),
      status: text('status'),
      diagnosticCode: text('diagnosticCode'),
      action: text('action'),
    },
    reason: text('reason'),
    alsoAcceptable: Array.isArray(alsoAcceptable) ? alsoAcceptable.filter((code) => asText(code)) : [],
    tier: text('tier'),
  };
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
