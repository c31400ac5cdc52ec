import { createRequire } from 'node:module';
import { medianOf } from '../bench.ts';
import { filterEvent, recipientsOf, recordEvent } from './events.ts';
import type { FunctionJob, FunctionResult, Spent } from './job.ts';

type Handler = (event: object, context: object) => Promise<object>;

/** Does what Lambda does with a bundle: loads it, then sends it one event after the other. */
export async function measureFunction(job: FunctionJob): Promise<FunctionResult> {
  const begun = beginSpending();
  const { handler } = createRequire(job.bundle)(job.bundle) as { handler: Handler };
  const load = begun();
  let calls = 0;
  const call = async () => {
    const event = eventOf(job, calls++);
    const spend = beginSpending();
    const answer = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
    const spent = spend();
    checkAnswer(job, answer);
    return spent;
  };

  const first = await call();
  const upToFirst = { cpuInMs: cpuInMs(process.cpuUsage()), wallInMs: performance.now() };
  for (let warmUp = 0; warmUp < job.warmUps; warmUp++) await call();
  const spent: Spent[] = [];
  for (let repetition = 0; repetition < job.calls; repetition++) spent.push(await call());
  return {
    load,
    first,
    warm: {
      cpuInMs: medianOf(spent.map(({ cpuInMs }) => cpuInMs)),
      wallInMs: medianOf(spent.map(({ wallInMs }) => wallInMs)),
    },
    upToFirst,
    peakMemoryInMib: process.resourceUsage().maxRSS / 1024,
  };
}

function eventOf({ kind, recipients }: FunctionJob, call: number): object {
  return kind === 'filter'
    ? filterEvent(recipientsOf(recipients, 'list'))
    : recordEvent(recipientsOf(recipients, `call${call}`));
}

/** A function that fails fast must not look fast. */
function checkAnswer({ kind, recipients }: FunctionJob, answer: object): void {
  if (kind === 'record') {
    const { batchItemFailures } = answer as { batchItemFailures: unknown[] };
    if (batchItemFailures.length > 0) throw new Error('Messages were returned.');
    return;
  }
  const { statusCode, body } = answer as { statusCode: number; body: string };
  const { send, notSent } = JSON.parse(body) as { send?: unknown[]; notSent?: unknown[] };
  if (statusCode !== 200 || (send?.length ?? 0) + (notSent?.length ?? 0) !== recipients || !notSent?.length) {
    throw new Error(`The filter answered ${statusCode}: ${body.slice(0, 300)}`);
  }
}

function beginSpending(): () => Spent {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  return () => ({ wallInMs: performance.now() - startedAt, cpuInMs: cpuInMs(process.cpuUsage(cpu)) });
}

function cpuInMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
