import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AWS_ACCOUNT, REGION } from './references.ts';

/** A stand-in for EventBridge on this machine: it takes events and writes them down; there are no rules. */
export interface EventBus {
  /** Takes PutEvents; a GET shows what came. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
}

// Source: Amazon EventBridge API Reference, "PutEvents" and "PutEventsRequestEntry".
const TARGET = 'AWSEvents.PutEvents';
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;

/** Opens it on 127.0.0.1. Every event becomes a line of `file`, which it empties first. */
export async function startEventBus({ file }: { readonly file: string }): Promise<EventBus> {
  writeFileSync(file, '');
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      return void response.setHeader('content-type', 'application/x-ndjson').end(readFileSync(file));
    }
    const { Entries = [] } = JSON.parse((await text(request)) || '{}') as { Entries?: readonly Entry[] };
    const refused = refusalOf(request.headers['x-amz-target'], Entries);
    if (refused !== null) return answer(response, 400, refused);
    const results = Entries.map((entry) => take(entry, file));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    answer(response, 200, { FailedEntryCount, Entries: results });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refusalOf(target: unknown, entries: readonly Entry[]): object | null {
  if (target !== TARGET) return { __type: 'UnknownOperationException' };
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  return entries.length === 0 || entries.length > MOST_ENTRIES || bytes > MOST_BYTES
    ? { __type: 'ValidationException', message: 'One to ten entries, together at most 256 KB.' }
    : null;
}

function take({ Source, DetailType, Detail, EventBusName }: Entry, file: string): object {
  if (!Source || !DetailType || !Detail) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source, DetailType and Detail are required.' };
  }
  const detail = parse(Detail);
  if (detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = randomUUID();
  const event = {
    version: '0',
    id,
    'detail-type': DetailType,
    source: Source,
    account: AWS_ACCOUNT,
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region: REGION,
    resources: [],
    detail,
  };
  const bus = EventBusName === undefined || EventBusName === 'default' ? {} : { bus: EventBusName };
  appendFileSync(file, `${JSON.stringify({ ...event, ...bus })}\n`);
  return { EventId: id };
}

function sizeOf({ Source = '', DetailType = '', Detail = '' }: Entry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

function parse(detail: string): object | null {
  try {
    const parsed: unknown = JSON.parse(detail);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
