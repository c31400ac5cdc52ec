import { type References, resolveValue } from '../../local/intrinsics.ts';
import { arnOf, createReferences, nameOf } from '../../local/references.ts';
import { readTopology, type Topology } from '../../local/topology.ts';
import { synthesize } from '../infra/synthesize.ts';
import type { PolicyStatement } from '../support/iam.ts';

/** A stack as it stands in its template, its references resolved to names that this machine can use. */
export interface StackOnPaper {
  readonly topology: Topology;
  /** What a function may do, by its construct id. */
  grantsOf(functionName: string): readonly PolicyStatement[];
  /** The folder of a function by its construct id. */
  folderOf(functionName: string): string;
  /** A name without what CloudFormation and this run add to it. */
  short(arn: string): string;
}

export type Context = Readonly<Record<string, unknown>>;

/** Everything that a deployment can switch on. */
export const EVERYTHING: Context = {
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccountClaim: 'account',
  events: 'true',
  eventsWithAddress: 'true',
};

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly PolicyStatement[] };
  readonly Roles: readonly string[];
}

/** Synthesizes the stack for a context; tables get a name of this run. */
export function putOnPaper(context: Context = {}, tableSuffix = ''): StackOnPaper {
  const template = synthesize(context).toJSON();
  const places = { messagingEndpoint: 'http://127.0.0.1', tableSuffix };
  const read = readTopology({ template, assetDirectory: () => '' } as never, places);
  // Without the CDK's metadata the only name of a function is its logical id.
  const functions = read.functions.map((one) => ({ ...one, name: withoutHash(one.name) }));
  const topology = { ...read, functions };
  const references = withTableArns(createReferences(template['Resources'], places), template['Resources']);
  const resources = Object.values(template['Resources']) as { Type: string; Properties: unknown }[];
  const policies = resources
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => resolveValue(Properties, references) as Policy);
  return {
    topology,
    grantsOf: (name) =>
      policies
        .filter(({ Roles }) => Roles.some((role) => withoutHash(role) === nameOf(`${name}Role`)))
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    folderOf: (name) => name.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase(),
    short: (arn) => shortNames(arn, tableSuffix),
  };
}

/** The local stack never needs the ARN of a table, and IAM does. */
function withTableArns(references: References, resources: Record<string, { Type: string }>): References {
  return {
    ...references,
    attribute: (logicalId, name) =>
      resources[logicalId]?.Type === 'AWS::DynamoDB::Table' && name === 'Arn'
        ? arnOf('dynamodb', `table/${references.ref(logicalId)}`)
        : references.attribute(logicalId, name),
  };
}

function withoutHash(name: string): string {
  return name.replace(/[0-9A-F]{8}$/, '');
}

function shortNames(arn: string, tableSuffix: string): string {
  return arn
    .replaceAll(tableSuffix === '' ? '\0' : tableSuffix, '')
    .replace(/Rebound-(\w+?)[0-9A-F]{8}(?![0-9A-F])/g, '$1')
    .replace(/^arn:aws:(\w+):[\w-]*:\d*:/, '$1:');
}
