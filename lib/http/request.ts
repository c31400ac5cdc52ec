import type { Instant } from '../policy/time.ts';
import type { Caller } from './caller.ts';
import { parseJson } from './json.ts';
import { membersOf } from './members.ts';
import { ProblemError } from './problem.ts';

/** A request in our own words, its caller known and allowed. */
export interface ApiRequest {
  /** The gateway's id of the request, for logs. */
  readonly id: string;
  /** The gateway's name of the route, `GET /v1/accounts/{account}`. */
  readonly routeKey: string;
  readonly caller: Caller;
  /** The account in the path, a valid id; empty where the route names none. */
  readonly account: string;
  /** Decoded by the gateway. */
  readonly path: TextMembers;
  /** Decoded; a name given several times has its values joined by commas. */
  readonly query: TextMembers;
  /** Names in lower case. */
  readonly headers: TextMembers;
  /** The body as JSON. Undefined when there is none. Throws ProblemError. */
  readonly readBody: () => unknown;
  /** By the function's clock, taken once when it was called: the `now` of every decision. */
  readonly receivedAt: Instant;
  /** When reading and writing must be done, so that the answer still gets out. */
  readonly deadlineAt: Instant;
}

export type TextMembers = Readonly<Record<string, string | undefined>>;

/** What an event of API Gateway says about a request, nothing of it believed yet. */
export interface RawRequest
  extends Pick<ApiRequest, 'id' | 'routeKey' | 'path' | 'query' | 'headers' | 'readBody'> {
  /** As the gateway took it, decoded or not; empty where it says none. */
  readonly rawPath: string;
  readonly authorizer: unknown;
}

const MAX_BODY_IN_BYTES = 3 * 1024 * 1024;

/**
 * Reads an event of payload format 2.0, whatever is missing from it.
 * Source: Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway".
 */
export function readEvent(event: unknown): RawRequest {
  const {
    routeKey,
    rawPath,
    pathParameters,
    queryStringParameters,
    headers,
    requestContext,
    body,
    isBase64Encoded,
  } = membersOf(event);
  const { requestId, authorizer } = membersOf(requestContext);
  return {
    id: textOf(requestId),
    routeKey: textOf(routeKey),
    rawPath: textOf(rawPath),
    authorizer,
    path: textMembersOf(pathParameters),
    query: textMembersOf(queryStringParameters),
    headers: textMembersOf(lowerCased(headers)),
    readBody: () => readBody(textOf(body), isBase64Encoded === true),
  };
}

function readBody(body: string, isBase64Encoded: boolean): unknown {
  if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > MAX_BODY_IN_BYTES) {
    throw new ProblemError('body_too_large', 'Keep the body under 3 MiB: split the call into several.');
  }
  const text = isBase64Encoded ? decodeUtf8(Buffer.from(body, 'base64')) : withoutMark(body.toWellFormed());
  return text === '' ? undefined : parseJson(text);
}

/** RFC 8259 section 8.1: a byte order mark may be ignored. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('body_not_json', 'Send the body as JSON (RFC 8259) in UTF-8.');
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lowerCased(headers: unknown): object {
  return Object.fromEntries(
    Object.entries(membersOf(headers)).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function textMembersOf(value: unknown): TextMembers {
  const texts: Record<string, string> = Object.create(null);
  for (const [name, text] of Object.entries(membersOf(value))) {
    if (typeof text === 'string') texts[name] = text;
  }
  return texts;
}
