import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { asList, type Resource, readable, resourcesOf, synthesize } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const GOLDEN = path.join(import.meta.dirname, 'grants.golden.md');
const HEAD = `# What each function may do

Every action on every resource, as synthesized. A new line here is a decision, not a repair.
Written by \`WRITE_GRANTS=1 npx jest test/infra/grants.test.ts\`.
`;
/** What makes grants differ. */
const WITH_ADDRESSES = { eventBusName: 'mail/bounces', eventsWithAddress: 'true' };

const template = synthesize();

test('of every function are exactly those in grants.golden.md', () => {
  const chosen = grantsIn(synthesize(WITH_ADDRESSES)).get('PublishEvents') ?? [];
  const sections = [
    ...grantsIn(template),
    ['PublishEvents, with eventsWithAddress and a bus of its own', chosen] as const,
  ];
  const text = [
    HEAD,
    ...sections.map(([name, lines]) => `## ${name}\n\n${lines.map((line) => `- ${line}\n`).join('')}`),
  ].join('\n');
  if (process.env['WRITE_GRANTS'] !== undefined) writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
});

test('come from one policy of its own per function, and from no managed one', () => {
  for (const [, role] of resourcesOf(template, 'AWS::IAM::Role')) {
    expect(role.Properties.ManagedPolicyArns).toBeUndefined();
    expect(role.Properties.Policies).toBeUndefined();
  }
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => id.slice(0, -8));
  expect([...grantsIn(template).keys()]).toEqual(functions.sort());
});

test('never allow every action or a Scan, in whatever policy', () => {
  const documents = Object.values(template.toJSON()['Resources'] as Record<string, Resource>)
    .map(({ Properties }) => Properties?.PolicyDocument)
    .filter((document) => document !== undefined);
  const actions = documents
    .flatMap((document) => document.Statement as Statement[])
    .filter((statement) => statement.Effect === 'Allow')
    .flatMap((statement) => asList(statement.Action));
  expect(actions.length).toBeGreaterThan(30);
  expect(actions.filter((action) => /\*|Scan/.test(action))).toEqual([]);
});

test('leave out no wildcard resource but those of actions that know no other', () => {
  const wild = [...grantsIn(template)].flatMap(([name, lines]) =>
    lines.filter((line) => line.includes('*') && !line.includes(' in ')).map((line) => `${name}: ${line}`),
  );
  expect(wild).toEqual([
    'Administer: ses:GetEmailIdentity arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*',
    'PublishEvents: dynamodb:ListStreams *',
    'ReadSuppressions: cloudwatch:GetMetricData *',
    'SyncSesList: dynamodb:ListStreams *',
    'SyncSesList: s3:PutObject <SesListSyncRemovals.Arn>/removals/*',
    'SyncSesList: ses:CreateImportJob *',
    'SyncSesList: ses:DeleteSuppressedDestination *',
    'SyncSesList: ses:GetSuppressedDestination *',
    'SyncSesList: ses:ListSuppressedDestinations *',
  ]);
});

/** Grants as `action resource`, with the partitions to which it is held, by function. */
function grantsIn(from: Template): Map<string, string[]> {
  const policies = resourcesOf(from, 'AWS::IAM::Policy')
    .map(([id, { Properties }]) => [id.replace(/RoleDefaultPolicy[0-9A-F]{8}$/, ''), Properties] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(
    policies.map(([name, { PolicyDocument }]) => [
      name,
      (PolicyDocument.Statement as Statement[]).flatMap(linesOf).sort(),
    ]),
  );
}

function linesOf({ Effect, Action, Resource, Condition }: Statement): string[] {
  expect(Effect).toBe('Allow');
  const held = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  expect(Condition === undefined).toBe(held === undefined);
  const partitions = held === undefined ? '' : ` in ${asList(held as string[]).join(', ')}`;
  return asList(Action).flatMap((action) =>
    asList(Resource).map((resource) => `${action} ${readable(resource)}${partitions}`),
  );
}
