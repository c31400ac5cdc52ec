// Made from docs/openapi.yaml by `npm run generate`. Changes go there.

/** One sender. */
export type AccountId = string;

/** One marketing e-mail of an account. Mail without a campaign belongs to `untagged-<UTC date>`. */
export type CampaignId = string;

/** Names an address without showing it, the hash of its canonical spelling. Pseudonymous, not anonymous. */
export type AddressId = string;

/** Opaque. */
export type Cursor = string;

/** A UTC calendar month. */
export type Month = string;

/** A UTC day. */
export type Day = string;

/** Why an address bounced. */
export type Reason = 'unknown_user' | 'mailbox_inactive' | 'mailbox_full' | 'dns_failure' | 'content' | 'spam' | 'policy' | 'mailbox_misconfiguration' | 'timeout' | 'message_too_large' | 'authentication' | 'reputation' | 'throttled' | 'temporary_problem' | 'other' | 'complaint';

/** A condition of the unbounce. */
export type UnbounceRule = 'U1' | 'U2' | 'U3' | 'U4' | 'U5' | 'U6' | 'U7' | 'U8';

/** A condition of the unbounce that does not hold. */
export type RefusalCode = 'one_address_only' | 'confirmation_required' | 'not_suppressed' | 'global_bounce' | 'reason_not_unbounceable' | 'already_unbounced_once' | 'sending_identity_not_connected' | 'quota_exhausted';

/** What to set; the rest stays. */
export interface AccountSettings {
  /** How many contacts the account has. The monthly quota is counted from it. */
  readonly contacts?: number | null;
  /** Domains and e-mail addresses that the account sends from. Each belongs to one account. */
  readonly sendingIdentities?: readonly string[] | null;
}

/** An account and its settings. */
export interface Account {
  readonly account: AccountId;
  /** Null until somebody has said; counts as 0. */
  readonly contacts: number | null;
  readonly sendingIdentities: readonly SendingIdentity[];
  readonly unbounceQuota: Quota;
}

/** A domain or an e-mail address that an account sends from. */
export interface SendingIdentity {
  /** The domain or the address, in its canonical spelling. */
  readonly name: string;
  /** What SES says; `not_checked` where no SES is configured. */
  readonly verification: 'verified' | 'unverified' | 'not_checked';
  readonly checkedAt: string;
}

/** Whom you are about to mail. */
export interface FilterRequest {
  /** Addresses in any spelling, with or without display names. */
  readonly recipients: readonly string[];
  /** With a campaign, the recipients that are not sent to are kept for its audit before the answer. */
  readonly campaign?: CampaignId | null;
}

/** A verdict for every recipient. */
export interface FilterAnswer {
  /** Whom to mail, as written in the request and in its order, each address once. */
  readonly send: readonly string[];
  /** Whom not to mail, and why, in the order of the request. */
  readonly notSent: readonly NotSent[];
  /** What stands in the way of every unbounce of this account. */
  readonly unbounce: {
    readonly refusals: readonly ('U6' | 'U7')[];
  };
  readonly counts: {
    readonly recipients: number;
    readonly send: number;
    readonly notSent: number;
    /** How many of each code. */
    readonly byCode: Readonly<Partial<Record<NotSentCode, number>>>;
  };
  /** The moment for which the verdicts hold. */
  readonly checkedAt: string;
}

/** Why a recipient is not sent to. */
export type NotSentCode = 'hard_bounce' | 'complaint' | 'global_bounce' | 'ses_suppressed' | 'invalid_address' | 'duplicate' | 'repeated_soft_bounces';

/** A recipient that is not sent to. */
export interface NotSent {
  /** As written in the request. */
  readonly recipient: string;
  /** The canonical address; left out where it equals `recipient`, null for what is no address. */
  readonly address?: string | null;
  readonly code: NotSentCode;
  /** The rule that decided. */
  readonly rule: 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8';
  /** Who blocks; `input` for what is no address or stands twice in the list. */
  readonly layer: 'own' | 'global' | 'sesAccountList' | 'sesGlobalList' | 'sesValidation' | 'input';
  /** When the block ends by itself; null when it does not. */
  readonly until: string | null;
  /** The bounce that decided; null when it was none of this account's. */
  readonly bounce: DecidingBounce | null;
  /** Whether the address itself allows an unbounce; null for `input`. */
  readonly unbounce: UnbounceOutlook | null;
}

