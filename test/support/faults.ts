import {
  type AttributeValue,
  type DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  type ServiceInputTypes,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { seededRandom } from './random.ts';

/**
 * What can happen to one call. `lost_response` happens after the service has done the work;
 * `half_unprocessed` leaves the second half of a BatchGetItem's keys unread.
 */
export type Fault =
  | 'throttled'
  | 'over_capacity'
  | 'server_error'
  | 'conflict'
  | 'lost_request'
  | 'lost_response'
  | 'half_unprocessed';

export type CommandName =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'TransactGetItems'
  | 'TransactWriteItems'
  | 'UpdateItem';

export interface Faults {
  /** How many calls of the command were made, those that met a fault included. */
  calls(command: CommandName): number;
  /** How many calls of the command were under way at the same time, at most. */
  mostAtOnce(command: CommandName): number;
  /** How many keys each BatchGetItem asked for. */
  readonly keysAsked: readonly number[];
  /** The next calls of the command meet these, one each; `null` lets a call through. */
  next(command: CommandName, ...faults: readonly (Fault | null)[]): void;
  /** From now on every call of the command meets one of these with a probability, picked by the seed. */
  sometimes(command: CommandName, storm: Storm): void;
  /** Runs once the service has answered the next call of the command, before the answer is passed on. */
  meanwhile(command: CommandName, act: () => Promise<unknown>): void;
}

export interface Storm {
  readonly probability: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

type Send = (input: ServiceInputTypes) => Promise<{ output: object }>;

/** Injects faults into a client, at the place where a caller's command enters it. */
export function injectFaults(client: DynamoDBClient): Faults {
  const calls = new Map<string, { all: number; now: number; mostAtOnce: number }>();
  const keysAsked: number[] = [];
  const queues = new Map<string, (Fault | null)[]>();
  const storms = new Map<string, () => Fault | null>();
  const acts = new Map<string, () => Promise<unknown>>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const command = commandName.replace(/Command$/, '');
        const count = calls.get(command) ?? { all: 0, now: 0, mostAtOnce: 0 };
        calls.set(command, count);
        count.all++;
        count.mostAtOnce = Math.max(count.mostAtOnce, ++count.now);
        if (command === 'BatchGetItem') {
          keysAsked.push(keysOf(args.input).asked.Keys.length);
        }
        const fault = queues.get(command)?.shift() ?? storms.get(command)?.() ?? null;
        const send: Send = async (input) => (await next({ ...args, input })) as { output: object };
        const answer = await sendInto(fault, send, args.input).finally(() => count.now--);
        const act = acts.get(command);
        acts.delete(command);
        await act?.();
        return answer as Awaited<ReturnType<typeof next>>;
      },
    { step: 'initialize', name: 'injectFaults' },
  );
  return {
    calls: (command) => calls.get(command)?.all ?? 0,
    mostAtOnce: (command) => calls.get(command)?.mostAtOnce ?? 0,
    keysAsked,
    next: (command, ...faults) => queues.set(command, [...(queues.get(command) ?? []), ...faults]),
    sometimes: (command, storm) => storms.set(command, stormOf(storm)),
    meanwhile: (command, act) => acts.set(command, act),
  };
}

function stormOf({ probability, seed, faults }: Storm): () => Fault | null {
  const random = seededRandom(seed);
  return () => (random() < probability ? (faults[Math.floor(random() * faults.length)] ?? null) : null);
}

async function sendInto(fault: Fault | null, send: Send, input: ServiceInputTypes) {
  const details = { message: 'Injected.', $metadata: { httpStatusCode: 400 } };
  switch (fault) {
    case null:
      return await send(input);
    case 'throttled':
      throw new ThrottlingException(details);
    case 'over_capacity':
      throw new ProvisionedThroughputExceededException(details);
    case 'server_error':
      throw new InternalServerError({ ...details, $metadata: { httpStatusCode: 500 } });
    case 'conflict':
      throw new TransactionCanceledException({
        ...details,
        CancellationReasons: [{ Code: 'TransactionConflict', Message: 'Injected.' }, { Code: 'None' }],
      });
    case 'lost_request':
      throw timeout();
    case 'lost_response':
      await send(input);
      throw timeout();
    case 'half_unprocessed':
      return await sendHalf(send, input);
  }
}

function timeout(): Error {
  return Object.assign(new Error('Injected: no answer in time.'), { name: 'TimeoutError' });
}

interface BatchInput {
  readonly RequestItems: Record<string, { readonly Keys: Record<string, AttributeValue>[] }>;
}

/** A store asks one table at a time. */
function keysOf(input: ServiceInputTypes) {
  const [[table, asked] = ['', { Keys: [] }]] = Object.entries((input as BatchInput).RequestItems);
  return { table, asked };
}

async function sendHalf(send: Send, input: ServiceInputTypes) {
  const { table, asked } = keysOf(input);
  const half = Math.ceil(asked.Keys.length / 2);
  const answer = await send({ RequestItems: { [table]: { ...asked, Keys: asked.Keys.slice(0, half) } } });
  const left = asked.Keys.slice(half);
  const UnprocessedKeys = left.length === 0 ? {} : { [table]: { ...asked, Keys: left } };
  return { ...answer, output: { ...answer.output, UnprocessedKeys } };
}
