/** The functions that answer requests, by their folder under `functions/`. */
export type ApiFunctionName =
  | 'administer'
  | 'correct-suppressions'
  | 'filter-recipients'
  | 'import-suppressions'
  | 'read-suppressions'
  | 'serve-contract'
  | 'unbounce';

export type Scope = 'operator' | 'recipients:filter' | 'suppressions:read' | 'suppressions:unbounce';

export interface Route {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly function: ApiFunctionName;
  /** What a token must carry, and which of the two policies names the route; null where any identity will do. */
  readonly scope: Scope | null;
}

const ACCOUNT = '/v1/accounts/{account}';
const SUPPRESSION = `${ACCOUNT}/suppressions/{address}`;
const GLOBAL_BOUNCE = '/v1/global-bounces/{address}';
const CAMPAIGN = `${ACCOUNT}/campaigns/{campaign}`;

/** Every route of the API, one row each. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/accounts', function: 'administer', scope: 'operator' },
  { method: 'PUT', path: ACCOUNT, function: 'administer', scope: 'operator' },
  { method: 'GET', path: ACCOUNT, function: 'administer', scope: 'suppressions:read' },
  {
    method: 'POST',
    path: `${ACCOUNT}/recipients/filter`,
    function: 'filter-recipients',
    scope: 'recipients:filter',
  },
  {
    method: 'GET',
    path: `${ACCOUNT}/suppressions`,
    function: 'read-suppressions',
    scope: 'suppressions:read',
  },
  {
    method: 'POST',
    path: `${ACCOUNT}/suppressions/import`,
    function: 'import-suppressions',
    scope: 'operator',
  },
  { method: 'GET', path: SUPPRESSION, function: 'read-suppressions', scope: 'suppressions:read' },
  {
    method: 'GET',
    path: `${ACCOUNT}/unbounce-quota`,
    function: 'read-suppressions',
    scope: 'suppressions:read',
  },
  { method: 'GET', path: `${ACCOUNT}/stats`, function: 'read-suppressions', scope: 'suppressions:read' },
  { method: 'GET', path: `${ACCOUNT}/unbounces`, function: 'read-suppressions', scope: 'suppressions:read' },
  { method: 'GET', path: `${ACCOUNT}/campaigns`, function: 'read-suppressions', scope: 'suppressions:read' },
  { method: 'GET', path: CAMPAIGN, function: 'read-suppressions', scope: 'suppressions:read' },
  {
    method: 'GET',
    path: `${CAMPAIGN}/recipients`,
    function: 'read-suppressions',
    scope: 'suppressions:read',
  },
  { method: 'POST', path: `${SUPPRESSION}/unbounce`, function: 'unbounce', scope: 'suppressions:unbounce' },
  { method: 'POST', path: `${ACCOUNT}/corrections`, function: 'correct-suppressions', scope: 'operator' },
  {
    method: 'GET',
    path: `${ACCOUNT}/corrections`,
    function: 'correct-suppressions',
    scope: 'suppressions:read',
  },
  { method: 'GET', path: GLOBAL_BOUNCE, function: 'administer', scope: 'operator' },
  { method: 'POST', path: `${GLOBAL_BOUNCE}/release`, function: 'administer', scope: 'operator' },
  { method: 'DELETE', path: '/v1/addresses/{address}', function: 'administer', scope: 'operator' },
  { method: 'GET', path: '/v1/openapi.json', function: 'serve-contract', scope: null },
];
