import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './node-function.ts';
import type { Settings } from './settings.ts';

/** A table and the environment variable in which functions find its name. */
export interface NamedTable {
  readonly table: Table | ITable;
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

type TableSettings = Pick<Settings, 'ephemeral' | 'restoredTables' | 'restoredStreamArn'>;

/** Creates the four tables; an ephemeral stack takes them along when it is deleted. Restored ones are taken as they are. */
export function createTables(scope: Construct, settings: TableSettings): Tables {
  const { ephemeral } = settings;
  const keeping = {
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !ephemeral },
    deletionProtection: !ephemeral,
    removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  };
  const create = (id: string, props: TableProps) =>
    restoredTable(scope, id, settings) ?? new Table(scope, id, { ...keeping, ...props });
  const addressBounces = create('AddressBounces', {
    partitionKey: string('addressHash'),
    sortKey: string('scope'),
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
  if (addressBounces instanceof Table) {
    addressBounces.addGlobalSecondaryIndex({
      indexName: BY_ACCOUNT,
      partitionKey: string('account'),
      sortKey: string('suppressedAt'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['address', 'suppression', 'erasedAt'],
    });
  }
  const campaignRecipients = create('CampaignRecipients', {
    partitionKey: string('campaignShard'),
    sortKey: string('recipient'),
    timeToLiveAttribute: 'expiresAt',
  });
  const unbounceQuotas = create('UnbounceQuotas', {
    partitionKey: string('account'),
    sortKey: string('entry'),
  });
  const accounts = create('Accounts', {
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

/** The table of that name that was restored from a backup; null where the stack's own serves. */
function restoredTable(
  scope: Construct,
  id: string,
  { restoredTables, restoredStreamArn }: TableSettings,
): ITable | null {
  const tableName = restoredTables?.find((pair) => pair.startsWith(`${id}=`))?.slice(id.length + 1);
  if (tableName === undefined) return null;
  const stream = id === 'AddressBounces' && restoredStreamArn !== null;
  return Table.fromTableAttributes(scope, id, {
    tableName,
    ...(stream && { tableStreamArn: restoredStreamArn }),
  });
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

/**
 * Tells a function the table's name and lets it do exactly these actions in partitions whose keys look so; `*` stands for
 * any text.
 * Source: Amazon DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control".
 */
export function givePartitions(
  fn: LambdaFunction,
  { table, variable }: NamedTable,
  { actions, partitions }: { readonly actions: readonly string[]; readonly partitions: readonly string[] },
): void {
  fn.addEnvironment(variable, table.tableName);
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
    }),
  );
}

/** Lets a function that has the table query its index. */
export function allowIndexQuery(fn: LambdaFunction, { table }: NamedTable, index: string): void {
  allow(fn, ['dynamodb:Query'], `${table.tableArn}/index/${index}`);
}

function string(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}
