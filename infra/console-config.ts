import type { Scope } from './routes.ts';
import type { ConsoleSettings, JwtSettings } from './settings.ts';

/** What the console does; operators work by other means. */
const SCOPES: readonly Scope[] = ['suppressions:read', 'suppressions:unbounce', 'recipients:filter'];

/** What a deployed console is told in `config.json`; the API is on its own host. */
export function consoleConfig({ clientId }: ConsoleSettings, jwt: JwtSettings) {
  const { issuer, scopePrefix, account, accountClaim } = jwt;
  return {
    apiUrl: '/',
    auth: { issuer, clientId, scopes: SCOPES, scopePrefix, accountClaim },
    account,
  };
}
