/** Where tokens come from. */
export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Asked for besides `openid`, without the prefix. */
  readonly scopes: readonly string[];
  readonly scopePrefix: string;
  /** The claim of an access token that names its account; null where the settings name it. */
  readonly accountClaim: string | null;
}

/** What the console is told where it is served: `config.json`. */
export interface ConsoleConfig {
  readonly apiUrl: string;
  /** Null where no sign-in is needed: on this machine. */
  readonly auth: SignInConfig | null;
  /** Known accounts, the one to begin with first; may be empty. */
  readonly accounts: readonly string[];
}

/** The settings are not as expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export async function loadConfig(fetch: typeof globalThis.fetch): Promise<ConsoleConfig> {
  const response = await fetch('/console/config.json', { cache: 'no-cache' });
  return parseConfig(await response.json());
}

/** Throws ConfigError. */
export function parseConfig(json: unknown): ConsoleConfig {
  const { apiUrl, auth = null, account, accounts } = fieldsOf(json);
  if (typeof apiUrl !== 'string') throw new ConfigError('config.json lacks "apiUrl"');
  const given = Array.isArray(accounts) ? accounts : [account];
  return {
    apiUrl,
    auth: auth === null ? null : parseSignIn(auth),
    accounts: given.filter((one) => typeof one === 'string'),
  };
}

function parseSignIn(json: unknown): SignInConfig {
  const { issuer, clientId, scopes, scopePrefix = '', accountClaim } = fieldsOf(json);
  if (typeof issuer !== 'string' || typeof clientId !== 'string' || typeof scopePrefix !== 'string') {
    throw new ConfigError('config.json lacks members of "auth"');
  }
  return {
    issuer,
    clientId,
    scopePrefix,
    scopes: Array.isArray(scopes) ? scopes.map(String) : [],
    accountClaim: typeof accountClaim === 'string' ? accountClaim : null,
  };
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null) throw new ConfigError('config.json holds no object');
  return json as Readonly<Record<string, unknown>>;
}
