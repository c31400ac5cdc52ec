import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './node-function.ts';

/** A table and the environment variable in which functions find its name. */
export interface NamedTable {
  readonly table: Table;
  readonly variable: string;
}

export interface Tables {
  readonly addressBounces: NamedTable;
  readonly campaignRecipients: NamedTable;
  readonly unbounceQuotas: NamedTable;
  readonly accounts: NamedTable;
}

/** The index of AddressBounces that lists an account's suppressions, newest first. */
export const BY_ACCOUNT = 'byAccount';

/** Creates the four tables; an ephemeral stack takes them along when it is deleted. */
export function createTables(scope: Construct, { ephemeral }: { readonly ephemeral: boolean }): Tables {
  const keeping = {
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !ephemeral },
    deletionProtection: !ephemeral,
    removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  };
  const addressBounces = new Table(scope, 'AddressBounces', {
    ...keeping,
    partitionKey: string('addressHash'),
    sortKey: string('scope'),
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  addressBounces.addGlobalSecondaryIndex({
    indexName: BY_ACCOUNT,
    partitionKey: string('account'),
    sortKey: string('suppressedAt'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ['address', 'suppression', 'erasedAt'],
  });
  const campaignRecipients = new Table(scope, 'CampaignRecipients', {
    ...keeping,
    partitionKey: string('campaignShard'),
    sortKey: string('recipient'),
    timeToLiveAttribute: 'expiresAt',
  });
  const unbounceQuotas = new Table(scope, 'UnbounceQuotas', {
    ...keeping,
    partitionKey: string('account'),
    sortKey: string('entry'),
  });
  const accounts = new Table(scope, 'Accounts', {
    ...keeping,
    partitionKey: string('account'),
    sortKey: string('item'),
  });
  return {
    addressBounces: { table: addressBounces, variable: 'ADDRESS_BOUNCES_TABLE' },
    campaignRecipients: { table: campaignRecipients, variable: 'CAMPAIGN_RECIPIENTS_TABLE' },
    unbounceQuotas: { table: unbounceQuotas, variable: 'UNBOUNCE_QUOTAS_TABLE' },
    accounts: { table: accounts, variable: 'ACCOUNTS_TABLE' },
  };
}

/** Tells a function the table's name and lets it do exactly these actions on it. */
export function giveTable(
  fn: LambdaFunction,
  { table, variable }: NamedTable,
  actions: readonly string[],
): void {
  fn.addEnvironment(variable, table.tableName);
  allow(
    fn,
    actions.map((action) => `dynamodb:${action}`),
    table.tableArn,
  );
}

/** Lets a function that has the table query its index. */
export function allowIndexQuery(fn: LambdaFunction, { table }: NamedTable, index: string): void {
  allow(fn, ['dynamodb:Query'], `${table.tableArn}/index/${index}`);
}

function string(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
