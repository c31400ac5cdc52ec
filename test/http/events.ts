/** An event of API Gateway as a function gets it, with what a test changes. */
export function apiEvent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { authorizer = signedBy('arn:aws:iam::111122223333:role/app'), ...others } = changes;
  return {
    version: '2.0',
    routeKey: 'POST /v1/accounts/{account}/things',
    headers: { 'content-type': 'application/json' },
    pathParameters: { account: 'acme' },
    requestContext: { requestId: 'request-1', timeEpoch: 0, authorizer },
    isBase64Encoded: false,
    ...others,
  };
}

export function signedBy(userArn: string) {
  return { iam: { accessKey: 'k', accountId: '111122223333', callerId: 'c', userArn, userId: 'u' } };
}

export function tokenWith(claims: Record<string, unknown>) {
  return { jwt: { claims: { sub: 'user-1', ...claims }, scopes: null } };
}
