import type { IncomingMessage } from 'node:http';
import { AWS_ACCOUNT } from './references.ts';
import type { Match } from './route.ts';

export interface GatewayRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case, each with every value that was sent. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
}

export interface EventContext {
  /** The path as routed: decoded. */
  readonly path: string;
  readonly match: Match;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Who an unsigned call on this machine is: the operator, so that plain curl works. */
const LOCAL_OPERATOR = {
  iam: {
    accessKey: 'local',
    accountId: AWS_ACCOUNT,
    callerId: 'local',
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: 'local',
    userId: 'local',
  },
};

/** What of node's request the gateway passes on. */
export function toGatewayRequest(request: IncomingMessage, body: Buffer): GatewayRequest {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    rawPath,
    rawQuery: query.join('?'),
    headers: request.headersDistinct,
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${request.httpVersion}`,
  };
}

/**
 * The event of a Lambda proxy integration, payload format 2.0. The gateway decodes `rawPath`, and encodes every
 * body that is not text, a form's among them. Source: Amazon API Gateway developer guide, "Create AWS Lambda
 * proxy integrations for HTTP APIs in API Gateway".
 */
export function toGatewayEvent(request: GatewayRequest, context: EventContext): Record<string, unknown> {
  const { cookie = [], ...headers } = request.headers;
  const { path, match } = context;
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: path,
    rawQueryString: request.rawQuery,
    ...(cookie.length > 0 && { cookies: cookie.flatMap((line) => line.split('; ')) }),
    headers: joinValues(headers),
    ...(request.rawQuery !== '' && { queryStringParameters: joinQuery(request.rawQuery) }),
    ...(Object.keys(match.pathParameters).length > 0 && { pathParameters: match.pathParameters }),
    requestContext: toRequestContext(request, context),
    ...toBody(request),
  };
}

function toRequestContext(request: GatewayRequest, { path, match, requestId, receivedAt }: EventContext) {
  return {
    accountId: AWS_ACCOUNT,
    apiId: 'local',
    authorizer: LOCAL_OPERATOR,
    domainName: request.headers['host']?.[0] ?? '127.0.0.1',
    domainPrefix: 'local',
    http: {
      method: request.method,
      path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent']?.[0] ?? '',
    },
    requestId,
    routeKey: match.route.key,
    stage: '$default',
    time: toLogTime(receivedAt),
    timeEpoch: receivedAt,
  };
}

function joinValues(values: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list = []]) => [name, list.join(',')]));
}

function joinQuery(rawQuery: string): Record<string, string> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return joinValues(Object.fromEntries(values));
}

function toBody({ body, headers }: GatewayRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !isText(headers['content-type']?.[0] ?? '');
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function isText(contentType: string): boolean {
  const [type = ''] = contentType.toLowerCase().split(';');
  return /^(text\/.+|application\/(json|xml|javascript))$/.test(type.trim());
}

/** `12/Mar/2020:19:03:58 +0000`. */
function toLogTime(instant: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(instant).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
