import { describe, expect, test } from '@jest/globals';
import { type GatewayRequest, toGatewayEvent } from '../../local/gateway-event.ts';

const REQUEST: GatewayRequest = {
  method: 'GET',
  rawPath: '/v1/accounts/a%40b',
  rawQuery: '',
  headers: { host: ['127.0.0.1:8787'], 'user-agent': ['curl/8.0'] },
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
};

function eventOf(request: Partial<GatewayRequest>, pathParameters: Record<string, string> = {}) {
  return toGatewayEvent(
    { ...REQUEST, ...request },
    {
      path: '/v1/accounts/a@b',
      match: { route: { key: 'GET /v1/accounts/{account}', functionArn: 'arn' }, pathParameters },
      requestId: 'request-1',
      receivedAt: Date.UTC(2026, 10, 3, 4, 5, 6, 789),
    },
  );
}

describe('the event of a request', () => {
  test('has the members of payload format 2.0, and the local operator for its caller', () => {
    expect(eventOf({}, { account: 'a@b' })).toEqual({
      version: '2.0',
      routeKey: 'GET /v1/accounts/{account}',
      rawPath: '/v1/accounts/a@b',
      rawQueryString: '',
      headers: { host: '127.0.0.1:8787', 'user-agent': 'curl/8.0' },
      pathParameters: { account: 'a@b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        authorizer: {
          iam: {
            accessKey: 'local',
            accountId: '000000000000',
            callerId: 'local',
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: 'local',
            userId: 'local',
          },
        },
        domainName: '127.0.0.1:8787',
        domainPrefix: 'local',
        http: {
          method: 'GET',
          path: '/v1/accounts/a@b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8.0',
        },
        requestId: 'request-1',
        routeKey: 'GET /v1/accounts/{account}',
        stage: '$default',
        time: '03/Nov/2026:04:05:06 +0000',
        timeEpoch: Date.UTC(2026, 10, 3, 4, 5, 6, 789),
      },
      isBase64Encoded: false,
    });
  });

  test('joins what stands several times, and lists cookies apart', () => {
    const event = eventOf({
      rawQuery: 'reason=policy&reason=spam&note=a+b%26c',
      headers: { accept: ['text/csv', 'application/json'], cookie: ['a=1; b=2'] },
    });
    expect(event).toMatchObject({
      rawQueryString: 'reason=policy&reason=spam&note=a+b%26c',
      queryStringParameters: { reason: 'policy,spam', note: 'a b&c' },
      headers: { accept: 'text/csv,application/json' },
      cookies: ['a=1', 'b=2'],
    });
    expect(event['headers']).not.toHaveProperty('cookie');
  });

  test.each([
    ['application/json', false],
    ['Application/JSON; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/problem+json', true],
    ['application/octet-stream', true],
    [undefined, true],
  ])('has a body of type %s in base64: %s', (contentType, isBase64Encoded) => {
    const headers = contentType === undefined ? {} : { 'content-type': [contentType] };
    const event = eventOf({ headers, body: Buffer.from('{"é":1}') });
    expect(event).toMatchObject({ body: isBase64Encoded ? 'eyLDqSI6MX0=' : '{"é":1}', isBase64Encoded });
  });

  test('leaves out what the request does not have', () => {
    for (const member of ['body', 'cookies', 'queryStringParameters', 'pathParameters', 'stageVariables']) {
      expect(eventOf({})).not.toHaveProperty(member);
    }
  });
});
