import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DynamodbLocal, givenDynamodb, startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { checkJava } from '../../local/java.ts';

/** The environment variable in which test files find the host. */
export const HOST_VARIABLE = 'TEST_DYNAMO_LOCAL_HOST';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** In a run this short, optimising code and collecting in parallel cost more time than they save. */
const QUICK_START = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

let server: Server | undefined;
let started: Promise<DynamodbLocal> | undefined;

/**
 * Answers every request with the endpoint of one DynamoDB Local, which the first request starts: a run whose
 * tests need none starts none. Ends with the process, also when a signal ends that.
 */
export async function openHost(): Promise<string> {
  server = createServer(async (_, response) => {
    // Asked once by each test file: a connection kept for the next one could end just as it is used again.
    response.setHeader('connection', 'close');
    try {
      started ??= start();
      response.end((await started).endpoint);
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

/** The next request starts another: one grows slower with every table that it has ever had, dropped or not. */
export async function endDynamodb(): Promise<void> {
  const ending = started;
  started = undefined;
  await ending?.then(
    (dynamodb) => dynamodb.stop(),
    () => undefined,
  );
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
