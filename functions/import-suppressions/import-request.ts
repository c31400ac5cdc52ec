import { expected, type Members, readObject } from '../../lib/http/members.ts';
import type { ImportRow } from '../../lib/policy/import-row.ts';
import { cleanDiagnostic } from '../../lib/ses/diagnostic.ts';
import { parseTimestamp } from '../../lib/ses/timestamp.ts';

export interface ImportRequest {
  readonly rows: readonly ImportRow[];
  readonly isDryRun: boolean;
}

const MOST_ROWS = 1_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads the body of an import. What the texts of a row say is no error here; the rest throws ProblemError. */
export function readImportRequest(body: unknown): ImportRequest {
  const { rows, dryRun = null } = readObject(body);
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_ROWS) {
    throw expected('rows', `an array of 1 to ${MOST_ROWS} rows`);
  }
  if (dryRun !== null && typeof dryRun !== 'boolean') throw expected('dryRun', 'true or false');
  return { rows: rows.map(readRow), isDryRun: dryRun === true };
}

function readRow(row: unknown, index: number): ImportRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw expected(`rows[${index}]`, 'an object');
  }
  const members: Members = { ...row };
  const textOf = (name: string): string | null => {
    const value = members[name] ?? null;
    if (value !== null && typeof value !== 'string') throw expected(`rows[${index}].${name}`, 'text');
    return value;
  };
  const address = textOf('address');
  if (address === null) throw expected(`rows[${index}].address`, 'text');
  const bouncedAt = textOf('bouncedAt')?.trim() || null;
  return {
    address: address.toWellFormed(),
    reason: cleanDiagnostic(textOf('reason')),
    status: cleanDiagnostic(textOf('status')),
    diagnostic: cleanDiagnostic(textOf('diagnostic')),
    bouncedAt: bouncedAt === null ? null : momentOf(bouncedAt),
  };
}

/** A day begins at midnight in UTC: a lift on the same day came after it. */
function momentOf(text: string): ImportRow['bouncedAt'] {
  return parseTimestamp(DAY.test(text) ? `${text}T00:00:00Z` : text) ?? 'unreadable';
}