/** A bounce in short. */
export interface DecidingBounce {
  readonly reason: Reason;
  /** The enhanced status code (RFC 3463). */
  readonly status: string | null;
  readonly bouncedAt: string | null;
  readonly campaign: string | null;
}

/** What the address itself says to an unbounce; what holds for the whole account stands at the top of the answer. */
export interface UnbounceOutlook {
  readonly allowed: boolean;
  readonly refusals: readonly ('U2' | 'U3' | 'U4' | 'U5')[];
}

/** A page as CSV (RFC 4180). Only the first page begins with the line of column names (`header=present` in the content type), so that pages can be put together as they come. Columns never change their order; new ones are added at the end. Null is an empty cell. A cell whose first character is one of = + - @ TAB CR or ' has one more ' before it, so that no spreadsheet evaluates it: to undo that, remove one ' from every cell that begins with one. */
export type CsvPage = string;

/** The items of a page as one JSON object a line, with nothing lost and nothing around them. */
export type NdjsonPage = string;

/** A page of suppressed addresses. */
export interface SuppressionList {
  readonly items: readonly SuppressionRow[];
  readonly cursor?: Cursor;
}

/** A suppressed address in short. */
export interface SuppressionRow {
  readonly id: AddressId;
  /** Null after an erasure. */
  readonly address: string | null;
  readonly erased: boolean;
  readonly reason: Reason;
  /** The row of the policy that suppresses. */
  readonly rule: string;
  /** When the suppression ends by itself; null when it does not. */
  readonly until: string | null;
  /** When the suppression was recorded. */
  readonly suppressedAt: string;
  /** The rule set that decided. */
  readonly policyVersion: string;
  /** The enhanced status code (RFC 3463); null for a suppression by strikes. */
  readonly status: string | null;
  readonly bouncedAt: string | null;
  readonly campaign: string | null;
}

/** All that is known of an address. */
export interface Suppression {
  readonly id: AddressId;
  /** Null when it was asked for by an id and is not known, or no longer. */
  readonly address: string | null;
  /** Whether the readable address was erased. The block holds. */
  readonly erased: boolean;
  /** Whether anything keeps this account from sending to the address. */
  readonly suppressed: boolean;
  /** The rule that the filter would answer. */
  readonly verdict: 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P8';
  /** The account's own reason; null when it has none, or only a layer above blocks. */
  readonly reason: Reason | null;
  /** What the reason means. */
  readonly meaning: string | null;
  /** What to do about it. */
  readonly advice: string | null;
  /** The row of the policy that suppresses. */
  readonly rule: string | null;
  /** The rule set that decided. */
  readonly policyVersion: string | null;
  /** When the account's suppression was recorded. */
  readonly suppressedAt: string | null;
  /** When the block ends by itself; null when it does not. */
  readonly until: string | null;
  /** Every reason of the account that stands, the one that forbids most first. */
  readonly standing: readonly StandingReason[];
  /** The last bounces, newest first. */
  readonly bounces: readonly Bounce[];
  /** The days that count as strikes. */
  readonly strikes: readonly Strike[];
  readonly layers: Layers;
  /** Every layer above the account that blocks, with what it means and what can be done. */
  readonly blockedBy: readonly LayerAbove[];
  readonly unbounce: UnbounceDryRun;
}

export interface StandingReason {
  readonly reason: Reason;
  /** The row of the policy. */
  readonly rule: string;
  readonly until: string | null;
}

