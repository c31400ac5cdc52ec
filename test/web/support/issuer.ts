import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** An OpenID provider that signs everybody in who goes on: authorization code with PKCE, and nothing else. */
export interface Issuer {
  readonly url: string;
  /** What it was asked for, the newest last. */
  readonly scopes: readonly string[];
  /** The access tokens that it gave, the newest last. */
  readonly tokens: readonly string[];
  /** From now on its access tokens are JSON Web Tokens that say this. */
  claim(claims: object): void;
  /** From now on it refuses. */
  refuse(): void;
  stop(): Promise<void>;
}

interface Grant {
  readonly challenge: string;
  readonly nonce: string | null;
}

const LASTS_IN_SECONDS = 3_600;

export async function startIssuer(): Promise<Issuer> {
  const grants = new Map<string, Grant>();
  const scopes: string[] = [];
  const tokens: string[] = [];
  let isRefusing = false;
  let claimed: object | null = null;
  let url = '';

  function authorize(query: URLSearchParams): string {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    scopes.push(query.get('scope') ?? '');
    if (isRefusing) {
      back.searchParams.set('error', 'access_denied');
      return back.href;
    }
    const code = randomUUID();
    grants.set(code, { challenge: query.get('code_challenge') ?? '', nonce: query.get('nonce') });
    back.searchParams.set('code', code);
    return back.href;
  }

  function exchange(form: URLSearchParams): object | null {
    const grant = grants.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant === undefined || grant.challenge !== challenge) return null;
    grants.delete(form.get('code') ?? '');
    const token = claimed === null ? `token-${randomUUID()}` : unsigned(claimed);
    tokens.push(token);
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: url,
      sub: 'marketer',
      aud: form.get('client_id'),
      iat: now,
      exp: now + LASTS_IN_SECONDS,
    };
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: LASTS_IN_SECONDS,
      id_token: unsigned({ ...claims, ...(grant.nonce !== null && { nonce: grant.nonce }) }),
    };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (pathname === '/.well-known/openid-configuration') return send(response, 200, discovery(url));
    if (pathname === '/authorize') {
      const back = authorize(searchParams).replaceAll('&', '&amp;');
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="${back}">Go on</a>`);
      return;
    }
    if (pathname !== '/token' || request.method !== 'POST') return send(response, 404, {});
    const given = exchange(new URLSearchParams(await text(request)));
    send(response, given === null ? 400 : 200, given ?? { error: 'invalid_grant' });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url,
    scopes,
    tokens,
    claim(claims) {
      claimed = claims;
    },
    refuse() {
      isRefusing = true;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function discovery(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    end_session_endpoint: `${url}/end`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  };
}

/** The console takes who signed in from nowhere else than the issuer itself, so the signature is not looked at. */
function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    .end(JSON.stringify(body));
}
