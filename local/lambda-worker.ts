import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Invocation, LOADED, type Outcome, type WorkerSetup } from './lambda-protocol.ts';

/** The inside of one execution environment: loads the bundle once, then answers one invocation after another. */
const { directory, handler, name, arn, memoryInMb } = workerData as WorkerSetup;
const [module = '', exportName = ''] = handler.split('.');
const bundle = createRequire(import.meta.url)(join(directory, module)) as Record<
  string,
  (event: unknown, context: object) => unknown
>;

parentPort?.on('message', async (invocation: Invocation) => {
  parentPort?.postMessage(await run(invocation));
});
parentPort?.postMessage(LOADED);

async function run({ requestId, payload, deadline }: Invocation): Promise<Outcome> {
  const context = {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(memoryInMb),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = await bundle[exportName]?.(JSON.parse(payload), context);
    return { payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
