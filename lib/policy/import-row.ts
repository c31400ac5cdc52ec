import { canonicalAddress } from './address.ts';
import type { BounceReport } from './address-record.ts';
import type { BounceEvidence } from './bounce.ts';
import { classify } from './classify.ts';
import { meaningOf, ownReasonOf, type WordMeaning } from './import-words.ts';
import { type ImportedTelling, importedBounce } from './imported-bounce.ts';
import type { Instant } from './time.ts';

/** One row of another list, its texts as they were written; empty is null. */
export interface ImportRow {
  readonly address: string;
  /** A reason of ours, a provider's word, or the receiver's words. */
  readonly reason: string | null;
  /** An enhanced status code or a reply code. */
  readonly status: string | null;
  /** The receiver's words: at most 1 KB of UTF-8, no controls. */
  readonly diagnostic: string | null;
  readonly bouncedAt: Instant | 'unreadable' | null;
}

/** Why a row tells nothing that could be kept. */
export type RowRefusal = 'invalid_address' | 'invalid_date' | 'unknown_reason' | 'not_a_bounce';

/** What a row says, and of whom. */
export type ImportReading =
  | { readonly kind: 'bounce'; readonly report: BounceReport }
  | { readonly kind: 'refused'; readonly outcome: RowRefusal; readonly address: string | null };

type Reason = Pick<ImportedTelling, 'key' | 'permanence' | 'classifiedBy'>;
type BounceWord = Extract<WordMeaning, { is: 'bounce' }>;

const ENHANCED_STATUS = /^[245]\.\d{1,3}\.\d{1,3}$/;
const MAX_SPELLING_IN_CHARACTERS = 320;
const REPLY_CODE = /^[45]\d\d$/;
/** The reply or status code that makes a text the receiver's words, whatever it says. */
const ANY_CODE = /^(?:smtp ?; ?)?[45]\d\d[ -]|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/i;

/**
 * Reads a row. A reason of ours stands; the receiver's words are read as those of a bounce are; a provider's word says what
 * they leave open. A row that says nothing of why is `other`.
 */
export function readImportRow(row: ImportRow, now: Instant): ImportReading {
  const address = canonicalAddress(row.address);
  const refused = (outcome: RowRefusal): ImportReading => ({ kind: 'refused', outcome, address });
  const { bouncedAt, status, diagnostic } = row;
  if (address === null) return refused('invalid_address');
  // Later than now it would outlast every lift until then.
  if (bouncedAt === 'unreadable' || (bouncedAt ?? 0) > now) return refused('invalid_date');
  const reason = reasonOf(row);
  if (typeof reason === 'string') return refused(reason);
  const bounce = importedBounce({
    ...reason,
    bouncedAt,
    status: status !== null && ENHANCED_STATUS.test(status) ? status : null,
    diagnostic: diagnostic ?? (isWordKnown(row.reason) ? null : row.reason),
  });
  return { kind: 'bounce', report: { address, spellings: spellingsOf(row.address), bounce } };
}

function reasonOf(row: ImportRow): Reason | 'unknown_reason' | 'not_a_bounce' {
  const own = row.reason === null ? null : ownReasonOf(row.reason);
  if (own !== null) return { key: own, permanence: 'permanent', classifiedBy: 'import.reason' };
  const word = row.reason === null ? null : meaningOf(row.reason);
  switch (word?.is) {
    case 'complaint':
      return { key: 'complaint', permanence: 'permanent', classifiedBy: 'import.word' };
    case 'no_bounce':
      return 'not_a_bounce';
    case 'bounce':
    case undefined:
      return reasonOfBounce(row, word ?? null);
  }
}

/** The receiver's words come first, then the provider's; a word that nobody knows may be the receiver's. */
function reasonOfBounce(row: ImportRow, word: BounceWord | null): Reason | 'unknown_reason' {
  const isWordText = word === null && row.reason !== null && row.diagnostic === null;
  const text = isWordText ? row.reason : row.diagnostic;
  const { reason, permanence, rule } = classify(evidenceOf(row, { text, word }));
  // The echo of somebody's earlier decision says that it bounced, and not why.
  if (rule !== 'none' && reason !== 'suppressed') {
    return { key: reason, permanence, classifiedBy: rule };
  }
  if (isWordText && row.status === null && !ANY_CODE.test(row.reason ?? '')) return 'unknown_reason';
  return { key: word?.reason ?? 'other', permanence, classifiedBy: word === null ? rule : 'import.word' };
}

/** Who lists an address means it for good, unless the word or a code says otherwise. */
function evidenceOf(
  { status }: ImportRow,
  { text, word }: { readonly text: string | null; readonly word: BounceWord | null },
): BounceEvidence {
  const isReplyCode = status !== null && REPLY_CODE.test(status);
  return {
    bounceType: word?.permanence === 'transient' ? 'Transient' : 'Permanent',
    bounceSubType: null,
    status: isReplyCode ? null : status,
    diagnosticCode: isReplyCode ? `${status} ${text ?? ''}` : text,
    action: null,
  };
}

function isWordKnown(word: string | null): boolean {
  return word === null || meaningOf(word) !== null;
}

/** SES lists bare addresses, so a display name is no spelling of one. */
function spellingsOf(written: string): readonly string[] {
  const spelling = written.trim();
  return spelling.includes('<') || spelling.length > MAX_SPELLING_IN_CHARACTERS ? [] : [spelling];
}
