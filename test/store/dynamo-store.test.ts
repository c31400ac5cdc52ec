import { afterAll, beforeAll, describe } from '@jest/globals';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import { type StoreUnderTest, storeContract } from './contract.ts';
import { dynamoUnderTest } from './dynamo-under-test.ts';

describe('the store in DynamoDB', () => {
  let dynamo: DynamoLocal;
  let underTest: StoreUnderTest;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    underTest = dynamoUnderTest(dynamo.context);
  }, 30_000);
  afterAll(() => dynamo?.close());

  storeContract(() => underTest);
});
