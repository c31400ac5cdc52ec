import { SESv2Client } from '@aws-sdk/client-sesv2';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createHandler, type SyncEvent } from '../../functions/sync-ses-list/handler.ts';
import type { SyncDependencies } from '../../functions/sync-ses-list/sync-dependencies.ts';
import type { QueuedTask } from '../../functions/sync-ses-list/tasks.ts';
import type { AwsSettings } from '../../lib/aws/aws-settings.ts';
import type { ObjectWriter } from '../../lib/aws/object-writer.ts';
import { createS3Writer } from '../../lib/aws/service-clients.ts';
import { type AddressStatus, NO_STATUS } from '../../lib/policy/address-status.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createPacedCaller } from '../../lib/ses/paced-caller.ts';
import { createRemovalJobs } from '../../lib/ses/removal-jobs.ts';
import { createSuppressionList } from '../../lib/ses/suppression-list.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { writeStatusItem } from '../../lib/store/items/status-item.ts';
import { createMemorySesListStore } from '../../lib/store/memory-ses-list-store.ts';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';
import { type SesStub, startSesStub } from '../../local/ses-stub.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { type Api, createRegisteredApi } from './api-harness.ts';

export const REGION = 'eu-central-1';
const RECEIVED_AT_MOST = 5;
/** For how long SQS drops a message whose deduplication id it knows. */
const SAME_FOR_MS = 5 * 60_000;

/** What happens to one step of the work, `at` counting from 0: the process ends before it, or right after it. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The process has ended; what was under way is told again later. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
  /** Nothing within the process tries again what ended it. */
  readonly $metadata = { httpStatusCode: 400 };
}

interface WaitingMessage extends QueuedTask {
  readonly sentAt: number;
  received: number;
}

export interface WorldOptions {
  readonly regions?: readonly string[];
  /** Stands in for the pages of 1,000 that SES gives. */
  readonly entriesPerPage?: number;
  /** Whether SES takes jobs in the first of the Regions. */
  readonly jobs?: boolean;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** The API, record-bounces and sync-ses-list over one twin, with SES's stub behind them, and time in hand. */
export async function openWorld({ regions = [REGION], entriesPerPage, jobs = true }: WorldOptions = {}) {
  const api = await createRegisteredApi({ asksSes: true });
  const stub = await startSesStub();
  const sesList = createMemorySesListStore();
  const telemetry = createWatchedTelemetry();
  const queue: WaitingMessage[] = [];
  const queuedAt = new Map<string, number>();
  const deadLetters: QueuedTask[] = [];
  const seen = new Map<string, AddressStatus>();
  const steps = { done: 0, crash: null as Crash | null, hasEnded: false, jobsAt: [] as number[] };

  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const { crash } = steps;
    const at = steps.done++;
    if (crash?.at === at && crash.when === 'before') steps.hasEnded = true;
    if (steps.hasEnded) throw new CrashError();
    const result = await work();
    if (crash?.at === at && crash.when === 'after') steps.hasEnded = true;
    if (steps.hasEnded) throw new CrashError();
    return result;
  };
  const writer = openWriter(stub);
  const objects: ObjectWriter = {
    ...writer,
    put(object, options) {
      steps.jobsAt.push(steps.done);
      return step(() => writer.put(object, options));
    },
  };
  const handler = createHandler({
    ...inSteps({ addresses: api.twin, operator: api.twin, sesList }, step),
    lists: regions.map((region, index) =>
      listIn(region, { stub, api, step, entriesPerPage, objects: jobs && index === 0 ? objects : null }),
    ),
    queue: {
      send: (tasks) =>
        step(async () => {
          for (const one of tasks) {
            if (api.time.now - (queuedAt.get(one.id) ?? -Infinity) >= SAME_FOR_MS) {
              queuedAt.set(one.id, api.time.now);
              queue.push({ ...one, sentAt: api.time.now, received: 0 });
            }
          }
        }),
    },
    policy: loadPolicy(),
    clock: () => api.time.now,
    telemetry,
  });
  const invoke = (event: SyncEvent) => {
    steps.hasEnded = false;
    return handler(event, { getRemainingTimeInMillis: () => 60_000 });
  };

  /** Tells the function how status items changed since the last time, until it has taken it. */
  async function stream(addresses: readonly string[]): Promise<void> {
    const hashes = addresses.map(addressHash);
    const now = await api.twin.readStatuses(hashes, api.time.now);
    const changed = hashes.filter((hash) => now.get(hash)?.version !== seen.get(hash)?.version);
    if (changed.length === 0) return;
    const Records = changed.map((hash) => ({
      eventSource: 'aws:dynamodb' as const,
      dynamodb: { OldImage: imageOf(hash, seen.get(hash)), NewImage: imageOf(hash, now.get(hash)) },
    }));
    await untilDone(() => invoke({ Records }));
    for (const hash of changed) seen.set(hash, now.get(hash) ?? NO_STATUS);
  }

