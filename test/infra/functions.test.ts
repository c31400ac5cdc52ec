import { describe, expect, test } from '@jest/globals';
import { readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

const CAMPAIGNS = { CAMPAIGN_RECIPIENTS_TABLE: '<CampaignRecipients>' };

/** Of those that do not stand behind the API. */
const TIMEOUTS_IN_SECONDS: Readonly<Record<string, number>> = {
  PublishEvents: 60,
  RecordBounces: 60,
  SyncSesList: 120,
};

const template = synthesize();
const functions = resourcesOf(template, 'AWS::Lambda::Function');

describe('settings', () => {
  test.each(functions)(
    'of %s are the runtime, a log of its own and nothing reserved',
    (id, { Properties }) => {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: TIMEOUTS_IN_SECONDS[id.slice(0, -8)] ?? 29,
      });
      expect(readable(Properties.LoggingConfig.LogGroup)).toBe(`<${id.slice(0, -8)}Log>`);
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    },
  );

  test('of all name the stack as the namespace of their metrics', () => {
    const named = ['Rebound', 'ReboundStaging'].map((stackName) =>
      resourcesOf(synthesize({ stackName }), 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.Environment.Variables.METRICS_NAMESPACE,
      ),
    );
    expect(named).toEqual([functions.map(() => 'Rebound'), functions.map(() => 'ReboundStaging')]);
  });

  test('of record-bounces', () => {
    expect(environmentOf('RecordBounces')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      CAMPAIGN_RECIPIENTS_TABLE: '<CampaignRecipients>',
      CAMPAIGN_RETENTION_IN_DAYS: '400',
      DEAD_LETTER_QUEUE_URL: '<BounceIntakeDeadLetterQueue>',
      DEFAULT_ACCOUNT: 'default',
      ACCOUNT_TAG: 'account',
      CAMPAIGN_TAG: 'campaign',
      TRUST_TAGS: 'true',
      DELIVERY_EVENTS: 'false',
      GLOBAL_BOUNCE_ACCOUNTS: '3',
      GLOBAL_BOUNCE_WINDOW_IN_DAYS: '60',
      SES: 'configured',
    });
  });

  test.each([
    ['FilterRecipients', { ...CAMPAIGNS, CAMPAIGN_RETENTION_IN_DAYS: '400' }],
    ['ReadSuppressions', { ...CAMPAIGNS, SES: 'configured' }],
    ['Unbounce', { SES: 'configured' }],
  ])('of %s', (name, others) => {
    expect(environmentOf(name)).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      UNBOUNCE_QUOTAS_TABLE: '<UnbounceQuotas>',
      DEFAULT_ACCOUNT: 'default',
      ...others,
    });
  });

  test('of sync-ses-list', () => {
    expect(environmentOf('SyncSesList')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      TASK_QUEUE_URL: '<SesListSyncQueue>',
      REMOVALS_BUCKET: '<SesListSyncRemovals>',
      SES_REGIONS: '<AWS::Region>',
      SES: 'configured',
    });
  });

  test('of publish-events', () => {
    expect(environmentOf('PublishEvents')).toEqual({
      EVENT_BUS_NAME: 'default',
      EVENTS_WITH_ADDRESS: 'false',
    });
  });

  test('of administer', () => {
    expect(environmentOf('Administer')).toEqual({
      ADDRESS_BOUNCES_TABLE: '<AddressBounces>',
      ACCOUNTS_TABLE: '<Accounts>',
      UNBOUNCE_QUOTAS_TABLE: '<UnbounceQuotas>',
      DEFAULT_ACCOUNT: 'default',
      SES: 'configured',
    });
  });

  test('of read-suppressions ask for no bounce rate, and may not, where the context says so', () => {
    const silent = synthesize({ bounceRate: 'false' });
    expect(environmentOf('ReadSuppressions', silent)).toMatchObject({ SES: 'none' });
    expect(JSON.stringify(silent.toJSON())).not.toContain('GetMetricData');
    expect(JSON.stringify(template.toJSON())).toContain('GetMetricData');
  });

  test('follow the context', () => {
    const issuer = { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound' };
    const chosen = synthesize({
      ...issuer,
      accountTag: 'tenant',
      campaignTag: 'mailing',
      campaignRetentionInDays: '800',
      trustTags: 'false',
      deliveryEvents: 'true',
      sesRegions: 'eu-central-1,us-east-1',
      globalBounceAccounts: '0',
      globalBounceWindowInDays: '30',
      policyOverrides: '[{"reason": "policy", "unbounce": "never"}]',
      jwtAccountClaim: 'tenant',
      jwtScopePrefix: 'rebound/',
    });
    expect(environmentOf('RecordBounces', chosen)).toMatchObject({
      ACCOUNT_TAG: 'tenant',
      CAMPAIGN_TAG: 'mailing',
      CAMPAIGN_RETENTION_IN_DAYS: '800',
      TRUST_TAGS: 'false',
      DELIVERY_EVENTS: 'true',
      GLOBAL_BOUNCE_ACCOUNTS: '0',
      GLOBAL_BOUNCE_WINDOW_IN_DAYS: '30',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('SyncSesList', chosen)).toMatchObject({
      SES_REGIONS: 'eu-central-1,us-east-1',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('Unbounce', chosen)).toMatchObject({
      JWT_ACCOUNT_CLAIM: 'tenant',
      POLICY_OVERRIDES: '[{"reason":"policy","unbounce":"never"}]',
    });
    expect(environmentOf('Administer', chosen)).toMatchObject({
      JWT_ACCOUNT_CLAIM: 'tenant',
      JWT_SCOPE_PREFIX: 'rebound/',
    });
    expect(environmentOf('Administer', synthesize({ ...issuer, jwtAccount: 'shop' }))).toMatchObject({
      JWT_ACCOUNT: 'shop',
    });
  });
});

function environmentOf(name: string, from = template): Record<string, string> {
  const { METRICS_NAMESPACE, ...Variables } = resourceOf(from, 'AWS::Lambda::Function', name).Properties
    .Environment.Variables;
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, readable(value)]));
}
