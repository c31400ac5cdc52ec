import {
  type Content,
  type OperationAt,
  operationsOf,
  type Parameter,
  type Response,
  readContract,
  resolve,
  type Schema,
} from '../../contract/document.ts';
import { type RawRequest, readEvent } from '../../lib/http/request.ts';
import { closed, createValidator } from './validator.ts';

const CONTRACT = readContract();
const ANSWERS = closed(CONTRACT);
const REQUESTS_BY_ROUTE = byRoute(operationsOf(CONTRACT));
const ANSWERS_BY_ROUTE = byRoute(operationsOf(ANSWERS));
const validateRequest = createValidator(CONTRACT);
const validateAnswer = createValidator(ANSWERS);

/** On every answer and said of none. */
const HEADERS_OF_ALL = ['content-type', 'cache-control'];

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Where a handler's answer, and a request that it took, differ from `docs/openapi.yaml`; empty when nowhere. */
export function contractFaults(event: unknown, answered: Answered): string[] {
  const request = readEvent(event);
  const asked = REQUESTS_BY_ROUTE.get(request.routeKey);
  const answering = ANSWERS_BY_ROUTE.get(request.routeKey);
  if (asked === undefined || answering === undefined) {
    return answered.status === 404 ? [] : [`answers a route that is not documented: ${request.routeKey}`];
  }
  return [
    ...answerFaults(answering, answered),
    ...(answered.status < 300 ? requestFaults(asked, request) : []),
  ].map((fault) => `${request.routeKey} ${answered.status}: ${fault}`);
}

function answerFaults({ operation }: OperationAt, { status, headers, text }: Answered): string[] {
  const documented = operation.responses[status];
  if (documented === undefined) return [`the status is not documented: ${text}`];
  const response = resolve(ANSWERS, documented);
  return [...bodyFaults(response.content, { headers, text }), ...headerFaults(response, headers)];
}

function bodyFaults(content: Content, { headers, text }: Omit<Answered, 'status'>): string[] {
  const [type = ''] = String(headers['content-type']).split(';');
  const media = content[type];
  if (media === undefined) return [`the content type is not documented: ${type}`];
  const body: unknown = /[/+]json$/.test(type) ? JSON.parse(text) : text;
  const faults = validateAnswer(media.schema, body).map((fault) => `the body ${fault}`);
  const { code } = body as { code?: unknown };
  const isUnknown = type === 'application/problem+json' && !Object.hasOwn(media.examples, String(code));
  return isUnknown ? [...faults, `the code is not documented: ${code}`] : faults;
}

function headerFaults(response: Response, headers: Answered['headers']): string[] {
  const documented = new Map(
    Object.entries(response.headers ?? {}).map(([name, header]) => [name.toLowerCase(), header]),
  );
  return Object.entries(headers)
    .filter(([name]) => !HEADERS_OF_ALL.includes(name))
    .flatMap(([name, value]) => {
      const header = documented.get(name);
      if (header === undefined) return [`the header ${name} is not documented`];
      return textFaults(resolve(ANSWERS, header).schema, String(value)).map((fault) => `${name} ${fault}`);
    });
}

/** What a handler takes must be what the document lets in. */
function requestFaults({ operation, parameters }: OperationAt, request: RawRequest): string[] {
  const body = operation.requestBody?.content['application/json'];
  return [
    ...parameters.flatMap((parameter) => parameterFaults(parameter, request)),
    ...(body === undefined ? [] : validateRequest(body.schema, request.readBody())).map(
      (fault) => `takes a body that ${fault}`,
    ),
  ];
}

function parameterFaults(parameter: Parameter, { path, query, headers }: RawRequest): string[] {
  const given = { path, query, header: headers }[parameter.in];
  const text = given[parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name];
  if (text === undefined) return parameter.required ? [`takes no ${parameter.name}`] : [];
  return textFaults(parameter.schema, text).map((fault) => `takes a ${parameter.name} that ${fault}`);
}

/** A text of a path, a query or a header, read as what its schema says. */
function textFaults(schema: Schema, text: string): string[] {
  return validateRequest(schema, schema.type === 'integer' ? Number(text) : text);
}

function byRoute(operations: readonly OperationAt[]): ReadonlyMap<string, OperationAt> {
  return new Map(operations.map((operation) => [operation.routeKey, operation]));
}