/** A bounce with everything that is known of it. */
export interface Bounce {
  readonly reason: Reason;
  readonly permanence: 'permanent' | 'transient';
  /** The rule that read the reason. */
  readonly rule: string;
  /** SES's type. */
  readonly bounceType: string | null;
  /** SES's subtype. */
  readonly bounceSubType: string | null;
  /** The enhanced status code (RFC 3463). */
  readonly status: string | null;
  /** The receiving server's words, at most 1 KB. They come from outside. */
  readonly diagnostic: string | null;
  readonly campaign: string;
  /** SES's id of the mail. */
  readonly messageId: string | null;
  /** SES's id of the notification. */
  readonly feedbackId: string;
  readonly sentAt: string | null;
  readonly bouncedAt: string | null;
}

export interface Strike {
  readonly reason: Reason;
  /** In UTC. */
  readonly day: string;
}

/** `blocked`; `clear`; `pending` while SES has not confirmed a removal; `unknown` where nobody has asked SES. */
export type LayerState = 'clear' | 'pending' | 'blocked' | 'unknown';

/** Who blocks the address. */
export interface Layers {
  readonly own: LayerState;
  readonly global: LayerState;
  readonly sesAccountList: LayerState;
  readonly sesGlobalList: LayerState;
  readonly sesValidation: LayerState;
}

/** A layer above the account that blocks the address. */
export interface LayerAbove {
  readonly layer: 'global' | 'sesAccountList' | 'sesGlobalList' | 'sesValidation';
  /** `pending` while SES has not confirmed a removal. */
  readonly state: 'blocked' | 'pending';
  /** When it ends by itself; null when it does not. */
  readonly until: string | null;
  readonly meaning: string;
  readonly advice: string;
}

/** Whether the account has a sending identity that SES has verified; `not_checked` where no SES is configured. */
export type IdentityCheck = 'verified' | 'not_checked' | 'none';

/** What an unbounce would be answered now, with one confirmed address. */
export interface UnbounceDryRun {
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
  /** The unbounce that the address has had; null when it has had none. */
  readonly granted: Grant | null;
  readonly identityCheck: IdentityCheck;
  readonly quota: Quota;
}

export interface Grant {
  readonly unbouncedAt: string;
  /** Who asked for it, the ARN of a signed call or the subject of a token. */
  readonly by: string;
  readonly evidence: StoredEvidence;
}

/** One address a request. A member that names a further address is refused (U8). */
export interface UnbounceRequest {
  /** The caller has made sure that the address is valid (U1). */
  readonly confirmedValid: true;
  readonly evidence?: Evidence | null;
}

/** What speaks for the address. */
export interface Evidence {
  /** A word, such as `replied`. */
  readonly kind: string;
  readonly note?: string | null;
}

/** What the caller said in favour of the address. */
export type StoredEvidence = {
  readonly kind: string;
  readonly note: string;
} | null;

/** A granted unbounce. */
export interface Unbounced {
  /** Null when it was asked for by an id and is not known. */
  readonly address: string | null;
  readonly unbouncedAt: string;
  /** Who asked for it, the ARN of a signed call or the subject of a token. */
  readonly by: string;
  readonly evidence: StoredEvidence;
  readonly quota: Quota;
  readonly layers: Layers;
  readonly identityCheck: IdentityCheck;
}

/** One address as the operator sees it. */
export interface GlobalBounce {
  readonly id: AddressId;
  /** As it was asked for; null when it was asked for by an id and is not known. */
  readonly address: string | null;
  /** Whether the person was erased, and nothing readable has come since. */
  readonly erased: boolean;
  /** Null when the address is not dead for every account. */
  readonly global: Declaration | null;
  /** How many accounts know something of the address. */
  readonly accounts: number;
  /** Who called the address dead since the last release, the latest first; at most 1,000. */
  readonly reports: readonly DeadReport[];
  /** How many have, also where not all are listed. */
  readonly reportingAccounts: number;
  readonly layers: SharedLayers;
  /** When it was released last; reports of mail sent until then are void. */
  readonly releasedAt: string | null;
  /** The newest first, at most 100. */
  readonly releases: readonly Release[];
}

/** A global bounce. */
export interface Declaration {
  readonly declaredAt: string;
  /** The rule that declared it. */
  readonly rule: string;
}

