import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { expectGolden, sectionOf } from './golden.ts';
import { asList, type Resource, readable, resourcesOf, synthesize } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const HEAD = `# What each function may do

Every action on every resource, as synthesized; after that, what other settings change. A new line here is a decision, not a repair.
Written by \`WRITE_GOLDEN=1 npx jest test/infra/grants.test.ts\`.
`;
/** Every setting that an action or a resource could hang on; what uploads the console has tests of its own. */
const CHOICES: readonly Readonly<Record<string, string>>[] = [
  { eventBusName: 'mail/bounces', eventsWithAddress: 'true' },
  { events: 'false' },
  { deliveryEvents: 'true' },
  { sesList: 'rebound', sesRegions: 'eu-west-1,us-east-1' },
  { trustTags: 'false' },
  { bounceRate: 'false' },
  { alarms: 'false', ephemeral: 'true' },
  { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound', jwtAccountClaim: 'account' },
];

const template = synthesize();
const chosen = CHOICES.map((choice) => ({ choice, template: synthesize(choice) }));

test('of every function are exactly those in grants.golden.md', () => {
  const usual = grantsIn(template);
  const sections = [
    ...[...usual].map(([name, lines]) => sectionOf(name, lines)),
    ...chosen.flatMap(({ choice, template: other }) => {
      const words = Object.entries(choice).map(([key, value]) => `${key} ${value}`);
      return [...grantsIn(other)]
        .filter(([name, lines]) => lines.join() !== usual.get(name)?.join())
        .map(([name, lines]) => sectionOf(`${name}, with ${words.join(', ')}`, lines));
    }),
  ];
  expectGolden('grants.golden.md', [HEAD, ...sections].join('\n'));
});

test('come from one policy of its own per function, and from no managed one', () => {
  for (const [, role] of resourcesOf(template, 'AWS::IAM::Role')) {
    expect(role.Properties.ManagedPolicyArns).toBeUndefined();
    expect(role.Properties.Policies).toBeUndefined();
  }
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => id.slice(0, -8));
  expect([...grantsIn(template).keys()]).toEqual(functions.sort());
});

test.each([template, ...chosen.map((one) => one.template)])(
  'never allow every action or a Scan, in whatever policy and whatever is chosen',
  (of) => {
    const documents = Object.values(of.toJSON()['Resources'] as Record<string, Resource>)
      .map(({ Properties }) => Properties?.PolicyDocument)
      .filter((document) => document !== undefined);
    const actions = documents
      .flatMap((document) => document.Statement as Statement[])
      .filter((statement) => statement.Effect === 'Allow')
      .flatMap((statement) => asList(statement.Action));
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => /\*|Scan/.test(action))).toEqual([]);
  },
);

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
