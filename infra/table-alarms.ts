import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type createAlarms, FIVE_MINUTES, STAYS } from './alarm.ts';
import { awsMetric } from './metrics.ts';
import { BY_ACCOUNT, type Tables } from './tables.ts';
import { tablesOf } from './watched.ts';

const PERIOD = { period: FIVE_MINUTES };
/** Those by which bounces are recorded, recipients filtered and addresses unbounced; an alarm takes ten metrics at most. */
const OPERATIONS = {
  addressBounces: ['BatchGetItem', 'GetItem', 'PutItem', 'TransactWriteItems', 'UpdateItem'],
  accounts: ['BatchGetItem', 'GetItem'],
  campaignRecipients: ['UpdateItem'],
  unbounceQuotas: ['GetItem', 'TransactWriteItems'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>;

/** Alarms on what DynamoDB refuses. */
export function createTableAlarms(raise: ReturnType<typeof createAlarms>, tables: Tables): void {
  for (const { name, resource } of tablesOf(tables)) {
    raise(`${name}Throttles`, {
      heading: 'DynamoDB throttles',
      says: `${name} is read or written faster than DynamoDB takes it.`,
      metric: sumOf([
        ...throttlesOf(resource),
        ...(name === 'AddressBounces' ? indexThrottlesOf(resource) : []),
      ]),
      threshold: 1,
      periods: STAYS,
    });
  }
  raise('TableSystemErrors', {
    heading: 'DynamoDB system errors',
    says: 'DynamoDB itself fails again and again.',
    metric: sumOf(
      Object.entries(OPERATIONS).flatMap(([key, operations]) =>
        operations.map((Operation) => {
          const TableName = tables[key as keyof typeof OPERATIONS].table.tableName;
          return awsMetric('systemErrors', { TableName, Operation }, PERIOD);
        }),
      ),
    ),
    threshold: 1,
    periods: STAYS,
  });
}

function throttlesOf({ tableName: TableName }: Table | ITable): Metric[] {
  return [
    awsMetric('readThrottles', { TableName }, PERIOD),
    awsMetric('writeThrottles', { TableName }, PERIOD),
  ];
}

function indexThrottlesOf({ tableName: TableName }: Table | ITable): Metric[] {
  const index = { TableName, GlobalSecondaryIndexName: BY_ACCOUNT };
  return [awsMetric('indexReadThrottles', index, PERIOD), awsMetric('indexWriteThrottles', index, PERIOD)];
}

/** Alarms that read DynamoDB's metrics pass over missing data whatever they are told, so that one would never end: it is filled. */
function sumOf(metrics: readonly Metric[]): MathExpression {
  const named = metrics.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    expression: named.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(named),
    period: FIVE_MINUTES,
    label: 'refused',
  });
}
