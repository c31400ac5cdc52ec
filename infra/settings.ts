import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { loadPolicy, PolicyTableError } from '../lib/policy/policy.ts';
import { GLOBAL_BOUNCES } from '../lib/policy/policy-table.ts';
import {
  flag,
  isGiven,
  list,
  oneOf,
  orDefault,
  rows,
  SettingsError,
  text,
  wholeNumber,
} from './context-values.ts';

const ACCOUNT = /^[A-Za-z0-9_-]{1,64}$/;
const ACCOUNT_IN_WORDS = 'an account id: 1 to 64 letters, digits, _ and -';
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const TAG_IN_WORDS = 'a name of an SES message tag: letters, digits, _ and -';
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const REGION_IN_WORDS = 'AWS Regions, separated by commas';
const EVENT_BUS = /^[A-Za-z0-9._/-]{1,256}$/;
const EVENT_BUS_IN_WORDS = 'the name of an event bus in the same AWS account and Region';
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;
const ORIGIN = /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/;
const ORIGIN_IN_WORDS = 'https addresses without a path, separated by commas';
const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[a-z0-9-]{1,64}$/;
const RESTORED = /^(AddressBounces|CampaignRecipients|UnbounceQuotas|Accounts)=[A-Za-z0-9_.-]{3,255}$/;
const RESTORED_IN_WORDS = 'tables and names, AddressBounces=name, separated by commas';
const STREAM_ARN = /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9_.-]+\/stream\/[0-9T:.-]+$/;
const LOG_RETENTIONS_IN_DAYS = Object.values(RetentionDays).filter((days) => typeof days === 'number');

// A managed policy holds 6,144 characters: what it says of an account with the longest id fits five times.
const MOST_SENDER_ACCOUNTS = 5;
// The environment of a function holds 4 KB, all variables together.
const MOST_OVERRIDE_BYTES = 2_500;

const CONTEXT = {
  stackName: orDefault(
    text(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'a letter, then letters, digits and -'),
    'Rebound',
  ),
  ephemeral: orDefault(flag, false),
  defaultAccount: orDefault(text(ACCOUNT, ACCOUNT_IN_WORDS), 'default'),
  accountTag: orDefault(text(TAG, TAG_IN_WORDS), 'account'),
  campaignTag: orDefault(text(TAG, TAG_IN_WORDS), 'campaign'),
  trustTags: orDefault(flag, true),
  deliveryEvents: orDefault(flag, false),
  sesList: orDefault(text(/^(keep|rebound)$/, 'keep or rebound'), 'keep'),
  sesRegions: orDefault<readonly string[] | null>(list(REGION, REGION_IN_WORDS), null),
  bounceRate: orDefault(flag, true),
  events: orDefault(flag, true),
  eventBusName: orDefault(text(EVENT_BUS, EVENT_BUS_IN_WORDS), 'default'),
  eventsWithAddress: orDefault(flag, false),
  policyOverrides: orDefault<string | null>(rows(MOST_OVERRIDE_BYTES), null),
  globalBounceAccounts: orDefault(wholeNumber(0, 100), GLOBAL_BOUNCES.accounts),
  globalBounceWindowInDays: orDefault(wholeNumber(1, 3_650), GLOBAL_BOUNCES.windowInDays),
  maxConcurrency: orDefault(wholeNumber(2, 1000), 10),
  requestsPerSecond: orDefault(wholeNumber(1, 10_000), 100),
  requestBurst: orDefault(wholeNumber(1, 5_000), 200),
  logRetentionInDays: orDefault(oneOf(LOG_RETENTIONS_IN_DAYS), 30),
  campaignRetentionInDays: orDefault(wholeNumber(1, 3_650), 400),
  restoredTables: orDefault<readonly string[] | null>(list(RESTORED, RESTORED_IN_WORDS), null),
  restoredStreamArn: orDefault<string | null>(text(STREAM_ARN, 'the ARN of a stream of DynamoDB'), null),
  alarms: orDefault(flag, true),
  alarmTopicArn: orDefault<string | null>(text(TOPIC_ARN, 'the ARN of a standard SNS topic'), null),
  alarmEmail: orDefault<string | null>(text(/^[^\s@]+@[^\s@]+$/, 'an e-mail address'), null),
  senderAccounts: orDefault<readonly string[] | null>(list(ACCOUNT, ACCOUNT_IN_WORDS), null),
  senderMayUnbounce: orDefault(flag, true),
  jwtIssuer: orDefault<string | null>(text(/^https:\/\/\S+$/, "the issuer's https address"), null),
  jwtAudience: orDefault(list(/^\S{1,1000}$/, 'one or more audiences, separated by commas'), []),
  jwtAccountClaim: orDefault<string | null>(text(/^\S{1,256}$/, 'the name of a claim'), null),
  jwtAccount: orDefault<string | null>(text(ACCOUNT, ACCOUNT_IN_WORDS), null),
  jwtScopePrefix: orDefault(text(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, 'a prefix without spaces'), ''),
  consoleClientId: orDefault<string | null>(
    text(/^[\x21-\x7e]{1,256}$/, "the id of the issuer's client"),
    null,
  ),
  consoleSignInOrigins: orDefault(list(ORIGIN, ORIGIN_IN_WORDS), []),
  consoleDomainName: orDefault<string | null>(text(/^[a-z0-9.-]{1,253}$/, 'a host name'), null),
  consoleCertificateArn: orDefault<string | null>(
    text(CERTIFICATE_ARN, 'the ARN of a certificate in us-east-1'),
    null,
  ),
};