  /** Hands out the messages one after the other until none is left; what is returned comes again, five times. */
  async function workOff({ twice = false, atMost = Number.POSITIVE_INFINITY } = {}): Promise<void> {
    for (
      let message = queue[0], left = atMost;
      message !== undefined && left > 0;
      message = queue[0], left--
    ) {
      message.received++;
      api.time.now += 1;
      const isDone = (await isHandled(message)) && (!twice || (await isHandled(message)));
      if (!isDone && message.received < RECEIVED_AT_MOST) continue;
      if (!isDone) deadLetters.push(message);
      queue.splice(queue.indexOf(message), 1);
    }
  }

  async function isHandled({ task, sentAt }: WaitingMessage): Promise<boolean> {
    const body = JSON.stringify(task);
    const attributes = { SentTimestamp: String(sentAt) };
    const Records = [{ eventSource: 'aws:sqs' as const, messageId: '1', body, attributes }];
    try {
      const { batchItemFailures } = await invoke({ Records });
      return batchItemFailures.length === 0;
    } catch (error) {
      if (error instanceof CrashError) return false;
      throw error;
    }
  }

  return {
    api,
    stub,
    sesList,
    telemetry,
    queue,
    deadLetters,
    steps,
    invoke,
    stream,
    workOff,
    /** Puts a task into the queue, as a schedule or the shell does. */
    send: (task: QueuedTask['task']) =>
      void queue.push({
        task,
        id: `sent ${api.time.now} ${queue.length}`,
        sentAt: api.time.now,
        received: 0,
      }),
    /** SES lists the address, spelled so. */
    list(
      address: string,
      { reason = 'BOUNCE', region = REGION, tenant = null, listedAt = api.time.now }: Listed = {},
    ) {
      stub.lists.put({ region, tenant }, { address, reason, listedAt });
    },
    listed: (region = REGION, tenant: string | null = null) =>
      stub.lists.all({ region, tenant }).map(({ address }) => address),
    async layer(address: string): Promise<string> {
      return (await api.look(address)).body.layers.sesAccountList;
    },
    async pending(): Promise<number> {
      return (await sesList.listPending({ limit: 1_000, after: null, deadlineAt: api.time.now })).items
        .length;
    },
    close: () => stub.stop(),
  };
}

interface Listed {
  readonly reason?: 'BOUNCE' | 'COMPLAINT';
  readonly region?: string;
  readonly tenant?: string | null;
  readonly listedAt?: number;
}

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof CrashError) || attempt > 3) throw error;
    }
  }
}

function imageOf(hash: string, status: AddressStatus | undefined) {
  if (status === undefined) return undefined;
  const item = { addressHash: hash, scope: 'status', v: status.version, ...writeStatusItem(status) };
  return marshall(item, { removeUndefinedValues: true });
}

type Stores = Pick<SyncDependencies, 'addresses' | 'operator' | 'sesList'>;
type Step = <T>(work: () => Promise<T>) => Promise<T>;

/** Every call of a store is a step. */
function inSteps(stores: Stores, step: Step): Stores {
  const stepping = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => step(() => method.apply(target, args));
      },
    });
  return {
    addresses: stepping(stores.addresses),
    operator: stepping(stores.operator),
    sesList: stepping(stores.sesList),
  };
}

/** The real writer of objects. */
function openWriter({ endpoint }: SesStub): ObjectWriter {
  const endpoints = { s3: endpoint } as AwsSettings['endpoints'];
  return createS3Writer({ region: REGION, credentials: LOCAL_CREDENTIALS, endpoints }, 'removals-bucket');
}

interface ListOptions {
  readonly stub: SesStub;
  readonly api: Api;
  readonly step: Step;
  readonly entriesPerPage: number | undefined;
  readonly objects: ObjectWriter | null;
}

/** The real client of SES, which waits in the time at hand. */
function listIn(region: string, { stub, api, step, entriesPerPage, objects }: ListOptions) {
  const sdk = new SESv2Client({
    endpoint: stub.endpoint,
    region,
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  const send = (command: { input: { PageSize?: number } }, options: object) => {
    if (command.input.PageSize !== undefined && entriesPerPage !== undefined)
      command.input.PageSize = entriesPerPage;
    return step(() => sdk.send(command as never, options));
  };
  const call = createPacedCaller({
    clock: () => api.time.now,
    sleep: async (durationInMs) => {
      api.time.now += durationInMs;
    },
    random: () => 0,
  });
  const ses = { region, client: { send } as never, call };
  return createSuppressionList({
    ...ses,
    jobs: objects && createRemovalJobs({ ...ses, objects, clock: () => api.time.now }),
  });
}
