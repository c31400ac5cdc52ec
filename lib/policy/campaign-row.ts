import type { Bounce } from './bounce.ts';
import { compareText } from './bounce-order.ts';
import { sentAtOf } from './facts.ts';
import { SES_LAYERS, type SesMark } from './layer.ts';
import { effectOf, type Policy } from './policy.ts';
import { SIMULATOR_RULE } from './policy-table.ts';
import { type Reason, reasonOf } from './reason.ts';
import { redactAddresses } from './redact-addresses.ts';
import { isSimulatorAddress } from './simulator.ts';
import type { Instant } from './time.ts';
import type { NotSent, VerdictCode } from './verdict.ts';

/** What became of a recipient of a campaign who was not reached. Those who were leave no row. */
export const OUTCOMES = ['bounced', 'not-sent'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether a bounce alone forbids to send again. Bounces that count in strikes are soft. */
export const BOUNCE_KINDS = ['hard', 'soft'] as const;
export type BounceKind = (typeof BOUNCE_KINDS)[number];

/** Verdicts that are kept: not what the list itself was to blame for. */
export const KEPT_CODES = [
  'hard_bounce',
  'complaint',
  'global_bounce',
  'ses_suppressed',
  'repeated_soft_bounces',
] as const satisfies readonly VerdictCode[];
export type KeptCode = (typeof KEPT_CODES)[number];

/** Who kept a recipient from being sent to. */
export const KEPT_LAYERS = ['own', 'global', ...SES_LAYERS] as const;
export type KeptLayer = (typeof KEPT_LAYERS)[number];

/** One recipient of one campaign of an account. */
export interface RecipientKey {
  readonly account: string;
  readonly campaign: string;
  readonly addressHash: string;
}

/** Why a recipient of a campaign was not reached. There is one row per recipient and outcome. */
export interface CampaignRow extends RecipientKey {
  readonly outcome: Outcome;
  /** Null for who was not sent to. */
  readonly kind: BounceKind | null;
  /** Null for who bounced. */
  readonly code: KeptCode | null;
  /** Null where a layer above the account blocked. */
  readonly reason: Reason | null;
  readonly rule: string;
  /** Null for who bounced. */
  readonly layer: KeptLayer | null;
  readonly status: string | null;
  /** The receiving server's words, with every address in them redacted. */
  readonly diagnostic: string | null;
  /** When it bounced, or when it was not sent to. Null when nobody said. */
  readonly at: Instant | null;
  /** SES's id of the notification of a bounce; empty for who was not sent to. */
  readonly feedbackId: string;
}

const MEMBERS: readonly (keyof CampaignRow)[] = [
  'kind',
  'code',
  'reason',
  'rule',
  'layer',
  'status',
  'diagnostic',
];

/** A bounce of an address, and when its person was erased, if ever. */
export interface CampaignBounce {
  readonly address: string;
  readonly bounce: Bounce;
  readonly erasedAt: Instant | null;
}

/**
 * The row of a bounce or complaint, also of one that changes nothing else: soft, or in flight at a lift. Of mail sent
 * before an erasure no words are kept.
 */
export function bouncedRow(
  key: Omit<RecipientKey, 'campaign'>,
  { address, bounce, erasedAt }: CampaignBounce,
  policy: Policy,
): CampaignRow {
  const mayWriteText = erasedAt === null || sentAtOf(bounce) > erasedAt;
  const isHard = effectOf(policy, bounce.key, bounce.permanence) === 'hard';
  const isSimulator = isHard && isSimulatorAddress(address);
  return {
    ...key,
    campaign: bounce.campaign,
    outcome: 'bounced',
    kind: isHard ? 'hard' : 'soft',
    code: null,
    reason: reasonOf(bounce.key),
    rule: isSimulator ? SIMULATOR_RULE : policy.rows[bounce.key].rule,
    layer: null,
    status: bounce.status,
    diagnostic: mayWriteText && bounce.diagnostic !== null ? redactAddresses(bounce.diagnostic) : null,
    at: bounce.bouncedAt,
    feedbackId: bounce.feedbackId,
  };
}

/** The row of a recipient whom a verdict kept from a send; null for what the list itself was to blame for. */
export function notSentRow(
  key: RecipientKey,
  {
    verdict,
    status,
    at,
  }: { readonly verdict: NotSent; readonly status: string | null; readonly at: Instant },
): CampaignRow | null {
  const { rule, standing } = verdict;
  const code = KEPT_CODES.find((kept) => kept === verdict.code);
  const layer = KEPT_LAYERS.find((kept) => kept === verdict.layer);
  if (code === undefined || layer === undefined) {
    return null;
  }
  const reason = standing === null ? null : reasonOf(standing.key);
  return { ...NOT_SENT, ...key, code, reason, rule, layer, status, at };
}

/** The row of a recipient whom SES itself did not send to. */
export function echoRow(key: RecipientKey, { layer, markedAt, sentAt }: SesMark): CampaignRow {
  return { ...NOT_SENT, ...key, code: 'ses_suppressed', rule: 'P5', layer, at: markedAt ?? sentAt };
}

const NOT_SENT = {
  outcome: 'not-sent',
  kind: null,
  reason: null,
  status: null,
  diagnostic: null,
  feedbackId: '',
} as const;

/**
 * Orders two rows of one recipient and outcome; the greater is kept, so that rows may be recorded in any order and
 * any number of times. The later one is greater, then the one with the greater feedback id; 0 means equal.
 */
export function compareRows(a: CampaignRow, b: CampaignRow): number {
  return (
    (a.at ?? 0) - (b.at ?? 0) || compareText(a.feedbackId, b.feedbackId) || compareText(textOf(a), textOf(b))
  );
}

function textOf(row: CampaignRow): string {
  return JSON.stringify([row.at, ...MEMBERS.map((member) => row[member])]);
}