/** On which days an account's hard bounces called the address dead, as far as its evidence still tells. */
export interface DeadReport {
  readonly account: AccountId;
  readonly days: readonly string[];
}

/** Who blocks the address for all accounts alike. */
export interface SharedLayers {
  readonly global: LayerState;
  readonly sesAccountList: LayerState;
  readonly sesGlobalList: LayerState;
  readonly sesValidation: LayerState;
}

/** A release by an operator. */
export interface Release {
  readonly releasedAt: string;
  /** Who released it, the ARN of a signed call or the subject of a token. */
  readonly by: string;
  /** Null after an erasure. */
  readonly reason: string | null;
  /** Whose own suppression was ended as well; null for nobody's. */
  readonly account: AccountId | null;
}

/** Suppressions to take over. */
export interface ImportRequest {
  readonly rows: readonly ImportRow[];
  /** True says what would happen, and writes nothing. */
  readonly dryRun?: boolean | null;
}

/** One address and what is known of why it is suppressed. */
export interface ImportRow {
  /** As it is written; a display name is passed over. */
  readonly address: string;
  /** A reason of Rebound, which stands; or a provider's word (`hard bounce`, `spam report`, `unsubscribed`), or the receiver's words. A row that says nothing of why is suppressed as `other`. */
  readonly reason?: string | null;
  /** An enhanced status code (RFC 3463) or a reply code. */
  readonly status?: string | null;
  /** The receiver's words, from which the reason is read; the first 1 KB is kept. */
  readonly diagnostic?: string | null;
  /** RFC 3339 or a day, not in the future. Null or empty when nobody knows. */
  readonly bouncedAt?: string | null;
}

/** What became of the rows. */
export interface ImportAnswer {
  /** Whether nothing was written. */
  readonly dryRun: boolean;
  readonly counts: {
    readonly rows: number;
    /** How many of each outcome. */
    readonly byOutcome: Readonly<Partial<Record<ImportOutcome, number>>>;
  };
  /** One for each row of the request, in its order. */
  readonly rows: readonly ImportedRow[];
}

/** What became of one row. */
export interface ImportedRow {
  readonly outcome: ImportOutcome;
  /** The outcome in words, for people. */
  readonly detail: string;
  /** Canonical; null for what is no address. */
  readonly address: string | null;
  /** What the row was read as; null where it is no bounce, or cannot be read. */
  readonly reason: Reason | null;
  /** The row of the policy table for the reason. */
  readonly rule: string | null;
}

/** - `suppressed`: the account does not send to the address from now on - `already_suppressed`: it did not before; the row is kept as evidence - `nothing_new`: it did not before, and the row tells nothing new - `duplicate`: an earlier row of the call says the very same - `lifted_before`: not newer than an unbounce, a release or a correction; kept, and does not count - `strike`: the reason blocks by strikes, and there are not enough of them - `soft_reason`: the reason never blocks; kept as evidence - `ended`: the block would have ended by now - `not_a_bounce`: an unsubscribe or a manual entry; nothing is recorded - `unknown_reason`, `invalid_date`, `invalid_address`: cannot be read; nothing is recorded */
export type ImportOutcome = 'suppressed' | 'already_suppressed' | 'nothing_new' | 'duplicate' | 'lifted_before' | 'strike' | 'soft_reason' | 'ended' | 'not_a_bounce' | 'unknown_reason' | 'invalid_date' | 'invalid_address';

/** Why an address is released, and for whom besides. */
export interface ReleaseRequest {
  /** A sentence for those who ask later. */
  readonly reason: string;
  /** A registered account whose own suppression ends as well. */
  readonly account?: AccountId | null;
}

/** A page of accounts. */
export interface AccountList {
  readonly items: readonly AccountRow[];
  readonly cursor?: Cursor;
}

export interface AccountRow {
  readonly account: AccountId;
}

