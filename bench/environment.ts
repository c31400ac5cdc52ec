import { devNull } from 'node:os';
import { TABLES } from './stub/canned-answers.ts';

/** What the stack tells the functions, all of them together; a test compares the names. */
export const FUNCTION_ENVIRONMENT: Readonly<Record<string, string>> = {
  ADDRESS_BOUNCES_TABLE: TABLES.addresses,
  ACCOUNTS_TABLE: TABLES.accounts,
  CAMPAIGN_RECIPIENTS_TABLE: TABLES.campaigns,
  UNBOUNCE_QUOTAS_TABLE: TABLES.quotas,
  CAMPAIGN_RETENTION_IN_DAYS: '400',
  DEFAULT_ACCOUNT: 'default',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.example/dead-letters',
  ACCOUNT_TAG: 'account',
  CAMPAIGN_TAG: 'campaign',
  TRUST_TAGS: 'true',
  DELIVERY_EVENTS: 'false',
  GLOBAL_BOUNCE_ACCOUNTS: '3',
  GLOBAL_BOUNCE_WINDOW_IN_DAYS: '60',
  SES: 'none',
  METRICS_NAMESPACE: 'Rebound',
};

/** What Lambda itself tells every function, and what leads its AWS calls to an endpoint. */
export function lambdaEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2Vj'.repeat(40),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
