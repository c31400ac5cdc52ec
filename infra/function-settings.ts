import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from './settings.ts';
import { giveTable, type Tables } from './tables.ts';

export function policyEnvironment({ defaultAccount, policyOverrides }: Settings): Record<string, string> {
  return { DEFAULT_ACCOUNT: defaultAccount, ...(policyOverrides && { POLICY_OVERRIDES: policyOverrides }) };
}

export function globalBounceEnvironment(settings: Settings): Record<string, string> {
  return {
    GLOBAL_BOUNCE_ACCOUNTS: String(settings.globalBounceAccounts),
    GLOBAL_BOUNCE_WINDOW_IN_DAYS: String(settings.globalBounceWindowInDays),
  };
}

/** Lets a function that may read and put campaigns in Accounts write their rows, and says how long these are kept. */
export function letKeepCampaigns(
  fn: LambdaFunction,
  tables: Tables,
  { campaignRetentionInDays }: Settings,
): void {
  giveTable(fn, tables.campaignRecipients, ['PutItem', 'UpdateItem']);
  fn.addEnvironment('CAMPAIGN_RETENTION_IN_DAYS', String(campaignRetentionInDays));
}