/** Which bounces are taken back. What is left out, or null, narrows nothing. */
export interface CorrectionRequest {
  /** The first bounce that is meant, by `bouncedAt`. RFC 3339, to the minute at least, in any zone. */
  readonly from: string;
  /** The last one; it has passed, and lies at most 31 days after `from`. */
  readonly to: string;
  readonly reason?: Reason | null;
  /** The row of the policy that suppresses. */
  readonly rule?: string | null;
  /** Of the recipients. That of a provider, as the counts name it, means all of its domains. */
  readonly domain?: string | null;
  readonly campaign?: CampaignId | null;
  /** Whether to lift; without it nothing is written. */
  readonly apply?: boolean;
  /** Whether to look also at addresses that were suppressed before `from`, for another reason. */
  readonly earlier?: boolean;
  /** Why, for those who ask later. Addresses in it are not kept. */
  readonly note?: string | null;
  /** How many suppressed addresses to look at; 500 without it. */
  readonly limit?: number | null;
  readonly cursor?: Cursor | null;
}

/** What one page of a correction has come to, or would. */
export interface CorrectionAnswer {
  readonly correction: CorrectionId;
  readonly applied: boolean;
  readonly from: string;
  readonly to: string;
  readonly reason: Reason | null;
  readonly rule: string | null;
  readonly domain: string | null;
  readonly campaign: string | null;
  /** Suppressed addresses that were looked at. */
  readonly examined: number;
  readonly lifted: LiftedCounts;
  readonly kept: KeptCounts;
  /** Some of them. */
  readonly sample: readonly CorrectedReason[];
  /** On the last page of a run that applies, how many addresses all runs of this correction have lifted. */
  readonly corrected: number | null;
  readonly cursor?: Cursor;
}

/** The beginning of the window, and a hash of what is corrected. */
export type CorrectionId = string;

/** Addresses that lose a reason. What did not occur is left out. */
export interface LiftedCounts {
  readonly addresses: number;
  readonly byReason: CountsByReason;
  /** By recipient domain; those of a large provider count under one. `erased` where nobody knows it any more. */
  readonly byProvider: Readonly<Record<string, number>>;
  /** What the filter says of them afterwards; `P1` is to send. */
  readonly byVerdict: Readonly<Record<string, number>>;
}

/** Addresses that keep a reason of which a bounce is meant. */
export interface KeptCounts {
  readonly addresses: number;
  readonly byCause: Readonly<Partial<Record<KeptFor, number>>>;
}

/** Why a reason stays: it bounced before the window as well, or after it, or for another campaign; it is a complaint that nobody named; or the person was erased, and nobody knows the domain. */
export type KeptFor = 'bounced_before' | 'bounced_since' | 'other_campaign' | 'complaint' | 'erased';

/** A reason of an address, and what becomes of it. */
export interface CorrectedReason {
  readonly id: AddressId;
  readonly address: string | null;
  readonly erased: boolean;
  readonly outcome: 'lifted' | KeptFor;
  readonly reason: Reason;
  readonly rule: string;
  readonly bouncedAt: string | null;
  readonly status: string | null;
  readonly campaign: string | null;
}

/** A page of corrections. */
export interface CorrectionList {
  readonly items: readonly CorrectionRow[];
  readonly cursor?: Cursor;
}

/** A correction of an account. */
export interface CorrectionRow {
  readonly correction: CorrectionId;
  readonly from: string;
  readonly to: string;
  readonly reason: Reason | null;
  readonly rule: string | null;
  readonly domain: string | null;
  readonly campaign: string | null;
  readonly by: string;
  readonly note: string | null;
  readonly begunAt: string;
  /** When the last run came to its end; null before. */
  readonly finishedAt: string | null;
  /** How many addresses it has lifted, as of `finishedAt`. */
  readonly corrected: number | null;
}

/** What an erasure has done. */
export interface Erasure {
  readonly id: AddressId;
  readonly erased: true;
  /** Mail sent until then writes no text again. */
  readonly erasedAt: string;
  /** In how many accounts. */
  readonly accounts: number;
}

/** The unbounces of a month. */
export interface Quota {
  readonly month: Month;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the next month begins. */
  readonly resetsAt: string;
}