type Context = { readonly [Key in keyof typeof CONTEXT]: ReturnType<(typeof CONTEXT)[Key]> };

/** The second API, for callers with a token. Exactly one of `accountClaim` and `account` is set. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly accountClaim: string | null;
  readonly account: string | null;
  /** Stands before every scope name, for issuers whose scopes name a resource server. */
  readonly scopePrefix: string;
}

/** The console, for people: only where there are tokens. */
export interface ConsoleSettings {
  /** Under which the issuer knows the console. */
  readonly clientId: string;
  /** Origins besides the issuer's that signing in needs. */
  readonly signInOrigins: readonly string[];
  /** Given together with its certificate, or not at all. */
  readonly domainName: string | null;
  readonly certificateArn: string | null;
}

/** What a deployment chose: every context key parsed, defaults filled in. */
export interface Settings extends Omit<Context, 'senderAccounts' | `jwt${string}` | `console${string}`> {
  readonly senderAccounts: readonly string[];
  readonly jwt: JwtSettings | null;
  readonly console: ConsoleSettings | null;
}

export const CONTEXT_KEYS: readonly string[] = Object.keys(CONTEXT);

/**
 * Parses the CDK context, once.
 * @throws SettingsError for a value that does not fit, values that contradict each other, and an unknown key.
 */
export function parseSettings(context: Readonly<Record<string, unknown>>): Settings {
  refuseUnknownKeys(context);
  const {
    jwtIssuer,
    jwtAudience,
    jwtAccountClaim,
    jwtAccount,
    jwtScopePrefix,
    consoleClientId,
    consoleSignInOrigins,
    consoleDomainName,
    consoleCertificateArn,
    ...read
  } = readAll(context);
  const senderAccounts = read.senderAccounts ?? [read.defaultAccount];
  if (senderAccounts.length > MOST_SENDER_ACCOUNTS) {
    throw new SettingsError(
      `Context senderAccounts names ${senderAccounts.length} accounts: one policy holds at most ${MOST_SENDER_ACCOUNTS}.`,
    );
  }
  if (read.accountTag === read.campaignTag) {
    throw new SettingsError(
      'Context accountTag and campaignTag are equal: one message tag cannot name both.',
    );
  }
  checkAlarms(read);
  checkRestored(read);
  checkOverrides(read.policyOverrides);
  const jwt = { jwtIssuer, jwtAudience, jwtAccountClaim, jwtAccount, jwtScopePrefix };
  const console = { consoleClientId, consoleSignInOrigins, consoleDomainName, consoleCertificateArn };
  return {
    ...read,
    senderAccounts,
    jwt: readJwt(jwt),
    console: readConsole(console, { hasIssuer: jwtIssuer !== null }),
  };
}

type AlarmSettings = Pick<Context, 'alarms' | 'alarmTopicArn' | 'alarmEmail'>;

