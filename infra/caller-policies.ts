import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ROUTES, type Route, type Scope } from './routes.ts';
import type { Settings } from './settings.ts';

type Call = Pick<Route, 'method' | 'path'>;

const BELOW_ACCOUNT = '/v1/accounts/{account}/';
/** A managed policy holds 6,144 characters, so one pattern stands for every GET below an account: all of them read. */
const EVERY_READ: Call = { method: 'GET', path: `${BELOW_ACCOUNT}{any}` };

/**
 * Endings of patterns for paths that a gateway might route elsewhere than IAM judged them: a step up, and an encoded dot,
 * slash or question mark, or a decoded one. No call of ours needs them: addresses that hold such go as base64url.
 */
// biome-ignore lint/suspicious/noTemplateCurlyInString: how IAM writes a question mark that stands for itself.
const MISLEADING = ['/../*', '/..', '%2E*', '%2e*', '%2F*', '%2f*', '%3F*', '%3f*', '${?}*'];

/** What a sender's application may call: the routes of its scopes, of the named accounts only, and those for anybody. */
export function createSenderPolicy(scope: Construct, api: HttpApi, settings: Settings): ManagedPolicy {
  const scopes: Scope[] = ['recipients:filter', 'suppressions:read'];
  if (settings.senderMayUnbounce) scopes.push('suppressions:unbounce');
  const allowed = ROUTES.filter(({ scope }) => scope === null || scopes.includes(scope));
  const calls = [...allowed.filter((route) => !isRead(route)), EVERY_READ];
  return createPolicy(scope, 'SenderPolicy', {
    description: `Calls ${settings.stackName} as a sender`,
    resources: settings.senderAccounts.flatMap((account) => calls.map((call) => arnOf(api, call, account))),
    refused: MISLEADING.map((part) => arnOfPath(api, `*${part}`)),
  });
}

/** What an operator may call: every route of every account. */
export function createOperatorPolicy(scope: Construct, api: HttpApi, settings: Settings): ManagedPolicy {
  return createPolicy(scope, 'OperatorPolicy', {
    description: `Operates ${settings.stackName}`,
    resources: ROUTES.map((route) => arnOf(api, route, '*')),
  });
}

function isRead({ method, path }: Route): boolean {
  return method === EVERY_READ.method && path.startsWith(BELOW_ACCOUNT);
}

interface CallerPolicy {
  /** Never changes: another description is another policy, attached to nobody. */
  readonly description: string;
  readonly resources: string[];
  /** Never, whatever else allows it. */
  readonly refused?: string[];
}

function createPolicy(scope: Construct, id: string, policy: CallerPolicy): ManagedPolicy {
  const { description, resources, refused = [] } = policy;
  const actions = ['execute-api:Invoke'];
  const statements = [new PolicyStatement({ actions, resources })];
  if (refused.length > 0) {
    statements.push(new PolicyStatement({ effect: Effect.DENY, actions, resources: refused }));
  }
  return new ManagedPolicy(scope, id, { description, statements });
}

/** The path up to `{account}` is spelled out, so `a` names neither `a-b` nor anything under another account. */
function arnOf(api: HttpApi, { method, path }: Call, account: string): string {
  const callPath = path.replace('{account}', account).replace(/\{\w+\}/g, '*');
  return arnOfPath(api, `${method}${callPath}`);
}

function arnOfPath(api: HttpApi, methodAndPath: string): string {
  return Stack.of(api).formatArn({
    service: 'execute-api',
    resource: api.apiId,
    resourceName: `$default/${methodAndPath}`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