/** The unbounces of a month, and what the limit is counted from. */
export interface AccountQuota {
  readonly month: Month;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the next month begins. */
  readonly resetsAt: string;
  /** Null until somebody has said; counts as 0. */
  readonly contacts: number | null;
}

/** An account's bounces by day and reason. */
export interface Stats {
  readonly account: AccountId;
  readonly from: Day;
  readonly to: Day;
  /** Every day from `from` to `to`, the earliest first. */
  readonly days: readonly DayStats[];
  /** The reasons of all these days, the commonest first. What did not occur is left out. */
  readonly byReason: readonly ReasonStats[];
  /** Some bounces may be missed, and some counted twice. */
  readonly approximate: true;
  /** Null where no SES is configured, where it has no figure, and where it does not say it in time. */
  readonly bounceRate: BounceRate | null;
}

export interface DayStats {
  readonly day: Day;
  readonly total: number;
  readonly byReason: CountsByReason;
}

export interface ReasonStats {
  readonly reason: Reason;
  readonly bounces: number;
  /** What the reason means, in one sentence. */
  readonly meaning: string;
  /** What to do about it. */
  readonly advice: string;
}

/** SES's own figures, of all mail of the AWS account in the Region of the stack. */
export interface BounceRate {
  /** The part of the mail that bounced for good. */
  readonly rate: number;
  /** The part that was reported as spam. Null where SES has no figure, since nobody has complained yet. */
  readonly complaintRate: number | null;
  /** The hour of the figures. */
  readonly asOf: string;
  readonly scope: 'aws_account';
  /** The metric of CloudWatch. */
  readonly source: string;
}

/** A page of unbounces. */
export interface UnbounceList {
  readonly items: readonly UnbounceRow[];
  readonly cursor?: Cursor;
}

/** An unbounce, and what came after it. */
export interface UnbounceRow {
  readonly id: AddressId;
  /** Null when it is not known, or was erased. */
  readonly address: string | null;
  readonly erased: boolean;
  readonly unbouncedAt: string;
  /** Who asked for it, the ARN of a signed call or the subject of a token. */
  readonly by: string;
  readonly evidence: StoredEvidence;
  /** What was lifted; null when only a layer above the account blocked. */
  readonly lifted: LiftedReason | null;
  readonly after: AfterUnbounce;
}

export interface LiftedReason {
  readonly reason: Reason;
  /** The row of the policy that had suppressed. */
  readonly rule: string;
}

/** How the address did since; a soft bounce is nothing of the kind. */
export interface AfterUnbounce {
  readonly state: 'fine' | 'bounced_again';
  readonly at: string | null;
  readonly reason: Reason | null;
}

/** A page of campaigns. */
export interface CampaignList {
  readonly items: readonly CampaignRow[];
  readonly cursor?: Cursor;
}

export interface CampaignRow {
  readonly campaign: CampaignId;
  /** When Rebound first heard of it. */
  readonly firstSeenAt: string;
}

/** A campaign in numbers. */
export interface Campaign {
  readonly campaign: CampaignId;
  /** When Rebound first heard of it. */
  readonly firstSeenAt: string;
  readonly counts: CampaignCounts;
}

/** Recipients by what became of them. What did not occur is left out. */
export interface CampaignCounts {
  readonly bounced: BouncedCounts;
  readonly notSent: NotSentCounts;
}

export interface BouncedCounts {
  readonly total: number;
  readonly byKind: {
    readonly hard: number;
    readonly soft: number;
  };
  readonly byReason: CountsByReason;
}

export interface NotSentCounts {
  readonly total: number;
  readonly byCode: Readonly<Partial<Record<KeptCode, number>>>;
  readonly byReason: CountsByReason;
}

export type CountsByReason = Readonly<Partial<Record<Reason, number>>>;

/** Why a recipient was not sent to; duplicates and what is no address are not kept. */
export type KeptCode = 'hard_bounce' | 'complaint' | 'global_bounce' | 'ses_suppressed' | 'repeated_soft_bounces';

/** What became of a recipient. */
export type Outcome = 'bounced' | 'not-sent';

