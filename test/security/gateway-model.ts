import { ROUTES, type Route } from '../../infra/routes.ts';
import { decodePath, matchRoute } from '../../local/route.ts';
import { isAllowed, type PolicyStatement } from '../support/iam.ts';

export const API_ARN = 'arn:aws:execute-api:eu-central-1:111122223333:abcdefghij';

const LOCAL_ROUTES = ROUTES.map((route) => ({ key: routeKeyOf(route), functionArn: route.function }));

/** A request as it comes in, before anybody decoded its path. */
export interface RawCall {
  readonly method: string;
  readonly rawPath: string;
}

/** Where a request arrives. */
export interface Routed {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export function routeKeyOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/**
 * Ways in which a gateway may read a path before it asks IAM and before it routes. AWS documents neither, so what
 * is let in must hold under each pair of them.
 */
export const READINGS = {
  'as sent': (path: string) => path,
  decoded: (path: string) => decoded(path),
  'decoded and cut at a question mark': (path: string) => decodePath(path) ?? path,
  'decoded twice': (path: string) => decoded(decoded(path)),
  'decoded, its dot segments resolved': (path: string) => withoutDots(decoded(path)),
  'dot segments resolved as they were sent': (path: string) => withoutDots(path),
  'without a trailing slash': (path: string) => decoded(path).replace(/(?<=.)\/$/, ''),
  'with slashes merged': (path: string) => decoded(path).replace(/\/{2,}/g, '/'),
} as const satisfies Readonly<Record<string, (path: string) => string>>;

export type Reading = keyof typeof READINGS;

/** Whether IAM lets a call through, its ARN made of the path in this reading. */
export function isLetIn(
  statements: readonly PolicyStatement[],
  { method, rawPath }: RawCall,
  reading: Reading = 'as sent',
): boolean {
  const resource = `${API_ARN}/$default/${method}${READINGS[reading](rawPath)}`;
  return isAllowed(statements, { action: 'execute-api:Invoke', resource });
}

/** The route that a call reaches, its path taken in this reading; null for none. */
export function routed(
  { method, rawPath }: RawCall,
  reading: Reading = 'decoded and cut at a question mark',
): Routed | null {
  const match = matchRoute(LOCAL_ROUTES, method, READINGS[reading](rawPath));
  const route = ROUTES.find((one) => routeKeyOf(one) === match?.route.key);
  return match === null || route === undefined ? null : { route, pathParameters: match.pathParameters };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** RFC 3986 section 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.filter((segment, index) => segment !== '' || index > 0).join('/')}`;
}
