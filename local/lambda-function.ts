import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from './function-definition.ts';
import type { Invocation, Outcome, WorkerSetup } from './lambda-protocol.ts';

/** The function threw, ended, or took too long; the first line of the message says which. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

export interface LambdaFunction {
  readonly name: string;
  /** Gives the function an event and answers its result, both as JSON values. Throws FunctionError. */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface LambdaFunctionOptions {
  readonly definition: FunctionDefinition;
  /** All that the function finds in `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the function prints. */
  readonly log: Writable;
}

// As on Lambda each environment answers one event at a time; a person at one machine needs few.
const MOST_ENVIRONMENTS = 4;
// As on Lambda, loading the bundle does not count towards the function's own timeout.
const MOST_LOAD_IN_MS = 30_000;
// AWS Lambda quotas: a synchronous invocation answers at most 6 MB.
const MOST_RESPONSE_BYTES = 6 * 1024 * 1024;

/** Runs a function's bundle in worker threads, each with the function's own environment. */
export function createLambdaFunction(options: LambdaFunctionOptions): LambdaFunction {
  const { definition } = options;
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker | Promise<Worker>) => void)[] = [];

  async function start(): Promise<Worker> {
    const worker = startWorker(options);
    workers.add(worker);
    worker.once('exit', () => {
      workers.delete(worker);
      const index = idle.indexOf(worker);
      if (index >= 0) idle.splice(index, 1);
      waiting.shift()?.(start());
    });
    readAnswer(await nextOutcome(worker, MOST_LOAD_IN_MS));
    return worker;
  }

  async function acquire(): Promise<Worker> {
    const worker = idle.pop();
    if (worker !== undefined) return worker;
    if (workers.size < MOST_ENVIRONMENTS) return start();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(worker: Worker): void {
    if (!workers.has(worker)) return;
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  }

  return {
    name: definition.name,
    async invoke(event) {
      const worker = await acquire();
      try {
        return await invokeIn(worker, event, definition.timeoutInMs);
      } finally {
        release(worker);
      }
    },
    async stop() {
      waiting.length = 0;
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}

function startWorker({ definition, environment, log }: LambdaFunctionOptions): Worker {
  const { name, arn, directory, handler, memoryInMb } = definition;
  const worker = new Worker(join(import.meta.dirname, 'lambda-worker.ts'), {
    workerData: { name, arn, directory, handler, memoryInMb } satisfies WorkerSetup,
    env: environment,
    stdout: true,
    stderr: true,
  });
  worker.stdout.on('data', (text) => log.write(text));
  worker.stderr.on('data', (text) => log.write(text));
  worker.on('error', (error) => log.write(`${name}: ${error.stack ?? error.message}\n`));
  return worker;
}

async function invokeIn(worker: Worker, event: unknown, timeoutInMs: number): Promise<unknown> {
  const outcome = nextOutcome(worker, timeoutInMs);
  const invocation: Invocation = {
    requestId: randomUUID(),
    payload: JSON.stringify(event),
    deadline: Date.now() + timeoutInMs,
  };
  worker.postMessage(invocation);
  return readAnswer(await outcome);
}

function readAnswer(outcome: Outcome): unknown {
  if ('error' in outcome) throw new FunctionError(outcome.error);
  if (Buffer.byteLength(outcome.payload) > MOST_RESPONSE_BYTES) {
    throw new FunctionError(`The response is larger than ${MOST_RESPONSE_BYTES} bytes`);
  }
  return JSON.parse(outcome.payload);
}

function nextOutcome(worker: Worker, timeoutInMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome) => {
      stopListening();
      resolve(outcome);
    };
    const fail = (error: Error) => settle({ error: error.stack ?? error.message });
    const end = () => settle({ error: 'The function ended its process' });
    const timer = setTimeout(async () => {
      stopListening();
      await worker.terminate();
      resolve({ error: `The function did not answer within ${timeoutInMs / 1000} s` });
    }, timeoutInMs);
    const stopListening = () => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', fail).off('exit', end);
    };
    worker.on('message', settle).on('error', fail).on('exit', end);
  });
}
