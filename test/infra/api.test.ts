import { describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

const JWT = { jwtIssuer: 'https://issuer.example/pool', jwtAudience: 'first,second', jwtAccount: 'default' };

/** Route, function, scope; null where any identity will do. */
const ROUTES: readonly [string, string, string | null][] = [
  ['DELETE /v1/addresses/{address}', 'Administer', 'operator'],
  ['GET /v1/accounts', 'Administer', 'operator'],
  ['GET /v1/accounts/{account}', 'Administer', 'suppressions:read'],
  ['GET /v1/accounts/{account}/campaigns', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/campaigns/{campaign}', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/campaigns/{campaign}/recipients', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/corrections', 'CorrectSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/stats', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/suppressions', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/suppressions/{address}', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/unbounce-quota', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/accounts/{account}/unbounces', 'ReadSuppressions', 'suppressions:read'],
  ['GET /v1/global-bounces/{address}', 'Administer', 'operator'],
  ['GET /v1/openapi.json', 'ServeContract', null],
  ['POST /v1/accounts/{account}/corrections', 'CorrectSuppressions', 'operator'],
  ['POST /v1/accounts/{account}/recipients/filter', 'FilterRecipients', 'recipients:filter'],
  ['POST /v1/accounts/{account}/suppressions/import', 'ImportSuppressions', 'operator'],
  ['POST /v1/accounts/{account}/suppressions/{address}/unbounce', 'Unbounce', 'suppressions:unbounce'],
  ['POST /v1/global-bounces/{address}/release', 'Administer', 'operator'],
  ['PUT /v1/accounts/{account}', 'Administer', 'operator'],
];

const template = synthesize();
const withTokens = synthesize({ ...JWT, jwtScopePrefix: 'rebound/' });

describe('the API', () => {
  test('has exactly these routes, each for signed calls only', () => {
    const expected = ROUTES.map(([route, fn]) => ({
      route,
      fn,
      authorization: 'AWS_IAM',
      scopes: undefined,
    }));
    expect(routesOf(template, 'Api')).toEqual(expected);
  });

  test('answers to nobody else', () => {
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Api')).toHaveLength(1);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Route')).toHaveLength(ROUTES.length);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')).toEqual([]);
  });

  test('speaks payload 2.0 to one integration per function', () => {
    const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
    expect(integrations).toHaveLength(new Set(ROUTES.map(([, fn]) => fn)).size);
    for (const [, { Properties }] of integrations) expect(Properties.PayloadFormatVersion).toBe('2.0');
  });

  test('is throttled as the context says', () => {
    const stage = resourceOf(
      synthesize({ requestsPerSecond: '5', requestBurst: '9' }),
      'AWS::ApiGatewayV2::Stage',
      'ApiStage',
    );
    expect(stage.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 },
    });
  });

  test('logs the route and never the path or the caller, which would be an address', () => {
    const { AccessLogSettings } = resourceOf(template, 'AWS::ApiGatewayV2::Stage', 'ApiStage').Properties;
    expect(Object.values(JSON.parse(AccessLogSettings.Format))).toContain('$context.routeKey');
    expect(AccessLogSettings.Format).not.toMatch(/path|sourceIp|caller|principal|userAgent/i);
    expect(readable(AccessLogSettings.DestinationArn)).toBe('<ApiStageAccessLog.Arn>');
  });
});

describe('the API for tokens', () => {
  test('has the same routes, each with its scope, if it has one', () => {
    const expected = ROUTES.map(([route, fn, scope]) => ({
      route,
      fn,
      authorization: 'JWT',
      scopes: scope === null ? undefined : [`rebound/${scope}`],
    }));
    expect(routesOf(withTokens, 'JwtApi')).toEqual(expected);
    expect(routesOf(withTokens, 'Api')).toEqual(routesOf(template, 'Api'));
  });

  test('trusts one issuer and its audiences', () => {
    const [[, authorizer] = [], ...others] = resourcesOf(withTokens, 'AWS::ApiGatewayV2::Authorizer');
    expect(others).toEqual([]);
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: JWT.jwtIssuer, Audience: ['first', 'second'] },
    });
  });
});

function routesOf(from: Template, api: 'Api' | 'JwtApi') {
  const integrations = new Map(resourcesOf(from, 'AWS::ApiGatewayV2::Integration'));
  return resourcesOf(from, 'AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => Properties)
    .filter(({ ApiId }) => readable(ApiId) === `<${api}>`)
    .map(({ RouteKey, AuthorizationType, AuthorizationScopes, Target }) => ({
      route: RouteKey as string,
      fn: readable(integrations.get(Target['Fn::Join'][1][1].Ref)?.Properties.IntegrationUri).replace(
        /[<>]|\.Arn/g,
        '',
      ),
      authorization: AuthorizationType,
      scopes: AuthorizationScopes,
    }))
    .sort((one, other) => (one.route < other.route ? -1 : 1));
}
