import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerToJob, createStubObjects, type StubObjects } from './ses-stub-jobs.ts';
import { createStubLists, type StubEntry, type StubListName, type StubLists } from './ses-stub-lists.ts';
import { metricData } from './ses-stub-metrics.ts';

/** What happens to a request: `lost_request` never reaches SES, `lost_response` has done its work, `refused` is for good. */
export type StubFault = 'throttled' | 'server_error' | 'refused' | 'lost_request' | 'lost_response';

/** A stub of Amazon SES v2 on this machine: suppression lists, identities that are all verified, SES's rates in CloudWatch, and what S3 holds for jobs. */
export interface SesStub {
  readonly endpoint: string;
  readonly lists: StubLists;
  readonly objects: StubObjects;
  /** Method and path of every request about suppression lists, each with its Region: `us-east-1 GET /v2/...`. */
  readonly requests: readonly string[];
  /** What happens to the next requests about suppression lists, one each; `null` lets one through. */
  next(...faults: readonly (StubFault | null)[]): void;
  stop(): Promise<void>;
}

export interface SesStubOptions {
  /** More requests in one second and Region are throttled; without it none are. */
  readonly requestsPerSecond?: number;
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly region: string;
  /** The operation that a call of JSON RPC names. */
  readonly target: string;
}
interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly body: object;
}

const ADDRESSES = '/v2/email/suppression/addresses';
const JOBS = '/v2/email/import-jobs';
const IDENTITIES = '/v2/email/identities/';
const MOST_PER_PAGE = 1_000;

/** Opens the stub on 127.0.0.1. Source of paths, members and errors: Amazon SES API v2 Reference. */
export async function startSesStub({ requestsPerSecond }: SesStubOptions = {}): Promise<SesStub> {
  const lists = createStubLists();
  const objects = createStubObjects();
  const requests: string[] = [];
  const faults: (StubFault | null)[] = [];
  const isTooFast = createThrottle(requestsPerSecond);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    const isOfLists = [ADDRESSES, JOBS].some((path) => call.url.pathname.startsWith(path));
    const fault = isOfLists ? (faults.shift() ?? null) : null;
    if (isOfLists) requests.push(`${call.region} ${call.method} ${call.url.pathname}`);
    if (fault === 'lost_request') return void request.socket.destroy();
    if (fault === 'server_error') return send(response, refusal(500, 'InternalServiceErrorException'));
    if (fault === 'throttled' || (isOfLists && isTooFast(call.region))) {
      return send(response, refusal(429, 'TooManyRequestsException', 'Too many requests'));
    }
    if (fault === 'refused') return send(response, refusal(400, 'BadRequestException', 'Sandbox'));
    const answer = answerTo(call, lists, objects);
    if (fault === 'lost_response') return void request.socket.destroy();
    send(response, answer);
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lists,
    objects,
    requests,
    next: (...next) => void faults.push(...next),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const { method = 'GET', url = '/', headers } = request;
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'us-east-1';
  const target = String(headers['x-amz-target'] ?? '');
  return { method, url: new URL(url, 'http://stub'), body: await text(request), region, target };
}

function answerTo(
  { method, url, body, region, target }: Call,
  lists: StubLists,
  objects: StubObjects,
): Answer {
  const { pathname: path, searchParams: query } = url;
  if (target.endsWith('.GetMetricData')) return { status: 200, body: metricData(body) };
  if (method === 'GET' && path.startsWith(IDENTITIES)) {
    return { status: 200, body: { VerifiedForSendingStatus: true, IdentityType: 'DOMAIN' } };
  }
  if (method === 'PUT' && !path.startsWith('/v2/')) {
    objects.put(decodeURIComponent(path), body);
    return { status: 200, body: {} };
  }
  if (method === 'POST' && path === JOBS) return answerToJob(body, { region, lists, objects });
  const list = { region, tenant: query.get('TenantName') };
  if (path === ADDRESSES) {
    if (method === 'GET') return listEntries(lists.all(list), query);
    if (method === 'PUT') return putEntry(lists, list, body);
  } else if (path.startsWith(`${ADDRESSES}/`)) {
    const address = decodeURIComponent(path.slice(ADDRESSES.length + 1));
    if (!address.includes('@')) return refusal(400, 'BadRequestException', 'Invalid email address.');
    if (method === 'GET') return showEntry(lists.find(list, address), list);
    if (method === 'DELETE') {
      return lists.remove(list, address) ? { status: 200, body: {} } : notListed(address);
    }
  }
  return refusal(404, 'UnknownOperationException');
}

