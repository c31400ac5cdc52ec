import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { localClient } from '../../local/aws-clients.ts';
import { HOST_VARIABLE } from './dynamo-local-host.ts';
import { TABLE_DEFINITIONS, type TableId } from './table-definitions.ts';

/** The stack's tables in DynamoDB Local, empty and under names of their own. */
export interface DynamoLocal {
  readonly endpoint: string;
  readonly tables: Readonly<Record<TableId, string>>;
  /** What the stores work with, as the functions have it. */
  readonly context: DynamoContext;
  /** The same with a client of the SDK's, into which faults can be injected. */
  withClient(client: DynamoDBClient): DynamoContext;
  close(): void;
}

/** Creates the tables in a DynamoDB Local of this jest run; fails with one clear line where there is no Java. */
export async function openDynamoLocal(): Promise<DynamoLocal> {
  const endpoint = await endpointForTables();
  const client = localDynamoClient(endpoint);
  const suffix = randomUUID().slice(0, 8);
  const names = Object.keys(TABLE_DEFINITIONS) as TableId[];
  const tables = Object.fromEntries(
    names.map((name) => [name, `${name}-${suffix}`]),
  ) as DynamoLocal['tables'];
  await Promise.all(
    names.map((name) =>
      client.send(new CreateTableCommand({ ...TABLE_DEFINITIONS[name], TableName: tables[name] })),
    ),
  );
  const context = createDynamoContext(tables, {
    ...localClient(endpoint),
    endpoints: { dynamodb: endpoint, sqs: '', ses: '', cloudwatch: '', events: '', s3: '' },
  });
  const withClient = (own: DynamoDBClient): DynamoContext => ({ ...context, client: own });
  return { endpoint, tables, context, withClient, close: () => client.destroy() };
}

/** A client that tries every request once, so that tests see each call. */
export function localDynamoClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    ...localClient(endpoint),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, httpAgent: { maxSockets: 64 } },
  });
}

/** Where there is room for a set of tables: not the same DynamoDB Local for every set. */
export async function endpointForTables(): Promise<string> {
  const answer = await fetch(process.env[HOST_VARIABLE] ?? '');
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(text);
  }
  return text;
}
