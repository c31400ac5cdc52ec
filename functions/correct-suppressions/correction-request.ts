import {
  expected,
  type Members,
  printable,
  readObject,
  readOptionalInteger,
  readOptionalText,
} from '../../lib/http/members.ts';
import { isCampaignId } from '../../lib/policy/account.ts';
import type { Correction } from '../../lib/policy/correction.ts';
import { canonicalDomain } from '../../lib/policy/domain.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { SIMULATOR_RULE } from '../../lib/policy/policy-table.ts';
import { REASONS, type Reason } from '../../lib/policy/reason.ts';
import { redactAddresses } from '../../lib/policy/redact-addresses.ts';
import { DAY_IN_MS, type Instant } from '../../lib/policy/time.ts';

export interface CorrectionRequest {
  readonly correction: Correction;
  /** Whether to write; a dry run otherwise. */
  readonly apply: boolean;
  /** Whether to look also at what was suppressed before the window, for another reason. */
  readonly earlier: boolean;
  /** Without addresses. */
  readonly note: string | null;
  /** Suppressed addresses to look at. */
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A longer fault is no incident any more: most of what bounces in a month is dead. */
const LONGEST_WINDOW_IN_DAYS = 31;
const MOST_ROWS = 1_000;
const DEFAULT_ROWS = 500;
const MAX_NOTE_LENGTH = 1_000;
const MAX_CURSOR_LENGTH = 2_048;
/** RFC 3339 section 5.6, to the minute at least. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Reads the body of `POST /v1/accounts/{account}/corrections`. Throws ProblemError. */
export function readCorrectionRequest(
  body: unknown,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): CorrectionRequest {
  const members = readObject(body);
  const note = printable(readOptionalText(members, 'note', MAX_NOTE_LENGTH) ?? '').trim();
  return {
    correction: {
      ...readWindow(members, now),
      reason: readReason(members),
      rule: readRule(members, policy),
      domain: readDomain(members),
      campaign: readCampaign(members),
    },
    apply: readFlag(members, 'apply'),
    earlier: readFlag(members, 'earlier'),
    note: redactAddresses(note) || null,
    limit: readOptionalInteger(members, 'limit', { least: 1, most: MOST_ROWS }) ?? DEFAULT_ROWS,
    cursor: readOptionalText(members, 'cursor', MAX_CURSOR_LENGTH) ?? undefined,
  };
}

function readFlag(members: Members, name: string): boolean {
  const value = members[name] ?? false;
  if (typeof value !== 'boolean') throw expected(name, 'true or false');
  return value;
}

function readWindow(members: Members, now: Instant): Pick<Correction, 'from' | 'to'> {
  const [from, to] = [readInstant(members, 'from'), readInstant(members, 'to')];
  if (to > now) throw expected('to', 'a time that has passed: what has not bounced yet cannot be judged');
  if (from > to) throw expected('from', 'a time before "to"');
  if (to - from > LONGEST_WINDOW_IN_DAYS * DAY_IN_MS) {
    throw expected('from', `a time at most ${LONGEST_WINDOW_IN_DAYS} days before "to"`);
  }
  return { from, to };
}

function readInstant(members: Members, name: string): Instant {
  const text = readOptionalText(members, name, 40) ?? '';
  const instant = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw expected(name, 'a time such as 2026-11-22T14:00:00Z');
  return instant;
}

function readReason(members: Members): Reason | null {
  const text = readOptionalText(members, 'reason', 64);
  const reason = REASONS.find((one) => one === text) ?? null;
  if (text !== null && reason === null) throw expected('reason', `one of ${REASONS.join(', ')}`);
  return reason;
}

function readRule(members: Members, { rows }: Policy): string | null {
  const rule = readOptionalText(members, 'rule', 64);
  const rules = [...Object.values(rows).map((row) => row.rule), SIMULATOR_RULE];
  if (rule !== null && !rules.includes(rule))
    throw expected('rule', 'a rule of the policy table, such as B1');
  return rule;
}

function readDomain(members: Members): string | null {
  const text = readOptionalText(members, 'domain', 1_000);
  const domain = text === null ? null : canonicalDomain(text.trim());
  if (text !== null && domain === null)
    throw expected('domain', 'the domain of recipients, such as gmail.com');
  return domain;
}

function readCampaign(members: Members): string | null {
  const campaign = readOptionalText(members, 'campaign', 256);
  if (campaign !== null && !isCampaignId(campaign)) throw expected('campaign', 'the id of a campaign');
  return campaign;
}
