import type { Answer, FilterCall } from '../../../cli/filter/judge.ts';
import { openList, type Row } from '../../../cli/filter/list.ts';
import { readRecipients } from '../../../lib/policy/recipients.ts';

/** A source that comes in pieces of so many bytes. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface ReadList {
  readonly kind: string;
  readonly header: string | null;
  readonly column: number;
  readonly recipients: readonly string[];
  readonly raws: readonly string[];
}

/** A whole list, as it is read. */
export async function readList(
  text: string | Buffer,
  { column = null as string | null, pieces = 7 } = {},
): Promise<ReadList> {
  const list = await openList(inPieces(Buffer.from(text as string), pieces), column);
  const rows: Row[] = [];
  for await (const row of list.rows) rows.push(row);
  return {
    kind: list.dialect.kind,
    header: list.header,
    column: list.layout.addressColumn,
    recipients: rows.map(({ recipient }) => recipient),
    raws: rows.map(({ raw }) => raw),
  };
}

export const HARD_BOUNCE = {
  code: 'hard_bounce',
  rule: 'P2',
  layer: 'own',
  until: null,
  bounce: { reason: 'policy', status: '5.7.1', bouncedAt: '2026-11-20T08:15:30.000Z', campaign: 'spring' },
  unbounce: { allowed: true, refusals: [] },
} as const;

const INPUT = { layer: 'input', until: null, bounce: null, unbounce: null } as const;

/** The filter as the API answers it, where these addresses are blocked. */
export function createFilter(blocked: ReadonlySet<string> = new Set()): FilterCall {
  return async (recipients) => {
    const send: string[] = [];
    const notSent: Answer['notSent'][number][] = [];
    for (const { written: recipient, address, isDuplicate } of readRecipients(recipients)) {
      if (address === null) notSent.push({ recipient, code: 'invalid_address', rule: 'P6', ...INPUT });
      else if (isDuplicate) notSent.push({ recipient, code: 'duplicate', rule: 'P7', ...INPUT });
      else if (blocked.has(address)) notSent.push({ recipient, ...HARD_BOUNCE });
      else send.push(recipient);
    }
    return { send, notSent, unbounce: { refusals: [] } };
  };
}

/** Refuses calls of more than so many, as the API does with too large an answer. */
export function limited(call: FilterCall, most: number): FilterCall {
  return async (recipients) => {
    if (recipients.length > most) throw Object.assign(new Error('too large'), { status: 413 });
    return await call(recipients);
  };
}
