import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DynamodbLocal, givenDynamodb, startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { checkJava } from '../../local/java.ts';

/** The environment variable in which test files find the host. */
export const HOST_VARIABLE = 'TEST_DYNAMO_LOCAL_HOST';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** In a run this short, optimising code and collecting in parallel cost more time than they save. */
const QUICK_START = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/**
 * How many sets of tables one DynamoDB Local is given. The more it has ever had, dropped or not, the slower it works on
 * the latest: with three hundred tables at a twentieth of the speed.
 */
const SETS_EACH = 12;

let server: Server | undefined;
let started: Promise<DynamodbLocal>[] = [];
let asked = 0;

/**
 * Answers every request with the endpoint of a DynamoDB Local in which there is room for a set of tables; it is started
 * when it is asked for, so that a run whose tests need none starts none. Ends with the process, also when a signal ends
 * that.
 */
export async function openHost(): Promise<string> {
  server = createServer(async (_, response) => {
    // Asked now and then by each test file: a connection kept for the next one could end just as it is used again.
    response.setHeader('connection', 'close');
    try {
      response.end((await next()).endpoint);
    } catch (error) {
      response.writeHead(503).end((error as Error).message);
    }
  });
  for (const signal of ENDING_SIGNALS) {
    process.once(signal, () => process.exit(1));
  }
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closeHost(): Promise<void> {
  server?.close();
  server?.closeAllConnections();
  await endDynamodb();
}

/** Ends all that were started; the next request starts another. */
export async function endDynamodb(): Promise<void> {
  const ending = started;
  started = [];
  asked = 0;
  for (const dynamodb of await Promise.allSettled(ending)) {
    if (dynamodb.status === 'fulfilled') await dynamodb.value.stop();
  }
}

function next(): Promise<DynamodbLocal> {
  const current = asked % SETS_EACH === 0 ? undefined : started.at(-1);
  asked += 1;
  if (current !== undefined) return current;
  const fresh = start();
  started.push(fresh);
  return fresh;
}

async function start(): Promise<DynamodbLocal> {
  const given = process.env['DYNAMODB_ENDPOINT'];
  if (given !== undefined) {
    return givenDynamodb(given);
  }
  checkJava();
  process.env['DDB_LOCAL_TELEMETRY'] = '0';
  process.env['JDK_JAVA_OPTIONS'] ??= QUICK_START;
  return await startDynamodbLocal();
}
