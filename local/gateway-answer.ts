export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** What the gateway says itself, without asking a function. */
export function gatewayMessage(status: number, message: string): GatewayAnswer {
  return toJson(status, { message });
}

interface StructuredResult {
  readonly statusCode: unknown;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/**
 * The HTTP answer that the gateway makes of a function's result: of a structured one as told, of any other
 * JSON value 200. Source: Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP
 * APIs in API Gateway", the response of payload format 2.0.
 */
export function toGatewayAnswer(result: unknown): GatewayAnswer {
  if (!isStructured(result)) return toJson(200, result);
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== 'string') {
    return gatewayMessage(500, 'Internal Server Error');
  }
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function isStructured(result: unknown): result is StructuredResult {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function toJson(status: number, value: unknown): GatewayAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
