import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { isAccountId } from '../policy/account.ts';
import type { Instant } from '../policy/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { authorize, type CallerOptions, readCaller, type Scope } from './caller.ts';
import { hasDotSegment } from './dot-segments.ts';
import { toErrorAnswer } from './error-answer.ts';
import { type Answer, problem } from './problem.ts';
import { toResult } from './reply.ts';
import { type ApiRequest, type RawRequest, readEvent } from './request.ts';

export interface ApiRoute {
  /** Null where any identity will do. */
  readonly scope: Scope | null;
  readonly handle: (request: ApiRequest) => Promise<Answer>;
}

export interface ApiDependencies {
  /** By the gateway's route key, `GET /v1/accounts/{account}`. */
  readonly routes: Readonly<Record<string, ApiRoute>>;
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
  readonly callerOptions: CallerOptions;
}

type Remaining = Pick<Context, 'getRemainingTimeInMillis'>;
interface Times {
  readonly receivedAt: Instant;
  readonly deadlineAt: Instant;
}

const MOST_WORK_IN_MS = 20_000;
/** What is left of the function's time when work stops, so that the answer still gets out. */
const SPARE_IN_MS = 3_000;

/** Creates the function behind some routes: every event gets an answer, and nothing is thrown. */
export function createApiHandler({ routes, clock, telemetry, callerOptions }: ApiDependencies) {
  return async (event: unknown, context: Remaining): Promise<APIGatewayProxyStructuredResultV2> => {
    const receivedAt = clock();
    const workInMs = Math.min(MOST_WORK_IN_MS, context.getRemainingTimeInMillis() - SPARE_IN_MS);
    const raw = readEvent(event);
    const route = Object.hasOwn(routes, raw.routeKey) ? routes[raw.routeKey] : undefined;
    const times = { receivedAt, deadlineAt: receivedAt + workInMs };
    const result = await answer(route, raw, { times, callerOptions })
      .then(toResult)
      .catch((error: unknown) => toResult(toErrorAnswer(error, { request: raw, telemetry })));
    telemetry.count('Request', { Status: String(result.statusCode) });
    telemetry.flush();
    return result;
  };
}

async function answer(
  route: ApiRoute | undefined,
  { authorizer, rawPath, ...request }: RawRequest,
  { times, callerOptions }: { readonly times: Times; readonly callerOptions: CallerOptions },
): Promise<Answer> {
  if (route === undefined || hasDotSegment(rawPath)) {
    return problem('not_found', 'Check the method and the path of the request.');
  }
  const { account = '' } = request.path;
  const caller = authorize(readCaller(authorizer, callerOptions), { scope: route.scope, account });
  if (request.routeKey.includes('{account}') && !isAccountId(account)) {
    return problem('invalid_account_id', 'An account id is 1 to 64 letters, digits, "_" and "-".');
  }
  return route.handle({ ...request, ...times, caller, account });
}
