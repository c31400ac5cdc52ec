import { ROUTES } from '../../infra/routes.ts';
import { NO_REPUTATION } from '../../lib/ses/reputation.ts';
import { createMemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';
import { toGatewayEvent } from '../../local/gateway-event.ts';
import { decodePath, matchRoute } from '../../local/route.ts';
import { contractFaults } from '../contract/contract-faults.ts';
import { createRecorder } from '../functions/record-harness.ts';
import { createRooms } from '../functions/rooms.ts';
import { createTwin } from '../functions/twin.ts';
import { bounce, failed } from '../ses/build.ts';
import { readableAddressesIn } from '../support/readable-addresses.ts';
import { createChance } from './chance.ts';
import { wildNotification } from './wild-notifications.ts';
import { type WildRequest, wildRequest } from './wild-requests.ts';
import { ADDRESSES } from './wild-values.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** Said now and then. */
  readonly onProgress?: (done: number) => void;
}

/** What came of it. */
export interface FuzzResult {
  /** How often each answer came: the status of a request, the fate of a notification. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** The first few things that should not have happened, each with what it takes to see it again. */
  readonly faults: readonly string[];
  readonly slowestInMs: number;
}

/** Requests and messages that share a store, before the next ones get a new one. */
const PER_STORE = 500;
const MOST_FAULTS = 20;
/** Nothing that fits into a request takes longer, on a slow machine too. */
const MOST_TIME_IN_MS = 5_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const LAMBDA = { getRemainingTimeInMillis: () => 29_000 };
const LOCAL_ROUTES = ROUTES.map((route) => ({
  key: `${route.method} ${route.path}`,
  functionArn: route.function,
}));

/** Sends random requests through the gateway's reading and the rooms, over the twin. */
export async function fuzzRequests({ seed, count, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const results = createResults();
  for (let from = 0; from < count; from += PER_STORE) {
    const chance = createChance(seed + from);
    const api = await openApi();
    for (let index = 0; index < Math.min(PER_STORE, count - from); index++) {
      const request = wildRequest(chance);
      const where = `seed ${seed + from}, request ${index}: ${describe(request)}`;
      await results.measure(where, async () => {
        const { outcome, faults } = await api.send(request);
        results.count(outcome);
        for (const fault of [...faults, ...api.toldFaults()]) results.fault(`${where}\n  ${fault}`);
      });
    }
    onProgress?.(Math.min(count, from + PER_STORE));
  }
  return results.done();
}

/** Hands random messages to record-bounces, over the twin. */
export async function fuzzNotifications({ seed, count, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const results = createResults();
  for (let from = 0; from < count; from += PER_STORE) {
    const chance = createChance(seed + from);
    const recorder = createRecorder({ now: NOW, store: createTwin() });
    for (let index = 0; index < Math.min(PER_STORE, count - from); index++) {
      const body = wildNotification(chance);
      const where = `seed ${seed + from}, notification ${index}: ${body.slice(0, 300)}`;
      await results.measure(where, async () => {
        const before = recorder.parked.length;
        const returned = await recorder.record(body);
        const reason = recorder.parked[before]?.reason ?? 'recorded';
        results.count(returned.length === 0 ? reason : 'returned');
        if (returned.length > 0)
          results.fault(`${where}\n  it was returned: ${lastEvent(recorder.telemetry)}`);
        const told = recorder.telemetry.events.slice(-1).flatMap(readableAddressesIn);
        if (told.length > 0) results.fault(`${where}\n  the log names ${told}`);
      });
    }
    onProgress?.(Math.min(count, from + PER_STORE));
  }
  return results.done();
}

async function openApi() {
  const twin = createTwin();
  const telemetry = createMemoryTelemetry();
  const rooms = createRooms(twin, { telemetry, clock: () => NOW, reputation: NO_REPUTATION });
  let told = 0;
  async function send(request: WildRequest): Promise<{ outcome: string; faults: readonly string[] }> {
    const path = decodePath(request.rawPath);
    const match = path === null ? null : matchRoute(LOCAL_ROUTES, request.method, path);
    if (path === null || match === null) return { outcome: 'refused by the gateway', faults: [] };
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value]]),
    );
    const sent = { ...request, headers, sourceIp: '127.0.0.1', protocol: 'HTTP/1.1' };
    const event = toGatewayEvent(sent, { path, match, requestId: 'request-1', receivedAt: NOW });
    const { authorizer } = request;
    const as = { ...event, requestContext: { ...(event['requestContext'] as object), authorizer } };
    const result = await rooms[match.route.functionArn as keyof typeof rooms](as, LAMBDA);
    const { statusCode: status = 0, headers: answered = {}, body: text = '' } = result;
    const faults = contractFaults(as, { status, headers: answered, text });
    return {
      outcome: `${match.route.key} ${status}`,
      faults: status >= 500 ? [...faults, `it answered ${status}: ${lastEvent(telemetry)}`] : faults,
    };
  }
  for (const account of ['acme', 'other']) {
    await send({
      method: 'PUT',
      rawPath: `/v1/accounts/${account}`,
      rawQuery: '',
      headers: {},
      body: Buffer.from(JSON.stringify({ contacts: 900, sendingIdentities: [`${account}.example`] })),
      authorizer: { iam: { userArn: 'arn:x' } },
    });
  }
  const reports = ADDRESSES.map((address) => bounceOf(address));
  await createRecorder({ now: NOW, store: twin }).record(...reports);
  return {
    send,
    /** What the log should not have said since the last time. */
    toldFaults(): string[] {
      const news = telemetry.events.slice(told);
      told = telemetry.events.length;
      return news.flatMap(readableAddressesIn).map((address) => `the log names ${address}`);
    },
  };
}

/** Refused by a rule of the receiver, so that an unbounce may lift it. */
function bounceOf(address: string) {
  const words = { status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 refused by policy' };
  const timestamp = '2026-11-20T10:00:00.000Z';
  return bounce(
    { feedbackId: `about ${address}`, bouncedRecipients: [failed(address, words)], timestamp },
    { timestamp, destination: [address], tags: { account: ['acme'], campaign: ['spring'] } },
  );
}

function createResults() {
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let slowestInMs = 0;
  const fault = (what: string) => void (faults.length < MOST_FAULTS && faults.push(what));
  return {
    fault,
    count: (outcome: string) => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1),
    async measure(where: string, work: () => Promise<void>): Promise<void> {
      const startedAt = performance.now();
      try {
        await work();
      } catch (error) {
        fault(`${where}\n  it threw ${error instanceof Error ? error.stack : String(error)}`);
      }
      const tookInMs = performance.now() - startedAt;
      slowestInMs = Math.max(slowestInMs, tookInMs);
      if (tookInMs > MOST_TIME_IN_MS) fault(`${where}\n  it took ${tookInMs.toFixed(0)} ms`);
      if (Object.keys(Object.prototype).length + Object.keys(Array.prototype).length > 0) {
        throw new Error(`${where}\n  it changed what every object inherits`);
      }
    },
    done: (): FuzzResult => ({ outcomes, faults, slowestInMs }),
  };
}

function lastEvent({ events }: { readonly events: readonly unknown[] }): string {
  return JSON.stringify(events.at(-1))?.slice(0, 600) ?? 'nothing was logged';
}

function describe({ method, rawPath, rawQuery, body }: WildRequest): string {
  return `${method} ${rawPath.slice(0, 200)}?${rawQuery.slice(0, 200)} ${body.subarray(0, 300).toString('latin1')}`;
}
