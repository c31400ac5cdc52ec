import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';
import type { FunctionDefinition } from '../../local/function-definition.ts';
import { toGatewayEvent } from '../../local/gateway-event.ts';
import { REGION } from '../../local/references.ts';
import { decodePath, matchRoute } from '../../local/route.ts';
import { startSesStub } from '../../local/ses-stub.ts';
import { contractFaults } from '../contract/contract-faults.ts';
import { endpointForTables, localDynamoClient } from '../support/dynamo-local.ts';
import { type AwsCall, openAwsSpy } from './aws-spy.ts';
import { type Context, putOnPaper } from './stack-on-paper.ts';

/** A request as somebody sends it. */
export interface Sent {
  readonly method: string;
  readonly rawPath: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes as they are. */
  readonly body?: unknown;
}

/** What came back, and what the functions asked of AWS and printed meanwhile. */
export interface Outcome {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Null where the gateway answered without asking a function. */
  readonly by: string | null;
  readonly calls: readonly AwsCall[];
  readonly lines: readonly string[];
  /** Where the answer differs from docs/openapi.yaml. */
  readonly faults: readonly string[];
}

export type SpiedStack = Awaited<ReturnType<typeof openSpiedStack>>;

type Handler = (event: unknown, context: object) => Promise<unknown>;

const CONTEXT = { getRemainingTimeInMillis: () => 29_000 };

/**
 * The synthesized stack over DynamoDB Local: the real doors with the environment of the template, behind the local
 * gateway's own reading of paths, every request to AWS and every printed line written down.
 */
export async function openSpiedStack(context: Context = {}) {
  const endpoint = await endpointForTables();
  const paper = putOnPaper(context, `-${randomUUID().slice(0, 8)}`);
  const { topology } = paper;
  const client = localDynamoClient(endpoint);
  await Promise.all(topology.tables.map((table) => client.send(new CreateTableCommand(table))));
  client.destroy();
  const ses = await startSesStub();
  const calls: AwsCall[] = [];
  const lines: string[] = [];
  let refusal: string | null = null;
  const behind = { dynamodb: endpoint, ses: ses.endpoint, refusal: () => refusal };
  const spies = new Map(
    await Promise.all(
      topology.functions.map(
        async ({ name }) => [name, await openAwsSpy(name, behind, (call) => calls.push(call))] as const,
      ),
    ),
  );
  const handlers = new Map<string, Handler>();
  for (const definition of topology.functions) {
    const { endpoint: AWS_ENDPOINT_URL = '' } = spies.get(definition.name) ?? {};
    const environment = { ...environmentOf(definition), AWS_ENDPOINT_URL };
    handlers.set(definition.arn, await openDoor(paper.folderOf(definition.name), environment));
  }
  const nameOf = (arn: string) => topology.functions.find((one) => one.arn === arn)?.name ?? '';

  async function run(arn: string, event: unknown) {
    const handler = handlers.get(arn);
    if (handler === undefined) throw new Error(`No function ${arn}.`);
    const before = { calls: calls.length, lines: lines.length };
    const result = await printingInto(lines, () => handler(event, CONTEXT));
    return { result, calls: calls.slice(before.calls), lines: lines.slice(before.lines) };
  }

  return {
    paper,
    ses,
    /** Of the DynamoDB Local that has the tables. */
    dynamodb: endpoint,
    /** Everything that was asked of AWS and printed so far. */
    calls,
    lines,
    /** From now on AWS refuses every request in these words; null ends that. */
    refuse(words: string | null): void {
      refusal = words;
    },
    /** Invokes a function by its construct id. */
    async invoke(name: string, event: unknown) {
      return await run(topology.functions.find((one) => one.name === name)?.arn ?? name, event);
    },
    /** A request, in the name of whom the gateway established. */
    async send(sent: Sent, authorizer: unknown): Promise<Outcome> {
      const { method, rawPath } = sent;
      const path = decodePath(rawPath);
      const match = path === null ? null : matchRoute(topology.routes, method, path);
      if (path === null || match === null) return gatewayAnswer(path === null ? 400 : 404);
      const context = { path, match, requestId: randomUUID(), receivedAt: Date.now() };
      const event = toGatewayEvent(toRequest(sent), context);
      const as = { ...event, requestContext: { ...(event['requestContext'] as object), authorizer } };
      const { result, ...seen } = await run(match.route.functionArn, as);
      const { statusCode: status, headers, body: text } = result as Result;
      const faults = contractFaults(as, { status, headers, text });
      return { ...seen, status, headers, text, faults, by: nameOf(match.route.functionArn) };
    },
    async close() {
      await Promise.all([ses.stop(), ...[...spies.values()].map((spy) => spy.stop())]);
    },
  };
}

interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The gateway's own answer, without a function. */
export function gatewayAnswer(status: number): Outcome {
  return { status, headers: {}, text: '', by: null, calls: [], lines: [], faults: [] };
}

/** What Lambda itself tells a function, and what the template does. */
function environmentOf({ name, environment }: FunctionDefinition): Record<string, string> {
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: name,
    ...environment,
  };
}

async function openDoor(folder: string, environment: Readonly<Record<string, string>>): Promise<Handler> {
  const own = process.env;
  process.env = { ...environment };
  try {
    return ((await import(`../../functions/${folder}/index.ts`)) as { handler: Handler }).handler;
  } finally {
    process.env = own;
  }
}

/** What doors print goes into the list. Only this test file's own `process` changes, not the one that jest reports by. */
async function printingInto<T>(lines: string[], work: () => Promise<T>): Promise<T> {
  const own = { stdout: process.stdout, stderr: process.stderr };
  const sink = { write: (text: unknown) => lines.push(String(text)) > 0 };
  setOutputs({ stdout: sink, stderr: sink });
  try {
    return await work();
  } finally {
    setOutputs(own);
  }
}

function setOutputs(outputs: Readonly<Record<'stdout' | 'stderr', object>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    Object.defineProperty(process, name, { value, configurable: true, writable: true });
  }
}

function toRequest({ method, rawPath, query = '', headers = {}, body }: Sent) {
  const given = { 'content-type': 'application/json', ...headers };
  return {
    method,
    rawPath,
    rawQuery: query,
    headers: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]])),
    body: toBytes(body),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
}

function toBytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}
