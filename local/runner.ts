import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { readStack } from './cloud-assembly.ts';
import { createConsoleBuild } from './console/build-console.ts';
import { type Console, createConsole } from './console/serve-console.ts';
import { type DynamodbLocal, givenDynamodb, startDynamodbLocal } from './dynamodb-local.ts';
import { type EventBus, startEventBus } from './event-bus.ts';
import { EXAMPLE_ACCOUNT } from './examples-text.ts';
import type { Endpoints } from './function-environment.ts';
import { createFunctions, type Functions } from './functions.ts';
import { openGateway } from './gateway.ts';
import { checkJava } from './java.ts';
import { type Messaging, startMessaging } from './messaging.ts';
import type { Options } from './options.ts';
import { startPollers } from './pollers.ts';
import { type SesStub, startSesStub } from './ses-stub.ts';
import type { LocalState } from './state-file.ts';
import { synthesize } from './synthesize.ts';
import { createTables } from './tables.ts';
import { readTopology, type Topology } from './topology.ts';

export interface RunnerOptions {
  readonly options: Options;
  /** The project's directory. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told what is done now, and of every function that failed. */
  report(line: string): void;
}

/** The stack, running on this machine. */
export interface Runner {
  readonly state: LocalState;
  readonly messaging: Messaging;
  /** Resolves with a line that says what ended, when something that is needed ends by itself. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Stops what was started, the latest first. */
type Closers = (() => Promise<void> | void)[];

/** The construct's id in `infra/main.ts`. */
const STACK = 'Rebound';

/** Brings the stack up. Throws StartError and TemplateError, having stopped what it had started. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const closers: Closers = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(given: RunnerOptions, closers: Closers): Promise<Omit<Runner, 'stop'>> {
  const { options, report } = given;
  const gateway = await openGateway(options.port);
  closers.push(() => gateway.stop());
  if (options.dynamodbEndpoint === null) checkJava();
  mkdirSync(options.stateDir, { recursive: true });

  report('Synthesizing the stack, starting DynamoDB Local, SNS and SQS');
  const assemblyDir = join(options.stateDir, 'cdk.out');
  const [dynamodb, messaging, events, ses] = await Promise.all([
    openDynamodb(options, closers),
    openMessaging(closers),
    openEventBus(options, closers),
    openSesStub(options, closers),
    synthesizeAfresh(given, assemblyDir),
  ]);
  const topology = readTopology(readStack(assemblyDir, STACK), {
    messagingEndpoint: messaging.endpoint,
    tableSuffix: `-${randomUUID().slice(0, 8)}`,
  });

  const { tables, queues, topics, functions, routes } = topology;
  report(`Creating ${tables.length} tables, ${queues.length} queues and ${topics.length} topic`);
  const created = await createTables(dynamodb.endpoint, tables);
  if (options.dynamodbEndpoint !== null) closers.push(() => created.remove());
  await messaging.create(topology);

  report(`Serving ${routes.length} routes with ${functions.length} functions`);
  const endpoints = {
    sqs: messaging.endpoint,
    dynamodb: dynamodb.endpoint,
    events: events.endpoint,
    ses: ses?.endpoint ?? null,
  };
  const running = openFunctions(given, { topology, endpoints, closers });
  const fed = { topology, functions: running, messaging, dynamodbEndpoint: dynamodb.endpoint, report };
  const pollers = startPollers(fed);
  closers.push(() => pollers.stop());
  gateway.serve({ routes, invoke: running.invoke, console: openConsole(given) });

  const state = stateOf(topology, gateway.url, endpoints);
  return { state, messaging, died: dynamodb.died };
}

async function openDynamodb({ dynamodbEndpoint }: Options, closers: Closers): Promise<DynamodbLocal> {
  if (dynamodbEndpoint !== null) return givenDynamodb(dynamodbEndpoint);
  const dynamodb = await startDynamodbLocal();
  closers.push(() => dynamodb.stop());
  return dynamodb;
}

async function openMessaging(closers: Closers): Promise<Messaging> {
  const messaging = await startMessaging();
  closers.push(() => messaging.stop());
  return messaging;
}

async function openEventBus({ stateDir }: Options, closers: Closers): Promise<EventBus> {
  const bus = await startEventBus({ file: join(stateDir, 'events.ndjson') });
  closers.push(() => bus.stop());
  return bus;
}

async function openSesStub({ sesStub }: Options, closers: Closers): Promise<SesStub | null> {
  if (!sesStub) return null;
  const stub = await startSesStub({ requestsPerSecond: 1 });
  closers.push(() => stub.stop());
  return stub;
}

function openConsole(options: RunnerOptions): Console {
  return createConsole({
    directory: join(options.root, 'web/dist'),
    config: { apiUrl: '/', auth: null, accounts: [EXAMPLE_ACCOUNT] },
    build: createConsoleBuild(options),
  });
}

async function synthesizeAfresh({ root, environment }: RunnerOptions, assemblyDir: string): Promise<void> {
  rmSync(assemblyDir, { recursive: true, force: true });
  await synthesize({ root, assemblyDir, environment });
}

interface Parts {
  readonly topology: Topology;
  readonly endpoints: Endpoints;
  readonly closers: Closers;
}

function openFunctions(
  { options, report }: RunnerOptions,
  { topology, endpoints, closers }: Parts,
): Functions {
  const logFile = join(options.stateDir, 'local.log');
  const log: Writable = createWriteStream(logFile);
  const functions = createFunctions({
    topology,
    endpoints,
    log,
    onError(name, error) {
      const text = error instanceof Error ? error.message : String(error);
      log.write(`${name}: ${text}\n`);
      report(`${name} failed: ${text.split('\n')[0]} (more in ${logFile})`);
    },
  });
  closers.push(() => functions.stop());
  return functions;
}

function stateOf(
  { outputs }: Topology,
  apiUrl: string,
  { sqs, dynamodb, events, ses }: Endpoints,
): LocalState {
  const tables = Object.entries(outputs).flatMap(([name, value]) => {
    const table = /^(\w+)TableName$/.exec(name)?.[1];
    return table === undefined ? [] : [[table, value] as const];
  });
  return {
    apiUrl,
    topicArn: outputs['TopicArn'] ?? '',
    queueUrl: outputs['QueueUrl'] ?? '',
    deadLetterQueueUrl: outputs['DeadLetterQueueUrl'] ?? '',
    sesListQueueUrl: outputs['SesListQueueUrl'] ?? '',
    endpoints: { sns: sqs, sqs, dynamodb, events, ...(ses !== null && { ses }) },
    tables: Object.fromEntries(tables),
  };
}
