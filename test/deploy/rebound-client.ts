import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Call, Credentials } from './signed-call.ts';

const POLL_EVERY_MS = 500;
const POLL_FOR_MS = 60_000;

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the steps check.
type Json = any;

export interface JsonAnswer {
  readonly status: number;
  readonly body: Json;
}

/** Rebound's API as one caller sees it from outside. */
export interface ReboundClient {
  request(method: Call['method'], path: string, body?: unknown): Promise<JsonAnswer>;
  filter(...recipients: string[]): Promise<Json>;
  suppression(address: string): Promise<Json>;
  unbounce(address: string): Promise<JsonAnswer>;
  erase(address: string): Promise<JsonAnswer>;
  /** Asks until the filter refuses the address, for a minute. */
  untilRefused(address: string): Promise<Json>;
  /** Asks until the filter lets the address pass, for a minute. */
  untilSent(address: string): Promise<void>;
}

export interface ReboundClientOptions {
  readonly apiUrl: string;
  readonly account: string;
  readonly call: (call: Call) => Promise<Answer>;
  readonly credentials?: Credentials;
}

export function createReboundClient({
  apiUrl,
  account,
  call,
  credentials,
}: ReboundClientOptions): ReboundClient {
  async function send(method: Call['method'], path: string, body?: unknown): Promise<JsonAnswer> {
    const answer = await call({
      method,
      url: `${apiUrl}/v1${path}`,
      service: 'execute-api',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(credentials && { credentials }),
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  }

  async function request(method: Call['method'], path: string, body?: unknown): Promise<JsonAnswer> {
    return await send(method, `/accounts/${account}${path}`, body);
  }

  async function filter(...recipients: string[]): Promise<Json> {
    return succeeded(await request('POST', '/recipients/filter', { recipients }));
  }

  async function untilFiltered(address: string, isReached: (given: Json) => boolean): Promise<Json> {
    const giveUpAt = Date.now() + POLL_FOR_MS;
    let given = await filter(address);
    while (!isReached(given)) {
      if (Date.now() > giveUpAt) {
        throw new Error(`After ${POLL_FOR_MS / 1000} s the filter still answered ${JSON.stringify(given)}`);
      }
      await delay(POLL_EVERY_MS);
      given = await filter(address);
    }
    return given;
  }

  return {
    request,
    filter,
    suppression: async (address) => succeeded(await request('GET', `/suppressions/${inPath(address)}`)),
    unbounce: (address) =>
      request('POST', `/suppressions/${inPath(address)}/unbounce`, { confirmedValid: true }),
    erase: (address) => send('DELETE', `/addresses/${inPath(address)}`),
    async untilRefused(address) {
      const { notSent } = await untilFiltered(address, (given) => given.notSent.length > 0);
      return notSent[0];
    },
    async untilSent(address) {
      await untilFiltered(address, ({ send }) => send.length > 0);
    },
  };
}

function succeeded({ status, body }: JsonAnswer): Json {
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

function inPath(address: string): string {
  return `~${Buffer.from(address).toString('base64url')}`;
}
