import type { Outcome, Reason } from '../../client/index.ts';

/** A page of the console. */
export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'campaigns' }
  | {
      readonly page: 'campaign';
      readonly campaign: string;
      readonly outcome: Outcome;
      readonly reason: Reason | null;
    }
  | { readonly page: 'suppressed'; readonly reason: Reason | null }
  /** By the id of its row, since an address has no place in a URL; null for the one that the history's note names. */
  | { readonly page: 'address'; readonly id: string | null }
  | { readonly page: 'check' };

export interface Place {
  readonly account: string;
  readonly route: Route;
}

const BASE = '/console/';
const ACCOUNT = /^[A-Za-z0-9_-]{1,64}$/;

/** Null where no page is. */
export function parsePlace(path: string, query: URLSearchParams): Place | null {
  if (!path.startsWith(BASE)) return null;
  const [account = '', page = '', detail = '', ...rest] = path.slice(BASE.length).split('/').map(decode);
  const route = rest.length > 0 ? null : parseRoute(page, detail, query);
  return route !== null && ACCOUNT.test(account) ? { account, route } : null;
}

export function pathOf(account: string, route: Route): string {
  return `${BASE}${account}${detailOf(route)}`;
}

/** Whether the path names nothing, not even an account. */
export function isEntrance(path: string): boolean {
  return path === BASE || path === BASE.slice(0, -1);
}

function parseRoute(page: string, detail: string, query: URLSearchParams): Route | null {
  const reason = query.get('reason') as Reason | null;
  if (page === 'campaigns' && detail !== '') {
    const outcome = query.get('outcome') === 'not-sent' ? 'not-sent' : 'bounced';
    return { page: 'campaign', campaign: detail, outcome, reason };
  }
  if (page === 'address') return { page: 'address', id: detail === '' ? null : detail };
  if (detail !== '') return null;
  if (page === '') return { page: 'overview' };
  if (page === 'suppressed') return { page: 'suppressed', reason };
  return page === 'campaigns' || page === 'check' ? { page } : null;
}

function detailOf(route: Route): string {
  switch (route.page) {
    case 'overview':
      return '';
    case 'campaigns':
    case 'check':
      return `/${route.page}`;
    case 'suppressed':
      return `/suppressed${queryOf({ reason: route.reason })}`;
    case 'address':
      return route.id === null ? '/address' : `/address/${route.id}`;
    case 'campaign': {
      const query = queryOf({ outcome: route.outcome, reason: route.reason });
      return `/campaigns/${encodeURIComponent(route.campaign)}${query}`;
    }
  }
}

function queryOf(pairs: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
