import { describe, expect, test } from '@jest/globals';
import { resourcesOf, synthesize } from './synthesize.ts';

const TYPE = 'AWS::DynamoDB::Table';

/**
 * A changed logical id or key replaces the table by an empty one, and an empty table answers "send" to
 * everyone. Never adjust this to a new template: move the data first.
 */
const FROZEN = {
  AddressBounces2FB36B3A: { keys: ['HASH addressHash S', 'RANGE scope S'] },
  CampaignRecipientsA66FB51D: { keys: ['HASH campaignShard S', 'RANGE recipient S'] },
  UnbounceQuotas0E250109: { keys: ['HASH account S', 'RANGE entry S'] },
  AccountsBE8A900E: { keys: ['HASH account S', 'RANGE item S'] },
};

interface Key {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface Attribute {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

describe('tables', () => {
  const tables = resourcesOf(synthesize(), TYPE);

  test('keep their logical ids and keys for good', () => {
    const found = tables.map(([id, { Properties }]) => [id, { keys: keysOf(Properties, Properties) }]);
    expect(Object.fromEntries(found)).toEqual(FROZEN);
  });

  test('list the suppressions of an account by one sparse index', () => {
    const { Properties } = tables.find(([id]) => id === 'AddressBounces2FB36B3A')?.[1] ?? {};
    const [index, ...others] = Properties.GlobalSecondaryIndexes;
    expect(others).toEqual([]);
    expect(index.IndexName).toBe('byAccount');
    expect(keysOf(index, Properties)).toEqual(['HASH account S', 'RANGE suppressedAt S']);
    expect(index.Projection).toEqual({
      ProjectionType: 'INCLUDE',
      NonKeyAttributes: ['address', 'suppression', 'erasedAt'],
    });
  });

  test('stream the changes of addresses and let campaign rows expire', () => {
    const settings = tables.map(([id, { Properties }]) => [
      id,
      Properties.StreamSpecification?.StreamViewType,
      Properties.TimeToLiveSpecification,
    ]);
    expect(settings).toEqual([
      ['AddressBounces2FB36B3A', 'NEW_AND_OLD_IMAGES', undefined],
      ['CampaignRecipientsA66FB51D', undefined, { AttributeName: 'expiresAt', Enabled: true }],
      ['UnbounceQuotas0E250109', undefined, undefined],
      ['AccountsBE8A900E', undefined, undefined],
    ]);
  });

  test.each([
    [{}, { recovery: true, protected: true, policy: 'Retain' }],
    [{ ephemeral: 'true' }, { recovery: false, protected: false, policy: 'Delete' }],
  ])('with context %p are kept like %p', (context, expected) => {
    for (const [, table] of resourcesOf(synthesize(context), TYPE)) {
      const { Properties, DeletionPolicy, UpdateReplacePolicy } = table;
      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([expected.policy, expected.policy]);
      expect(Properties.DeletionProtectionEnabled).toBe(expected.protected);
      expect(Properties.PointInTimeRecoverySpecification).toEqual({
        PointInTimeRecoveryEnabled: expected.recovery,
      });
    }
  });
});

function keysOf(
  { KeySchema }: { readonly KeySchema: readonly Key[] },
  { AttributeDefinitions }: { readonly AttributeDefinitions: readonly Attribute[] },
): string[] {
  return KeySchema.map(({ AttributeName, KeyType }) => {
    const attribute = AttributeDefinitions.find((candidate) => candidate.AttributeName === AttributeName);
    return `${KeyType} ${AttributeName} ${attribute?.AttributeType}`;
  });
}

describe('tables that were restored', () => {
  const restoredStreamArn =
    'arn:aws:dynamodb:eu-central-1:111122223333:table/Rebound-1-AddressBounces/stream/2026-11-23T10:00:00.000';
  const names = ['AddressBounces', 'CampaignRecipients', 'UnbounceQuotas', 'Accounts'];
  const restored = synthesize({
    restoredTables: names.map((name) => `${name}=Rebound-1-${name}`),
    restoredStreamArn,
  });
  const functions = resourcesOf(restored, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);

  test('take the place of those of the stack, which lets go of its own', () => {
    expect(resourcesOf(restored, TYPE)).toEqual([]);
    const variables = functions.flatMap(({ Environment }) => Object.entries(Environment.Variables));
    const tables = variables.filter(([name]) => name.endsWith('_TABLE')).map(([, value]) => value);
    expect(new Set(tables)).toEqual(new Set(names.map((name) => `Rebound-1-${name}`)));
    expect(restored.findOutputs('AddressBouncesTableName')).toMatchObject({
      AddressBouncesTableName: { Value: 'Rebound-1-AddressBounces' },
    });
  });

  test('feed the functions from their stream', () => {
    const sources = resourcesOf(restored, 'AWS::Lambda::EventSourceMapping')
      .filter(([, { Properties }]) => Properties.StartingPosition !== undefined)
      .map(([, { Properties }]) => Properties.EventSourceArn);
    expect(new Set(sources)).toEqual(new Set([restoredStreamArn]));
  });

  test('may be some of them', () => {
    const some = synthesize({ restoredTables: 'UnbounceQuotas=Rebound-1-UnbounceQuotas' });
    expect(resourcesOf(some, TYPE).map(([id]) => id)).toEqual(
      Object.keys(FROZEN).filter((id) => !id.startsWith('UnbounceQuotas')),
    );
  });
});
