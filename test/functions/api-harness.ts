import { expect } from '@jest/globals';
import { type ApiFunctionName, ROUTES } from '../../infra/routes.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { contractFaults } from '../contract/contract-faults.ts';
import { apiEvent } from '../http/events.ts';
import { createWatchedTelemetry } from '../support/watched-telemetry.ts';
import { createRecorder } from './record-harness.ts';
import { type ApiOptions, createRooms, type Stores } from './rooms.ts';
import { createTwin } from './twin.ts';

export type { ApiOptions, Stores } from './rooms.ts';

export const ACCOUNT = 'acme';
/** Noon of a day in the middle of a month. */
export const NOW: Instant = Date.parse('2026-11-23T12:00:00Z');

export const PUT_ACCOUNT = 'PUT /v1/accounts/{account}';
export const GET_ACCOUNT = 'GET /v1/accounts/{account}';
export const FILTER = 'POST /v1/accounts/{account}/recipients/filter';
export const LIST = 'GET /v1/accounts/{account}/suppressions';
export const SUPPRESSION = 'GET /v1/accounts/{account}/suppressions/{address}';
export const IMPORT = 'POST /v1/accounts/{account}/suppressions/import';
export const UNBOUNCE = 'POST /v1/accounts/{account}/suppressions/{address}/unbounce';
export const GLOBAL_BOUNCE = 'GET /v1/global-bounces/{address}';
export const RELEASE = 'POST /v1/global-bounces/{address}/release';
export const CORRECT = 'POST /v1/accounts/{account}/corrections';
export const CORRECTIONS = 'GET /v1/accounts/{account}/corrections';
export const ERASE = 'DELETE /v1/addresses/{address}';
export const QUOTA = 'GET /v1/accounts/{account}/unbounce-quota';
export const UNBOUNCES = 'GET /v1/accounts/{account}/unbounces';

export interface Call {
  readonly account?: string;
  readonly address?: string;
  readonly campaign?: string;
  readonly query?: unknown;
  readonly headers?: unknown;
  /** JSON, or text that is sent as it is. */
  readonly body?: unknown;
  /** A signed call without it; null for nobody. */
  readonly authorizer?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What the text says as JSON; undefined where the answer is none. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer holds what the test says it holds.
  readonly body: any;
}

export type Api = ReturnType<typeof createApi>;

/** The rooms of the API over the in-memory twin, and what a test asks them. */
export function createApi(options: ApiOptions = {}) {
  const twin = createTwin();
  const store: Stores = { ...twin, ...options.double?.(twin) };
  const time = { now: options.now ?? NOW };
  const telemetry = createWatchedTelemetry();
  const rooms = createRooms(store, { ...options, telemetry, clock: () => time.now });

  async function send(room: ApiFunctionName, event: unknown): Promise<Reply> {
    const { remainingInMs = 29_000 } = options;
    const result = await rooms[room](event, { getRemainingTimeInMillis: () => remainingInMs });
    const { statusCode = 0, headers = {}, body = '' } = result;
    expect(contractFaults(event, { status: statusCode, headers, text: body })).toEqual([]);
    const isJson = /[/+]json$/.test(String(headers['content-type']));
    return { status: statusCode, headers, text: body, body: isJson ? JSON.parse(body) : undefined };
  }

  async function call(routeKey: string, { account = ACCOUNT, address, campaign, ...request }: Call = {}) {
    const { query, headers, body, authorizer } = request;
    const event = apiEvent({
      routeKey,
      pathParameters: {
        ...(routeKey.includes('{account}') && { account }),
        ...(address !== undefined && { address }),
        ...(campaign !== undefined && { campaign }),
      },
      queryStringParameters: query,
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(authorizer !== undefined && { authorizer }),
    });
    return await send(functionOf(routeKey), event);
  }

  return {
    twin,
    time,
    telemetry,
    send,
    call,
    /** Notifications as SES publishes them, recorded at the present time. */
    async record(...notifications: readonly unknown[]): Promise<void> {
      const recorder = createRecorder({ store: twin, now: time.now, asksSes: options.asksSes ?? false });
      expect(await recorder.record(...notifications)).toEqual([]);
      expect(recorder.parked).toEqual([]);
    },
    register: (body: unknown = { sendingIdentities: ['acme.example'] }, account = ACCOUNT) =>
      call(PUT_ACCOUNT, { account, body }),
    filter: (recipients: unknown, more: Call & { readonly campaign?: unknown } = {}) =>
      call(FILTER, { body: { recipients, campaign: more.campaign }, ...more }),
    importRows: (rows: unknown, more: { readonly dryRun?: boolean; readonly account?: string } = {}) =>
      call(IMPORT, { ...more, body: { rows, dryRun: more.dryRun } }),
    look: (address: string, more: Call = {}) => call(SUPPRESSION, { address, ...more }),
    unbounce: (address: string, more: Call = {}) =>
      call(UNBOUNCE, { address, body: { confirmedValid: true }, ...more }),
    quota: (account = ACCOUNT) => call(QUOTA, { account }),
  };
}

/** An API whose account has a verified sending identity. */
export async function createRegisteredApi(options: ApiOptions = {}): Promise<Api> {
  const api = createApi(options);
  expect(await api.register()).toMatchObject({ status: 200 });
  return api;
}

export function functionOf(routeKey: string): ApiFunctionName {
  const route = ROUTES.find(({ method, path }) => `${method} ${path}` === routeKey);
  if (route === undefined) throw new Error(`No route ${routeKey}.`);
  return route.function;
}

export interface ExpectedProblem {
  readonly status: number;
  readonly code: string;
  /** The rules of the refusals, in order; none where the problem is no refusal. */
  readonly rules?: readonly string[];
}

/** Everything that RFC 9457 and the design promise of a problem document. */
export function expectProblem(reply: Reply, { status, code, rules }: ExpectedProblem): void {
  expect(reply).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: {
      type: `urn:rebound:problem:${code}`,
      title: expect.stringMatching(/^\S.*[^.]$/),
      status,
      detail: expect.stringMatching(SENTENCES),
      code,
    },
  });
  expect(reply.text).not.toMatch(TRACE);
  expect(reply.body.rule).toBe(rules?.[0]);
  expect(reply.body.refusals?.map(({ rule }: { rule: string }) => rule)).toEqual(rules);
  for (const refusal of reply.body.refusals ?? []) {
    expect(refusal).toMatchObject({
      code: expect.stringMatching(/^[a-z_]+$/),
      message: expect.stringMatching(SENTENCES),
    });
  }
}

const SENTENCES = /^[A-Z]\S*( .+)?\.$/;
const TRACE = /\.[jt]s:\d|node:|\bat \S+ \(|TypeError|RangeError/;
