import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

type Definition = Omit<CreateTableCommandInput, 'TableName'>;

/** The tables of the stack, as far as DynamoDB Local knows them; a test holds the two together. */
export const TABLE_DEFINITIONS = {
  addressBounces: {
    ...keyedBy('addressHash', 'scope', ['account', 'suppressedAt']),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byAccount',
        KeySchema: keySchema('account', 'suppressedAt'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['address', 'suppression', 'erasedAt'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
  campaignRecipients: keyedBy('campaignShard', 'recipient'),
  unbounceQuotas: keyedBy('account', 'entry'),
  accounts: keyedBy('account', 'item'),
} satisfies Record<string, Definition>;

export type TableId = keyof typeof TABLE_DEFINITIONS;

function keyedBy(partition: string, sort: string, others: readonly string[] = []): Definition {
  return {
    AttributeDefinitions: [partition, sort, ...others].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keySchema(partition, sort),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

function keySchema(partition: string, sort: string): NonNullable<Definition['KeySchema']> {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