/** A page of recipients of a campaign. */
export interface CampaignRecipientList {
  readonly items: readonly CampaignRecipient[];
  readonly cursor?: Cursor;
}

/** A recipient of a campaign who was not reached. Complaints count as bounced. */
export interface CampaignRecipient {
  readonly id: AddressId;
  /** Null when it is not known, or was erased. */
  readonly address: string | null;
  readonly erased: boolean;
  readonly outcome: Outcome;
  /** Whether the bounce alone forbids to send again (hard); null for who was not sent to. */
  readonly kind: 'hard' | 'soft' | null;
  /** Why it was not sent to; null for who bounced. */
  readonly code: KeptCode | null;
  /** Null where a layer above the account blocked. */
  readonly reason: Reason | null;
  /** The rule that decided. */
  readonly rule: string;
  /** Who blocked; null for who bounced. */
  readonly layer: 'own' | 'global' | 'sesAccountList' | 'sesGlobalList' | 'sesValidation' | null;
  /** The enhanced status code (RFC 3463). */
  readonly status: string | null;
  /** The receiving server's words, every address in them redacted. They come from outside. */
  readonly diagnostic: string | null;
  /** When it bounced, or when it was not sent to. */
  readonly at: string | null;
}

/** A condition of the unbounce that does not hold. */
export interface Refusal {
  readonly rule: UnbounceRule;
  readonly code: RefusalCode;
  /** What is in the way and what can be done. */
  readonly message: string;
  /** When the condition heals by itself, where it does. */
  readonly resetsAt?: string;
}

/** What is wrong, in a word that never changes. */
export type ProblemCode = 'body_not_json' | 'body_too_large' | 'too_many_recipients' | 'split_the_call' | 'invalid_request' | 'invalid_account_id' | 'invalid_address' | 'invalid_campaign' | 'invalid_cursor' | 'identity_taken' | 'unknown_account' | 'unknown_campaign' | 'not_acceptable' | 'not_found' | 'no_identity' | 'forbidden' | 'one_address_only' | 'confirmation_required' | 'not_suppressed' | 'global_bounce' | 'reason_not_unbounceable' | 'already_unbounced_once' | 'sending_identity_not_connected' | 'quota_exhausted' | 'try_again' | 'internal';

/** What is wrong (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What to do, for people. */
  readonly detail: string;
  readonly code: ProblemCode;
}

/** A refused unbounce, with every condition that fails. Code, rule and status are those of the first. */
export interface RefusalProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What to do, for people. */
  readonly detail: string;
  readonly code: RefusalCode;
  readonly rule: UnbounceRule;
  readonly refusals: readonly Refusal[];
  /** When the first condition heals by itself, where it does. */
  readonly resetsAt?: string;
}

/** What the gateway in front says itself. */
export interface GatewayMessage {
  readonly message: string | null;
}

/** This document. */
export interface Contract {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, unknown>>;
}

/** Where each operation stands. */
export const OPERATIONS = {
  listAccounts: { method: 'GET', path: '/v1/accounts' },
  readAccount: { method: 'GET', path: '/v1/accounts/{account}' },
  saveAccount: { method: 'PUT', path: '/v1/accounts/{account}' },
  filterRecipients: { method: 'POST', path: '/v1/accounts/{account}/recipients/filter' },
  listSuppressions: { method: 'GET', path: '/v1/accounts/{account}/suppressions' },
  importSuppressions: { method: 'POST', path: '/v1/accounts/{account}/suppressions/import' },
  readSuppression: { method: 'GET', path: '/v1/accounts/{account}/suppressions/{address}' },
  unbounce: { method: 'POST', path: '/v1/accounts/{account}/suppressions/{address}/unbounce' },
  readUnbounceQuota: { method: 'GET', path: '/v1/accounts/{account}/unbounce-quota' },
  readStats: { method: 'GET', path: '/v1/accounts/{account}/stats' },
  listUnbounces: { method: 'GET', path: '/v1/accounts/{account}/unbounces' },
  listCampaigns: { method: 'GET', path: '/v1/accounts/{account}/campaigns' },
  readCampaign: { method: 'GET', path: '/v1/accounts/{account}/campaigns/{campaign}' },
  listCampaignRecipients: { method: 'GET', path: '/v1/accounts/{account}/campaigns/{campaign}/recipients' },
  listCorrections: { method: 'GET', path: '/v1/accounts/{account}/corrections' },
  correctSuppressions: { method: 'POST', path: '/v1/accounts/{account}/corrections' },
  readGlobalBounce: { method: 'GET', path: '/v1/global-bounces/{address}' },
  releaseAddress: { method: 'POST', path: '/v1/global-bounces/{address}/release' },
  eraseAddress: { method: 'DELETE', path: '/v1/addresses/{address}' },
  readContract: { method: 'GET', path: '/v1/openapi.json' },
} as const;

