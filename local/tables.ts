import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { localClient } from './aws-clients.ts';
import { StartError } from './start-error.ts';

export interface Tables {
  /** Deletes them again: a DynamoDB Local that was given outlives this run. */
  remove(): Promise<void>;
}

/** Creates the tables, which DynamoDB Local has ready at once. Throws StartError. */
export async function createTables(
  endpoint: string,
  definitions: readonly CreateTableCommandInput[],
): Promise<Tables> {
  const dynamodb = new DynamoDBClient({ ...localClient(endpoint), maxAttempts: 1 });
  try {
    await Promise.all(definitions.map((definition) => dynamodb.send(new CreateTableCommand(definition))));
  } catch (error) {
    throw new StartError(`DynamoDB at ${endpoint} did not create the tables: ${String(error)}`);
  }
  return {
    async remove() {
      await Promise.all(
        definitions.map(({ TableName }) => dynamodb.send(new DeleteTableCommand({ TableName }))),
      );
    },
  };
}
