import { membersOf } from './members.ts';
import { ProblemError } from './problem.ts';

/** What a token must carry for a route. With IAM, policies name account and route instead. */
export type Scope = 'operator' | 'recipients:filter' | 'suppressions:read' | 'suppressions:unbounce';

/** Who calls, as the gateway established it. */
export interface Caller {
  /** Written down as who did it: the ARN of a signed call, the subject of a token. */
  readonly actor: string;
  /** `all` for a signed call, which IAM has let through. */
  readonly scopes: 'all' | readonly string[];
  /** The one account a token speaks for. */
  readonly account: string | null;
}

/** How tokens are read; the account comes from a claim or is the same for every token. */
export interface CallerOptions {
  readonly accountClaim: string | null;
  readonly account: string | null;
  /** What the issuer puts before the names of our scopes; empty for nothing. */
  readonly scopePrefix: string;
}

/** What a route demands. */
export interface Demand {
  /** Null where any identity will do. */
  readonly scope: Scope | null;
  /** The account in the path; empty where the route names none. */
  readonly account: string;
}

const MAX_ACTOR_LENGTH = 512;

/** Reads `requestContext.authorizer`. Null when it names nobody. */
export function readCaller(authorizer: unknown, options: CallerOptions): Caller | null {
  const { iam, jwt } = membersOf(authorizer);
  return readSigner(membersOf(iam)) ?? readToken(membersOf(membersOf(jwt)['claims']), options);
}

/** The caller, who may. Throws ProblemError `no_identity` or `forbidden`. */
export function authorize(caller: Caller | null, { scope, account }: Demand): Caller {
  if (caller === null) {
    throw new ProblemError(
      'no_identity',
      'Call through the API with a signed request (SigV4) or a bearer token.',
    );
  }
  const { scopes } = caller;
  if (scopes === 'all') return caller;
  if (scope !== null && !scopes.includes(scope)) {
    throw new ProblemError('forbidden', `Use a token with the scope "${scope}".`);
  }
  if (account !== '' && account !== caller.account && !scopes.includes('operator')) {
    throw new ProblemError(
      'forbidden',
      'Use a token of the account in the path, or one with the scope "operator".',
    );
  }
  return caller;
}

function readSigner({ userArn, callerId }: Readonly<Record<string, unknown>>): Caller | null {
  const actor = actorOf(userArn) ?? actorOf(callerId);
  return actor === null ? null : { actor, scopes: 'all', account: null };
}

function readToken(claims: Readonly<Record<string, unknown>>, options: CallerOptions): Caller | null {
  const actor = actorOf(claims['sub']) ?? actorOf(claims['client_id']);
  if (actor === null) return null;
  const { accountClaim, scopePrefix } = options;
  const account = accountClaim === null ? options.account : claims[accountClaim];
  return {
    actor,
    scopes: [...scopesOf(claims['scope']), ...scopesOf(claims['scp'])]
      .filter((scope) => scope.startsWith(scopePrefix))
      .map((scope) => scope.slice(scopePrefix.length)),
    account: typeof account === 'string' ? account : null,
  };
}

/** Names separated by spaces (RFC 6749 section 3.3); the gateway writes a list of names as `[a b]`. */
function scopesOf(claim: unknown): string[] {
  if (typeof claim !== 'string') return [];
  return claim.replace(/^\[(.*)\]$/s, '$1').split(' ');
}

function actorOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').slice(0, MAX_ACTOR_LENGTH) || null;
}
