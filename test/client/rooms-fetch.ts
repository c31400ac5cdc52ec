import { OPERATIONS } from '../../client/contract.ts';
import { decodePath, matchRoute } from '../../local/route.ts';
import type { Api } from '../functions/api-harness.ts';
import { functionOf } from '../functions/api-harness.ts';
import { apiEvent } from '../http/events.ts';

const ROUTES = Object.values(OPERATIONS).map(({ method, path }) => ({
  key: `${method} ${path}`,
  functionArn: '',
}));

/** A `fetch` that leads through the gateway's routing to the rooms of an API. */
export function createRoomsFetch(api: Pick<Api, 'send'>): typeof globalThis.fetch {
  return async (input, { method = 'GET', headers, body } = {}) => {
    const { pathname, searchParams } = new URL(String(input));
    const match = matchRoute(ROUTES, method, decodePath(pathname) ?? '');
    if (match === null) return Response.json({ message: 'Not Found' }, { status: 404 });
    const { key: routeKey } = match.route;
    const event = apiEvent({
      routeKey,
      pathParameters: match.pathParameters,
      queryStringParameters: Object.fromEntries(searchParams),
      headers,
      body,
    });
    const reply = await api.send(functionOf(routeKey), event);
    return new Response(reply.text, {
      status: reply.status,
      headers: reply.headers as Record<string, string>,
    });
  };
}
