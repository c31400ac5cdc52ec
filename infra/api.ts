import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type BatchHttpRouteOptions,
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type ApiFunctionName, ROUTES, type Route } from './routes.ts';
import type { JwtSettings, Settings } from './settings.ts';

type ApiFunctions = Readonly<Record<ApiFunctionName, LambdaFunction>>;

/** Who may call a route. */
interface RouteAuthorization {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly authorizationScopes?: string[];
}

/** Every route with IAM's own authorisation: calls are signed, policies name account and route. */
export function createIamApi(scope: Construct, functions: ApiFunctions, settings: Settings): HttpApi {
  const authorizer = new HttpIamAuthorizer();
  return createApi(scope, 'Api', { functions, settings, authorize: () => ({ authorizer }) });
}

export interface JwtApiOptions {
  readonly functions: ApiFunctions;
  readonly settings: Settings;
  readonly jwt: JwtSettings;
}

/** The same routes and functions for tokens of one issuer, each with the scope of its row, if it has one. */
export function createJwtApi(scope: Construct, { functions, settings, jwt }: JwtApiOptions): HttpApi {
  const authorizer = new HttpJwtAuthorizer('Token', jwt.issuer, { jwtAudience: [...jwt.audience] });
  const authorize = ({ scope }: Route) => ({
    authorizer,
    ...(scope !== null && { authorizationScopes: [`${jwt.scopePrefix}${scope}`] }),
  });
  return createApi(scope, 'JwtApi', { functions, settings, authorize });
}

interface ApiOptions {
  readonly functions: ApiFunctions;
  readonly settings: Settings;
  readonly authorize: (route: Route) => RouteAuthorization;
}

function createApi(scope: Construct, id: string, { functions, settings, authorize }: ApiOptions): HttpApi {
  const api = new HttpApi(scope, id, {
    apiName: `${settings.stackName}-${id}`,
    createDefaultStage: false,
  });
  createStage(scope, `${id}Stage`, { api, settings });
  const integrationOf = createIntegrations(functions);
  for (const route of ROUTES) {
    api.addRoutes({
      path: route.path,
      methods: [HttpMethod[route.method]],
      integration: integrationOf(route.function),
      ...authorize(route),
    });
  }
  return api;
}

/** One integration per function, however many routes lead to it. */
function createIntegrations(
  functions: ApiFunctions,
): (name: ApiFunctionName) => BatchHttpRouteOptions['integration'] {
  const integrations = new Map(
    Object.entries(functions).map(([name, fn]) => [name, new HttpLambdaIntegration(name, fn)] as const),
  );
  return (name) => {
    const integration = integrations.get(name);
    if (integration === undefined) throw new Error(`No function ${name}.`);
    return integration;
  };
}

function createStage(
  scope: Construct,
  id: string,
  { api, settings }: { readonly api: HttpApi; readonly settings: Settings },
): void {
  const accessLog = new LogGroup(scope, `${id}AccessLog`, {
    retention: settings.logRetentionInDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, id, {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.requestsPerSecond, burstLimit: settings.requestBurst },
    accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat() },
  });
}

/** Names the route and never the path, which holds addresses. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      requestTime: '$context.requestTime',
      routeKey: '$context.routeKey',
      status: '$context.status',
      responseLength: '$context.responseLength',
      responseLatencyInMs: '$context.responseLatency',
      error: '$context.error.message',
      integrationError: '$context.integrationErrorMessage',
    }),
  );
}
