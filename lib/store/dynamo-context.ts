import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../policy/time.ts';

/** What every DynamoDB store works with. Time and chance are passed in, so that tests can hold them. */
export interface DynamoContext {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tables: TableNames;
  readonly clock: () => Instant;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

export interface TableNames {
  readonly addressBounces: string;
  readonly campaignRecipients: string;
  readonly unbounceQuotas: string;
  readonly accounts: string;
}
