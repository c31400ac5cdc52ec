import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Resource, Stack } from './cloud-assembly.ts';
import { type Pattern, readPattern } from './event-pattern.ts';
import { type FunctionDefinition, readFunction } from './function-definition.ts';
import { type References, resolveValue } from './intrinsics.ts';
import { arnOf, createReferences, nameOf, type Places, queueNameOf, streamArnOf } from './references.ts';
import { checkRouteKey, type Route } from './route.ts';
import { readTable } from './table-definition.ts';
import { TemplateError } from './template-error.ts';

export interface QueueDefinition {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Those that a queue is created with, and that never change. */
  readonly fixedAttributes: Readonly<Record<string, string>>;
}

export interface TopicDefinition {
  readonly name: string;
  readonly arn: string;
}

export interface SubscriptionDefinition {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A queue whose messages a function is given. */
export interface QueueMapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
}

/** A table whose changes a function is told. */
export interface StreamMapping {
  readonly tableName: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  /** Patterns of which a record must match one; all are told where there is none. */
  readonly filters: readonly Pattern[];
}

/** What the stack consists of, with every reference resolved to what it is on this machine. */
export interface Topology {
  readonly tables: readonly CreateTableCommandInput[];
  readonly queues: readonly QueueDefinition[];
  readonly topics: readonly TopicDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly queueMappings: readonly QueueMapping[];
  readonly streamMappings: readonly StreamMapping[];
  readonly routes: readonly Route[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Reads the parts of a stack that run on this machine. Throws TemplateError. */
export function readTopology(stack: Stack, places: Places): Topology {
  const { Resources: resources, Outputs: outputs } = stack.template;
  const references = createReferences(resources, places);
  const all = <T>(type: string, read: (found: ResolvedResource) => T): T[] =>
    resourcesOf(type, resources, references).map(read);
  const queues = all('AWS::SQS::Queue', ({ logicalId, properties }) => ({
    name: queueNameOf(logicalId, { Properties: properties }),
    url: references.ref(logicalId),
    arn: references.attribute(logicalId, 'Arn'),
    attributes: pickAttributes(properties, QUEUE_ATTRIBUTES),
    fixedAttributes: pickAttributes(properties, FIXED_QUEUE_ATTRIBUTES),
  }));
  const tables = all('AWS::DynamoDB::Table', ({ logicalId, properties }) =>
    readTable(references.ref(logicalId), properties),
  );
  const mappings = all('AWS::Lambda::EventSourceMapping', ({ properties }) => properties);
  const streams = new Map(tables.map(({ TableName = '' }) => [streamArnOf(TableName), TableName]));
  const isOfStream = ({ EventSourceArn }: Properties) => streams.has(String(EventSourceArn));
  return {
    tables,
    queues,
    topics: all('AWS::SNS::Topic', ({ logicalId }) => ({
      name: nameOf(logicalId),
      arn: references.ref(logicalId),
    })),
    subscriptions: all('AWS::SNS::Subscription', readSubscription),
    functions: all('AWS::Lambda::Function', ({ logicalId, resource, properties }) =>
      readFunction({ logicalId, resource, properties, stack }),
    ),
    queueMappings: mappings
      .filter((mapping) => !isOfStream(mapping))
      .map((mapping) => readQueueMapping(mapping, queues)),
    streamMappings: mappings.filter(isOfStream).map((mapping) => readStreamMapping(mapping, streams)),
    routes: readRoutes(
      all('AWS::ApiGatewayV2::Route', ({ properties }) => properties),
      new Map(all('AWS::ApiGatewayV2::Integration', (found) => [nameOf(found.logicalId), found.properties])),
    ),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, { Value }]) => [name, String(resolveValue(Value, references))]),
    ),
  };
}

type Properties = Readonly<Record<string, unknown>>;

interface ResolvedResource {
  readonly logicalId: string;
  readonly resource: Resource;
  readonly properties: Properties;
}

function resourcesOf(
  type: string,
  resources: Readonly<Record<string, Resource>>,
  references: References,
): ResolvedResource[] {
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([logicalId, resource]) => ({
      logicalId,
      resource,
      properties: resolveValue(resource.Properties ?? {}, references) as Properties,
    }));
}

const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'VisibilityTimeout',
];
const FIXED_QUEUE_ATTRIBUTES = ['ContentBasedDeduplication', 'FifoQueue'];
const SUBSCRIPTION_ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'];

/** The services' APIs take as text what a template writes as numbers, booleans and objects. */
function pickAttributes(properties: Properties, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names
      .filter((name) => properties[name] !== undefined)
      .map((name) => {
        const value = properties[name];
        return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
      }),
  );
}

function readSubscription({ properties }: ResolvedResource): SubscriptionDefinition {
  return {
    topicArn: String(properties['TopicArn']),
    protocol: String(properties['Protocol']),
    endpoint: String(properties['Endpoint']),
    attributes: pickAttributes(properties, SUBSCRIPTION_ATTRIBUTES),
  };
}

function readQueueMapping(properties: Properties, queues: readonly QueueDefinition[]): QueueMapping {
  const { EventSourceArn, FunctionName, BatchSize = 10, FunctionResponseTypes } = properties;
  const queue = queues.find(({ arn }) => arn === EventSourceArn);
  if (queue === undefined) {
    const source = String(EventSourceArn);
    throw new TemplateError(`the event source ${source} is neither a queue nor a stream of this stack`);
  }
  return {
    queueUrl: queue.url,
    queueArn: queue.arn,
    functionArn: arnOf('lambda', `function:${String(FunctionName)}`),
    batchSize: Number(BatchSize),
    reportsItemFailures: reportsItemFailures(FunctionResponseTypes),
  };
}

function readStreamMapping(properties: Properties, streams: ReadonlyMap<string, string>): StreamMapping {
  const { EventSourceArn, FunctionName, BatchSize = 100, FilterCriteria, FunctionResponseTypes } = properties;
  const { Filters = [] } = (FilterCriteria ?? {}) as { Filters?: readonly { readonly Pattern: string }[] };
  return {
    tableName: streams.get(String(EventSourceArn)) ?? '',
    functionArn: arnOf('lambda', `function:${String(FunctionName)}`),
    batchSize: Number(BatchSize),
    reportsItemFailures: reportsItemFailures(FunctionResponseTypes),
    filters: Filters.map(({ Pattern }) => readPattern(Pattern)),
  };
}

function reportsItemFailures(responseTypes: unknown): boolean {
  return Array.isArray(responseTypes) && responseTypes.includes('ReportBatchItemFailures');
}

/** The routes that IAM guards. A second API, for tokens, has the same ones and no issuer on this machine. */
function readRoutes(routes: readonly Properties[], integrations: ReadonlyMap<string, Properties>): Route[] {
  return routes
    .filter((route) => route['AuthorizationType'] === 'AWS_IAM')
    .map((route) => {
      const key = String(route['RouteKey']);
      checkRouteKey(key);
      const integration = integrations.get(String(route['Target']).replace('integrations/', ''));
      return { key, functionArn: String(integration?.['IntegrationUri']) };
    });
}