function checkAlarms({ alarms, alarmTopicArn, alarmEmail }: AlarmSettings): void {
  if (alarmTopicArn !== null && alarmEmail !== null) {
    throw new SettingsError(
      'Give one of the context keys alarmTopicArn and alarmEmail: subscribe the address to the topic instead.',
    );
  }
  if (!alarms && (alarmTopicArn ?? alarmEmail) !== null) {
    throw new SettingsError('Context alarms is false: then alarmTopicArn and alarmEmail would hear nothing.');
  }
}

type RestoredSettings = Pick<Context, 'restoredTables' | 'restoredStreamArn'>;

function checkRestored({ restoredTables, restoredStreamArn }: RestoredSettings): void {
  const restoresAddresses = restoredTables?.some((pair) => pair.startsWith('AddressBounces=')) ?? false;
  if (restoresAddresses !== (restoredStreamArn !== null)) {
    throw new SettingsError(
      'Give the context keys restoredTables with AddressBounces and restoredStreamArn together: functions read its stream.',
    );
  }
}

/** A row that the policy refuses would end every function as it starts: it is refused here instead. */
function checkOverrides(overrides: string | null): void {
  try {
    loadPolicy(overrides === null ? [] : JSON.parse(overrides));
  } catch (error) {
    if (error instanceof PolicyTableError)
      throw new SettingsError(`Context policyOverrides: ${error.message}`);
    throw error;
  }
}

function readAll(context: Readonly<Record<string, unknown>>): Context {
  const entries = Object.entries(CONTEXT).map(([key, read]) => [key, read(key, context[key])]);
  return Object.fromEntries(entries) as Context;
}

function readJwt(given: Pick<Context, Extract<keyof Context, `jwt${string}`>>): JwtSettings | null {
  const { jwtIssuer, jwtAudience, jwtAccountClaim, jwtAccount, jwtScopePrefix } = given;
  if (jwtIssuer === null) {
    if (jwtAudience.length + (jwtAccountClaim ?? jwtAccount ?? jwtScopePrefix).length === 0) return null;
    throw new SettingsError('Context jwtIssuer is missing: the other jwt keys mean nothing without it.');
  }
  if (jwtAudience.length === 0) {
    throw new SettingsError(
      'Context jwtAudience is missing: name the audience that tokens of jwtIssuer carry.',
    );
  }
  if ((jwtAccountClaim === null) === (jwtAccount === null)) {
    throw new SettingsError(
      'Give exactly one of the context keys jwtAccountClaim and jwtAccount with jwtIssuer.',
    );
  }
  return {
    issuer: jwtIssuer,
    audience: jwtAudience,
    accountClaim: jwtAccountClaim,
    account: jwtAccount,
    scopePrefix: jwtScopePrefix,
  };
}

function readConsole(
  given: Pick<Context, Extract<keyof Context, `console${string}`>>,
  { hasIssuer }: { readonly hasIssuer: boolean },
): ConsoleSettings | null {
  const { consoleClientId, consoleSignInOrigins, consoleDomainName, consoleCertificateArn } = given;
  if (consoleClientId === null) {
    if (consoleSignInOrigins.length + (consoleDomainName ?? consoleCertificateArn ?? '').length === 0)
      return null;
    throw new SettingsError(
      'Context consoleClientId is missing: the other console keys mean nothing without it.',
    );
  }
  if (!hasIssuer) {
    throw new SettingsError('Context jwtIssuer is missing: people sign in to the console with its tokens.');
  }
  if ((consoleDomainName === null) !== (consoleCertificateArn === null)) {
    throw new SettingsError('Give the context keys consoleDomainName and consoleCertificateArn together.');
  }
  return {
    clientId: consoleClientId,
    signInOrigins: consoleSignInOrigins,
    domainName: consoleDomainName,
    certificateArn: consoleCertificateArn,
  };
}

/** A mistyped key would silently mean its default. Keys with `:`, `/` or `-` belong to the CDK. */
function refuseUnknownKeys(context: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(context).find((key) => /^\w+$/.test(key) && !CONTEXT_KEYS.includes(key));
  if (unknown === undefined || !isGiven(context[unknown])) return;
  throw new SettingsError(`Unknown context key ${unknown}: the known ones are ${CONTEXT_KEYS.join(', ')}.`);
}
