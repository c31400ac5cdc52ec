import { AWS_ACCOUNT, arnOf, REGION } from '../../local/references.ts';
import type { Question } from '../support/iam.ts';
import type { AwsCall } from './aws-spy.ts';

/** One item or key range of a table that a request read or wrote. */
export interface Touched {
  readonly table: string;
  readonly index: string | null;
  /** What IAM calls it: `dynamodb:UpdateItem`. */
  readonly action: string;
  /** The key's attributes; of a query those that its key condition names, with what they are held to. */
  readonly key: Readonly<Record<string, string>>;
  /** Attributes that a write names. */
  readonly names: readonly string[];
}

type Input = AwsCall['input'];

/** Partition and sort key of each table; an item may hold attributes named like the keys of another. */
const KEYS = [
  ['addressHash', 'scope'],
  ['campaignShard', 'recipient'],
  ['account', 'entry'],
  ['account', 'item'],
] as const;
const PARTITION_KEYS: readonly string[] = KEYS.map(([partition]) => partition);

/** Every item that a request to DynamoDB is about. */
export function touchedBy({ service, operation, input }: AwsCall): Touched[] {
  if (service !== 'dynamodb') return [];
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [touched(operation, input)];
    case 'Query':
      return [queried(input)];
    case 'BatchGetItem':
      return tables(input.RequestItems).flatMap(([TableName, { Keys }]) =>
        Keys.map((Key: Input) => touched(operation, { TableName, Key })),
      );
    case 'BatchWriteItem':
      return tables(input.RequestItems).flatMap(([TableName, requests]) =>
        requests.map(({ PutRequest, DeleteRequest }: Input) =>
          touched(operation, { TableName, ...PutRequest, ...DeleteRequest }),
        ),
      );
    case 'TransactGetItems':
      return input.TransactItems.map(({ Get }: Input) => touched('GetItem', Get));
    case 'TransactWriteItems':
      return input.TransactItems.flatMap((item: Input) =>
        Object.entries(item).map(([kind, one]) =>
          touched(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, one),
        ),
      );
    default:
      throw new Error(`An operation that is not known here: ${operation}`);
  }
}

/** What IAM is asked when a function sends this request. */
export function questionsOf(call: AwsCall): Question[] {
  switch (call.service) {
    case 'dynamodb':
      return touchedBy(call).map(({ table, index, action, key }) => ({
        action,
        resource: arnOf('dynamodb', `table/${table}${index === null ? '' : `/index/${index}`}`),
        context: { 'dynamodb:LeadingKeys': leadingKeys(key) },
      }));
    case 'sqs':
      return [{ action: `sqs:${call.operation}`, resource: arnOf('sqs', last(call.input.QueueUrl)) }];
    case 'events':
      return call.input.Entries.map(({ EventBusName }: Input) => ({
        action: 'events:PutEvents',
        resource: `arn:aws:events:${REGION}:${AWS_ACCOUNT}:event-bus/${EventBusName}`,
      }));
    case 's3':
      return [{ action: 's3:PutObject', resource: `arn:aws:s3:::${call.input.place.slice(1)}` }];
    case 'ses':
      return [sesQuestion(call.operation)];
    default:
      return [{ action: `${call.service}:${call.operation}`, resource: '*' }];
  }
}

function leadingKeys(key: Touched['key']): string[] {
  return [...new Set(PARTITION_KEYS)].flatMap((name) => key[name] ?? []);
}

/** Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Simple Email Service v2". */
function sesQuestion(operation: string): Question {
  const [method = '', url = ''] = operation.split(' ');
  const { pathname } = new URL(url, 'http://ses');
  const [, , , kind, ...rest] = pathname.split('/');
  if (method === 'GET' && kind === 'identities') {
    const identity = `identity/${decodeURIComponent(rest.join('/'))}`;
    return { action: 'ses:GetEmailIdentity', resource: `arn:aws:ses:${REGION}:${AWS_ACCOUNT}:${identity}` };
  }
  if (method === 'POST' && kind === 'import-jobs') return { action: 'ses:CreateImportJob', resource: '*' };
  if (kind !== 'suppression') throw new Error(`A request to SES that is not known here: ${operation}`);
  const isOfOne = rest.length > 1;
  const verb = { GET: isOfOne ? 'Get' : 'List', PUT: 'Put', DELETE: 'Delete' }[method];
  const action = `ses:${verb}SuppressedDestination${verb === 'List' ? 's' : ''}`;
  return { action, resource: '*' };
}

function touched(operation: string, { TableName, Key, Item, ExpressionAttributeNames = {} }: Input): Touched {
  const written = (Key ?? Item) as Input;
  const names = KEYS.find(([partition, sort]) => partition in written && sort in written) ?? [];
  return {
    table: TableName,
    index: null,
    action: `dynamodb:${operation}`,
    key: Object.fromEntries(names.map((name) => [name, written[name].S])),
    names: [...Object.values<string>(ExpressionAttributeNames), ...Object.keys(Item ?? {})],
  };
}

/** `#a = :b` and `begins_with(#a, :b)` hold a key; whatever else a condition says narrows it further. */
function queried({ TableName, IndexName, KeyConditionExpression, ...expression }: Input): Touched {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = expression;
  const held = [
    ...KeyConditionExpression.matchAll(/([#\w]+) = (:\w+)/g),
    ...KeyConditionExpression.matchAll(/begins_with\(([#\w]+), (:\w+)\)/g),
  ].map(([, name = '', value = '']) => [names[name] ?? name, values[value].S]);
  return {
    table: TableName,
    index: IndexName ?? null,
    action: 'dynamodb:Query',
    key: Object.fromEntries(held),
    names: [],
  };
}

function tables(requests: Input): [string, Input][] {
  return Object.entries(requests);
}

function last(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
