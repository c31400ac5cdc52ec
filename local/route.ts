import { TemplateError } from './template-error.ts';

/** A route of the HTTP API: a method, and a path whose `{name}` segments each take one segment. */
export interface Route {
  /** As in the template: `GET /v1/accounts/{account}`. */
  readonly key: string;
  readonly functionArn: string;
}

export interface Match {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Throws TemplateError for the route keys that this runner does not speak: `$default`, `ANY` and `{name+}`. */
export function checkRouteKey(key: string): void {
  if (!/^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS) (\/([^{}/]+|\{[^{}/+]+\}))+$/.test(key)) {
    throw new TemplateError(`the route "${key}" is not understood on this machine`);
  }
}

/**
 * The path as the gateway routes it: percent-decoded as a whole, so an encoded slash parts two segments,
 * and cut at a decoded question mark. Null when it cannot be decoded.
 */
export function decodePath(rawPath: string): string | null {
  try {
    return decodeURIComponent(rawPath).replace(/\?.*$/s, '');
  } catch {
    return null;
  }
}

/** The most specific route for the decoded path: literal segments go before parameters, from the left. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | null {
  const segments = path.split('/');
  let best: { readonly rank: string; readonly match: Match } | null = null;
  for (const route of routes) {
    const pattern = patternOf(route.key, method);
    const pathParameters = pattern && matchSegments(pattern, segments);
    if (!pattern || !pathParameters) continue;
    const rank = pattern.map((segment) => (isParameter(segment) ? '1' : '0')).join('');
    if (best === null || rank < best.rank) best = { rank, match: { route, pathParameters } };
  }
  return best?.match ?? null;
}

function patternOf(key: string, method: string): string[] | null {
  const [routeMethod, path = ''] = key.split(' ');
  return routeMethod === method ? path.split('/') : null;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (isParameter(expected)) {
      if (segment === '') return null;
      parameters[expected.slice(1, -1)] = segment;
    } else if (segment !== expected) return null;
  }
  return parameters;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}