function listEntries(entries: readonly StubEntry[], query: URLSearchParams): Answer {
  const size = Number(query.get('PageSize') ?? MOST_PER_PAGE);
  const reasons = query.getAll('Reason');
  const after = readToken(query.get('NextToken'));
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE) {
    return refusal(400, 'BadRequestException', 'Invalid page size.');
  }
  if (after === null) return refusal(400, 'InvalidNextTokenException', 'The token is invalid or expired.');
  const rest = entries.filter(
    ({ address, reason }) => address > after && (reasons.length === 0 || reasons.includes(reason)),
  );
  const page = rest.slice(0, size);
  return {
    status: 200,
    body: {
      SuppressedDestinationSummaries: page.map(shown),
      ...(rest.length > size && { NextToken: writeToken(page.at(-1)?.address ?? '') }),
    },
  };
}

function putEntry(lists: StubLists, list: StubListName, body: string): Answer {
  const { EmailAddress = '', Reason, TenantName = list.tenant } = JSON.parse(body || '{}');
  if (!EmailAddress.includes('@') || !['BOUNCE', 'COMPLAINT'].includes(Reason)) {
    return refusal(400, 'BadRequestException', 'Invalid email address or reason.');
  }
  lists.put({ ...list, tenant: TenantName }, { address: EmailAddress, reason: Reason, listedAt: Date.now() });
  return { status: 200, body: {} };
}

function showEntry(entry: StubEntry | undefined, { tenant }: StubListName): Answer {
  if (entry === undefined) return notListed();
  const SuppressedDestination = { ...shown(entry), ...(tenant !== null && { TenantName: tenant }) };
  return { status: 200, body: { SuppressedDestination } };
}

/** Times are seconds since the epoch, with fractions. */
function shown({ address, reason, listedAt }: StubEntry) {
  return { EmailAddress: address, Reason: reason, LastUpdateTime: listedAt / 1000 };
}

function notListed(address = ''): Answer {
  return refusal(
    404,
    'NotFoundException',
    `Email address ${address} does not exist on your suppression list.`,
  );
}

function refusal(status: number, error: string, message = error): Answer {
  return { status, error, body: { message } };
}

function send(response: ServerResponse, { status, error, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(error !== undefined && { 'x-amzn-errortype': `${error}:http://internal.amazon.example/` }),
  });
  response.end(JSON.stringify(body));
}

const TOKEN_START = 'after:';

function writeToken(address: string): string {
  return Buffer.from(`${TOKEN_START}${address}`).toString('base64');
}

/** Null for what is no token. */
function readToken(token: string | null): string | null {
  if (token === null) return '';
  const read = Buffer.from(token, 'base64').toString();
  return read.startsWith(TOKEN_START) ? read.slice(TOKEN_START.length) : null;
}

/** Counts what came in the last second, by Region. */
function createThrottle(requestsPerSecond: number | undefined): (region: string) => boolean {
  const came = new Map<string, number[]>();
  return (region) => {
    if (requestsPerSecond === undefined) return false;
    const now = performance.now();
    const recent = (came.get(region) ?? []).filter((at) => now - at < 1_000);
    const isTooMany = recent.length >= requestsPerSecond;
    came.set(region, isTooMany ? recent : [...recent, now]);
    return isTooMany;
  };
}
