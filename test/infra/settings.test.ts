import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '../../infra/context-values.ts';
import { CONTEXT_KEYS, parseSettings } from '../../infra/settings.ts';

const DEFAULTS = {
  stackName: 'Rebound',
  ephemeral: false,
  defaultAccount: 'default',
  accountTag: 'account',
  campaignTag: 'campaign',
  trustTags: true,
  deliveryEvents: false,
  sesList: 'keep',
  sesRegions: null,
  bounceRate: true,
  events: true,
  eventBusName: 'default',
  eventsWithAddress: false,
  policyOverrides: null,
  globalBounceAccounts: 3,
  globalBounceWindowInDays: 60,
  maxConcurrency: 10,
  requestsPerSecond: 100,
  requestBurst: 200,
  logRetentionInDays: 30,
  campaignRetentionInDays: 400,
  restoredTables: null,
  restoredStreamArn: null,
  alarms: true,
  alarmTopicArn: null,
  alarmEmail: null,
  senderAccounts: ['default'],
  senderMayUnbounce: true,
  jwt: null,
  console: null,
};
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12ab-34cd';
const ISSUER = { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound' };

describe('an empty context', () => {
  test('means the defaults', () => {
    expect(parseSettings({})).toEqual(DEFAULTS);
  });

  test('is also one of empty values and of keys that belong to the CDK', () => {
    const context = { trustTags: '', jwtIssuer: '', 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:x': true };
    expect(parseSettings({ ...context, 'cli-telemetry': false })).toEqual(DEFAULTS);
  });
});

describe('a value', () => {
  test('is the same as a string of the command line and as a value of cdk.json', () => {
    const rows = [{ reason: 'policy', unbounce: 'never' }];
    const typed = { ephemeral: true, maxConcurrency: 20, senderAccounts: ['a', 'b'], policyOverrides: rows };
    const strings = {
      ephemeral: 'true',
      maxConcurrency: '20',
      senderAccounts: 'a, b,a',
      policyOverrides: '[{"reason": "policy", "unbounce": "never"}]',
    };
    expect(parseSettings(strings)).toEqual(parseSettings(typed));
    expect(parseSettings(typed)).toEqual({
      ...DEFAULTS,
      ephemeral: true,
      maxConcurrency: 20,
      senderAccounts: ['a', 'b'],
      policyOverrides: JSON.stringify(rows),
    });
  });

  test('sesRegions names Regions of every partition, each once', () => {
    const sesRegions = 'eu-central-1, us-gov-west-1,eusc-de-east-1,eu-central-1';
    expect(parseSettings({ sesRegions }).sesRegions).toEqual([
      'eu-central-1',
      'us-gov-west-1',
      'eusc-de-east-1',
    ]);
  });

  test('defaultAccount is the account that the sender policy names', () => {
    expect(parseSettings({ defaultAccount: 'shop' }).senderAccounts).toEqual(['shop']);
  });

  test.each([
    [
      { ...ISSUER, jwtAccount: 'a' },
      { account: 'a', accountClaim: null, scopePrefix: '' },
    ],
    [
      { ...ISSUER, jwtAccountClaim: 'custom:tenant', jwtScopePrefix: 'rebound/' },
      { account: null, accountClaim: 'custom:tenant', scopePrefix: 'rebound/' },
    ],
  ])('of the issuer: %p', (context, expected) => {
    const issuer = { issuer: 'https://issuer.example', audience: ['rebound'] };
    expect(parseSettings(context).jwt).toEqual({ ...issuer, ...expected });
  });
});

describe('the console', () => {
  const CLIENT = { ...ISSUER, jwtAccount: 'a', consoleClientId: 'abc' };
  const NOTHING_MORE = { clientId: 'abc', signInOrigins: [], domainName: null, certificateArn: null };

  test.each([
    [CLIENT, NOTHING_MORE],
    [
      { ...CLIENT, consoleSignInOrigins: 'https://login.example, https://b.example:8443' },
      { ...NOTHING_MORE, signInOrigins: ['https://login.example', 'https://b.example:8443'] },
    ],
    [
      { ...CLIENT, consoleDomainName: 'mail.example.com', consoleCertificateArn: CERTIFICATE },
      { ...NOTHING_MORE, domainName: 'mail.example.com', certificateArn: CERTIFICATE },
    ],
  ])('of %p', (context, expected) => {
    expect(parseSettings(context).console).toEqual(expected);
  });
});

describe('refused in one line that says what to do', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ trustTags: 'maybe' }, 'Context trustTags is "maybe": give true or false'],
    [{ ephemeral: 1 }, 'Context ephemeral is 1: give true or false'],
    [{ maxConcurrency: '1' }, 'Context maxConcurrency is "1": give a whole number from 2 to 1000'],
    [{ maxConcurrency: '2.5' }, 'a whole number from 2 to 1000'],
    [{ requestsPerSecond: 'many' }, 'a whole number from 1 to 10000'],
    [{ globalBounceAccounts: '101' }, 'a whole number from 0 to 100'],
    [{ globalBounceWindowInDays: 0 }, 'a whole number from 1 to 3650'],
    [{ requestBurst: '-1' }, 'a whole number from 1 to 5000'],
    [{ campaignRetentionInDays: '0' }, 'a whole number from 1 to 3650'],
    [{ logRetentionInDays: '31' }, 'one of 1, 3, 5, 7, 14, 30'],
    [{ defaultAccount: 'a#b' }, 'give an account id: 1 to 64 letters, digits, _ and -'],
    [{ defaultAccount: 7 }, 'give an account id'],
    [{ senderAccounts: 'a,*' }, 'Context senderAccounts is "*": give an account id'],
    [{ senderAccounts: 'a,' }, 'Context senderAccounts is "": give an account id'],
    [{ senderAccounts: 'a,b,c,d,e,f' }, 'senderAccounts names 6 accounts: one policy holds at most 5'],
    [{ events: 'none' }, 'Context events is "none": give true or false'],
    [{ eventBusName: 'arn:aws:events:x' }, 'give the name of an event bus in the same AWS account'],
    [{ restoredTables: 'Quotas=Restored' }, 'give tables and names, AddressBounces=name'],
    [
      { restoredTables: 'AddressBounces=Restored' },
      'restoredTables with AddressBounces and restoredStreamArn together',
    ],
    [{ alarmEmail: 'ops' }, 'Context alarmEmail is "ops": give an e-mail address'],
    [{ alarmTopicArn: 'ops' }, 'give the ARN of a standard SNS topic'],
    [
      { alarmEmail: 'ops@example.com', alarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:ops' },
      'Give one of the context keys alarmTopicArn and alarmEmail',
    ],
    [{ alarms: 'false', alarmEmail: 'ops@example.com' }, 'Context alarms is false'],
    [{ sesList: 'mine' }, 'Context sesList is "mine": give keep or rebound'],
    [{ sesRegions: 'eu-central-1,Frankfurt' }, 'Context sesRegions is "Frankfurt": give AWS Regions'],
    [{ accountTag: 'ses:tag' }, 'give a name of an SES message tag'],
    [{ accountTag: 'campaign' }, 'accountTag and campaignTag are equal'],
    [{ stackName: '9lives' }, 'give a letter, then letters, digits and -'],
    [{ policyOverrides: '{"reason":' }, 'give a JSON array of objects, at most 2500 bytes'],
    [{ policyOverrides: [{ reason: 'polcy' }] }, 'Context policyOverrides: Override 1 needs a "reason"'],
    [{ policyOverrides: [{ reason: 'policy', permanent: 'soft' }] }, 'Row B7 (policy): "unbounce" must be'],
    [{ policyOverrides: { reason: 'policy' } }, 'give a JSON array of objects'],
    [{ policyOverrides: '["policy"]' }, 'give a JSON array of objects'],
    [{ policyOverrides: [{ advice: 'x'.repeat(2500) }] }, 'at most 2500 bytes'],
    [{ jwtIssuer: 'issuer.example' }, "give the issuer's https address"],
    [{ jwtIssuer: 'https://issuer.example' }, 'jwtAudience is missing'],
    [{ jwtAudience: 'rebound' }, 'jwtIssuer is missing'],
    [{ jwtAccount: 'a' }, 'jwtIssuer is missing'],
    [{ jwtScopePrefix: 'rebound/' }, 'jwtIssuer is missing'],
    [ISSUER, 'exactly one of the context keys jwtAccountClaim and jwtAccount'],
    [{ ...ISSUER, jwtAccount: 'a', jwtAccountClaim: 'b' }, 'exactly one of the context keys'],
    [{ consoleClientId: 'abc' }, 'jwtIssuer is missing: people sign in to the console'],
    [{ ...ISSUER, jwtAccount: 'a', consoleSignInOrigins: 'https://b.example' }, 'consoleClientId is missing'],
    [{ consoleSignInOrigins: 'https://b.example/path' }, 'give https addresses without a path'],
    [{ consoleSignInOrigins: "https://b.example; script-src 'none'" }, 'give https addresses without a path'],
    [
      { ...ISSUER, jwtAccount: 'a', consoleClientId: 'abc', consoleDomainName: 'mail.example.com' },
      'consoleDomainName and consoleCertificateArn together',
    ],
    [
      { consoleCertificateArn: CERTIFICATE.replace('us-east-1', 'eu-central-1') },
      'a certificate in us-east-1',
    ],
    [{ trustTag: 'false' }, 'Unknown context key trustTag: the known ones are stackName,'],
  ])('%j', (context, words) => {
    const refusal = messageOf(() => parseSettings(context));
    expect(refusal).toContain(words);
    expect(refusal).not.toContain('\n');
  });
});

test('docs/configuration.md has a row for every key and for no other', () => {
  const document = readFileSync(path.join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const documented = [...document.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
  expect(documented.sort()).toEqual([...CONTEXT_KEYS].sort());
});

function messageOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