/** What each operation takes and what it answers. */
export interface Operations {
  /** List the registered accounts. */
  readonly listAccounts: {
    readonly query: {
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: AccountList;
  };
  /** Read an account's settings. */
  readonly readAccount: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Account;
  };
  /** Register an account, or change its settings. */
  readonly saveAccount: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: AccountSettings;
    readonly answer: Account;
  };
  /** Say of each recipient whether to mail it. */
  readonly filterRecipients: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: FilterRequest;
    readonly answer: FilterAnswer;
  };
  /** List the account's suppressed addresses, newest first. */
  readonly listSuppressions: {
    readonly query: {
      /** Only addresses that are suppressed for this reason. */
      readonly reason?: Reason;
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: SuppressionList;
  };
  /** Take over suppressions of another provider, or add some by hand. */
  readonly importSuppressions: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: ImportRequest;
    readonly answer: ImportAnswer;
  };
  /** Read all that is known of one address. */
  readonly readSuppression: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Suppression;
  };
  /** Give one address its second chance. */
  readonly unbounce: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: UnbounceRequest;
    readonly answer: Unbounced;
  };
  /** Read how many unbounces are left this month. */
  readonly readUnbounceQuota: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: AccountQuota;
  };
  /** Read how many bounced, by day and reason. */
  readonly readStats: {
    readonly query: {
      /** How many days, today included. */
      readonly days?: number;
    };
    readonly body: undefined;
    readonly answer: Stats;
  };
  /** List the unbounces of a month, newest first. */
  readonly listUnbounces: {
    readonly query: {
      /** The present one without it; a list that was begun so stays in the month in which it was begun. */
      readonly month?: Month;
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: UnbounceList;
  };
  /** List the account's campaigns, newest first. */
  readonly listCampaigns: {
    readonly query: {
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: CampaignList;
  };
  /** Read a campaign in numbers. */
  readonly readCampaign: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Campaign;
  };
  /** List who bounced in a campaign, or who was not sent to. */
  readonly listCampaignRecipients: {
    readonly query: {
      /** Which of the two. */
      readonly outcome: Outcome;
      /** Only recipients with this reason. */
      readonly reason?: Reason;
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: CampaignRecipientList;
  };
  /** List what was corrected for an account. */
  readonly listCorrections: {
    readonly query: {
      /** Where the list goes on, as the last page gave it. It belongs to this account and list. */
      readonly cursor?: Cursor;
      /** How many rows to read for the page. */
      readonly limit?: number;
    };
    readonly body: undefined;
    readonly answer: CorrectionList;
  };
  /** Take back what bounces of a window have brought. */
  readonly correctSuppressions: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: CorrectionRequest;
    readonly answer: CorrectionAnswer;
  };
  /** Read what all accounts share of one address. */
  readonly readGlobalBounce: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: GlobalBounce;
  };
  /** Release an address that is dead for every account. */
  readonly releaseAddress: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: ReleaseRequest;
    readonly answer: GlobalBounce;
  };
  /** Erase a person, and keep the block. */
  readonly eraseAddress: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Erasure;
  };
  /** Read this document. */
  readonly readContract: {
    readonly query: Readonly<Record<string, never>>;
    readonly body: undefined;
    readonly answer: Contract;
  };
}
