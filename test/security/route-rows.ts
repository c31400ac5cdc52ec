import type { Scope } from '../../infra/routes.ts';

/** What is expected of a route: who may, and a request that is fine in everything but who calls. */
export interface RouteRow {
  /** Written down a second time on purpose: who opens a route to others must say so here too. */
  readonly scope: Scope | null;
  readonly body?: unknown;
  readonly query?: string;
  /** What it answers to who may; 200 where nothing is said. */
  readonly status?: number;
}

const READ = { scope: 'suppressions:read' } as const;
const OPERATOR = { scope: 'operator' } as const;

/** A row for every route of infra/routes.ts; a route without one fails. */
export const ROUTE_ROWS: Readonly<Record<string, RouteRow>> = {
  'PUT /v1/accounts/{account}': { ...OPERATOR, body: {} },
  'GET /v1/accounts/{account}': READ,
  'POST /v1/accounts/{account}/recipients/filter': {
    scope: 'recipients:filter',
    body: {
      recipients: ['shared@example.com', 'theirs@example.com', 'dead@example.com'],
      campaign: 'spring',
    },
  },
  'GET /v1/accounts/{account}/suppressions': READ,
  'POST /v1/accounts/{account}/suppressions/import': {
    ...OPERATOR,
    body: { rows: [{ address: 'imported@example.com', reason: 'policy' }] },
  },
  'GET /v1/accounts/{account}/suppressions/{address}': READ,
  'GET /v1/accounts/{account}/unbounce-quota': READ,
  'GET /v1/accounts/{account}/stats': READ,
  'GET /v1/accounts/{account}/unbounces': READ,
  'GET /v1/accounts/{account}/campaigns': READ,
  'GET /v1/accounts/{account}/campaigns/{campaign}': READ,
  'GET /v1/accounts/{account}/campaigns/{campaign}/recipients': { ...READ, query: 'outcome=bounced' },
  'POST /v1/accounts/{account}/suppressions/{address}/unbounce': {
    scope: 'suppressions:unbounce',
    body: { confirmedValid: true },
  },
  'GET /v1/accounts': OPERATOR,
  'POST /v1/accounts/{account}/corrections': {
    ...OPERATOR,
    body: { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
  },
  'GET /v1/accounts/{account}/corrections': READ,
  'GET /v1/global-bounces/{address}': OPERATOR,
  'POST /v1/global-bounces/{address}/release': { ...OPERATOR, body: { reason: 'It is alive.' } },
  'DELETE /v1/addresses/{address}': OPERATOR,
  'GET /v1/openapi.json': { scope: null },
};
