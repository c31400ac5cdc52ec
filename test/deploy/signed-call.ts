import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const TIMEOUT_IN_MS = 40_000;
export const REGION = 'us-east-1';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Call {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** Only characters that need no encoding, in the path and in a query of one member. */
  readonly url: string;
  readonly body?: string;
  readonly contentType?: string;
  /** The service that the signature is for; `execute-api` for our own API. */
  readonly service: string;
  /** Without credentials the call goes out unsigned. */
  readonly credentials?: Credentials;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Creates a caller of HTTPS addresses that all stand on this machine, whatever host they name. */
export function createCaller(certificate: string): (call: Call) => Promise<Answer> {
  return async (call) => {
    const { host, port, pathname, search } = new URL(call.url);
    const headers = {
      host,
      'content-type': call.contentType ?? 'application/json',
      ...signatureOf(call, host),
    };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: `${pathname}${search}`,
        method: call.method,
        headers,
        ca: certificate,
        servername: 'localhost',
        timeout: TIMEOUT_IN_MS,
      },
      (response) => {
        text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`No answer within ${TIMEOUT_IN_MS / 1000} s`)));
    outgoing.once('error', reject);
    outgoing.end(call.body);
    return promise;
  };
}

/** Signature Version 4 (AWS, "Create a signed AWS API request"), over the host and the time. */
function signatureOf(call: Call, host: string): Record<string, string> {
  const { credentials } = call;
  if (credentials === undefined) return {};
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${REGION}/${call.service}/aws4_request`;
  const canonicalRequest = [
    call.method,
    new URL(call.url).pathname,
    new URL(call.url).search.slice(1),
    `host:${host}`,
    `x-amz-date:${time}`,
    '',
    'host;x-amz-date',
    sha256(call.body ?? ''),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const credential = `Credential=${credentials.accessKeyId}/${scope}`;
  return {
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
