import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { SignInConfig } from './config.ts';
import type { Session } from './session.ts';

/** Where the issuer sends the browser back to; it is registered there. */
const ENTRANCE = '/console/';

/**
 * Signs in with authorization code and PKCE (RFC 7636). Tokens stay in memory, so a reload goes by the issuer again;
 * what outlives the page is the code verifier alone, in the tab's session storage.
 */
export async function signIn({
  issuer,
  clientId,
  scopes,
  scopePrefix,
  accountClaim,
}: SignInConfig): Promise<Session> {
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${ENTRANCE}`,
    post_logout_redirect_uri: `${location.origin}${ENTRANCE}`,
    response_type: 'code',
    scope: ['openid', ...scopes.map((scope) => `${scopePrefix}${scope}`)].join(' '),
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    monitorSession: false,
    loadUserInfo: false,
  });
  if (isComingBack()) await finish(manager);
  else await leave(manager);
  const token = (await manager.getUser())?.access_token ?? '';
  return {
    account: accountClaim === null ? null : claimOf(token, accountClaim),
    token: async () => (await manager.getUser())?.access_token ?? '',
    signOut: await signOutOf(manager),
  };
}

/** Null where the issuer has no such thing. */
async function signOutOf(manager: UserManager): Promise<Session['signOut']> {
  const endpoint = await manager.metadataService.getEndSessionEndpoint();
  return endpoint === undefined ? null : () => manager.signoutRedirect();
}

/** Says which page to open first, and nothing about rights: the API looks at the token itself. Null for an opaque token. */
function claimOf(token: string, claim: string): string | null {
  try {
    const [, payload = ''] = token.split('.');
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const value: unknown = JSON.parse(text)[claim];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function isComingBack(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/** Takes the code out of the address bar and the history, whatever becomes of it. */
async function finish(manager: UserManager): Promise<void> {
  const answer = location.href;
  history.replaceState({}, '', ENTRANCE);
  const { state } = await manager.signinCallback(answer).then((user) => user ?? { state: null });
  if (typeof state === 'string' && state.startsWith(ENTRANCE)) history.replaceState({}, '', state);
}

async function leave(manager: UserManager): Promise<never> {
  await manager.signinRedirect({ state: `${location.pathname}${location.search}` });
  return await new Promise<never>(() => {});
}
