import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request of a function to AWS, as it went over the wire. */
export interface AwsCall {
  /** The function's construct id, `RecordBounces`. */
  readonly by: string;
  /** What IAM calls the service. */
  readonly service: string;
  /** `UpdateItem`; for SES the method and the path. */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the input of whatever operation it was.
  readonly input: any;
}

/** Where requests go on to; all other services are answered here. */
export interface Behind {
  readonly dynamodb: string;
  readonly ses: string;
  /** What AWS says when it refuses every request; null when it does not. */
  readonly refusal: () => string | null;
}

export interface AwsSpy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** What SQS, EventBridge and CloudWatch answer here: all that was asked is done, and there is nothing to tell. */
const DONE = JSON.stringify({ FailedEntryCount: 0, Entries: [], MetricDataResults: [] });

/** What stands before the operation in `x-amz-target`, and what IAM calls the service. */
const SERVICES: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  GraniteServiceVersion20100801: 'cloudwatch',
};

/** The stub of SES keeps the objects that its jobs read. */
const PASSED_ON: Readonly<Record<string, 'dynamodb' | 'ses'>> = {
  dynamodb: 'dynamodb',
  ses: 'ses',
  s3: 'ses',
};

/** Stands between one function and AWS, on 127.0.0.1, and tells of every request. */
export async function openAwsSpy(by: string, behind: Behind, tell: (call: AwsCall) => void): Promise<AwsSpy> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const call = { by, ...read(request, body) };
    tell(call);
    const message = behind.refusal();
    if (message !== null) {
      const error = { __type: 'ValidationException', message };
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(error));
      return;
    }
    const place = PASSED_ON[call.service];
    if (place === undefined) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(DONE);
      return;
    }
    const answer = await passOn(behind[place], request, body);
    const type = answer.headers.get('content-type') ?? 'application/json';
    const error = answer.headers.get('x-amzn-errortype');
    response.writeHead(answer.status, {
      'content-type': type,
      ...(error !== null && { 'x-amzn-errortype': error }),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
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

function read({ headers, method, url = '/' }: IncomingMessage, body: Buffer): Omit<AwsCall, 'by'> {
  const target = headers['x-amz-target'];
  if (method === 'PUT' && !url.startsWith('/v2/')) {
    return { service: 's3', operation: 'PutObject', input: { place: url, text: body.toString() } };
  }
  const input = body.length === 0 ? {} : JSON.parse(body.toString());
  if (target === undefined) return { service: 'ses', operation: `${method} ${url}`, input };
  const [prefix = '', operation = ''] = String(target).split('.');
  const service = SERVICES[prefix];
  if (service === undefined) throw new Error(`A service that is not known here: ${prefix}`);
  return { service, operation, input };
}

async function passOn(endpoint: string, { headers, method, url }: IncomingMessage, body: Buffer) {
  const names = ['authorization', 'content-type', 'x-amz-target', 'x-amz-date', 'x-amz-security-token'];
  const kept = names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
  return await fetch(`${endpoint}${url}`, {
    method: method ?? 'GET',
    headers: Object.fromEntries(kept),
    ...(body.length > 0 && { body }),
  });
}
