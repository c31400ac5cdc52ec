import { ROUTES, type Route } from '../../infra/routes.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { signedBy, tokenWith } from '../http/events.ts';
import { ROUTE_ROWS } from '../security/route-rows.ts';
import type { Chance } from './chance.ts';
import { ADDRESSES, mutated, wildObject, wildText, wildValue } from './wild-values.ts';

/** A request as it may come in over the wire. */
export interface WildRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly authorizer: unknown;
}

/** Every member that a body or a query may hold. */
export const MEMBER_NAMES = [
  'recipients',
  'campaign',
  'confirmedValid',
  'evidence',
  'kind',
  'note',
  'contacts',
  'sendingIdentities',
  'reason',
  'account',
  'rows',
  'address',
  'bouncedAt',
  'diagnostic',
  'dryRun',
  'from',
  'to',
  'apply',
  'cursor',
  'limit',
  'domain',
];
const QUERIES = ['limit', 'cursor', 'reason', 'month', 'outcome', 'from', 'to', 'constructor'];
const LIMITS = ['1', '0', '-1', '1000', '99999999999', '1e3', 'NaN', ''];
const SCOPES = 'operator recipients:filter suppressions:read suppressions:unbounce';
const MANY = 10_001;

/** A request that is right, or nearly, or not at all. */
export function wildRequest(chance: Chance): WildRequest {
  const route = chance.of(ROUTES);
  return {
    method: route.method,
    rawPath: wildPath(chance, route),
    rawQuery: wildQuery(chance, ROUTE_ROWS[`${route.method} ${route.path}`]?.query),
    headers: wildHeaders(chance),
    body: route.method === 'GET' && !chance.once(20) ? Buffer.alloc(0) : wildBody(chance, route),
    authorizer: chance.once(20)
      ? wildValue(chance, ['iam', 'jwt', 'claims', 'sub', 'scope', 'userArn'])
      : chance.of([signedBy('arn:x'), tokenWith({ scope: SCOPES, account: 'acme' })]),
  };
}

function wildPath(chance: Chance, { path }: Route): string {
  const filled = path
    .replace('{account}', () =>
      chance.once(6) ? encoded(chance, wildText(chance)) : chance.of(['acme', 'other']),
    )
    .replace('{campaign}', () => (chance.once(3) ? encoded(chance, wildText(chance)) : 'spring'))
    .replace('{address}', () => encoded(chance, wildAddress(chance)));
  return chance.once(15) ? `${filled}${chance.of(['/', '%2F', '%3F', '//', '/..', '%', '%zz'])}` : filled;
}

function wildAddress(chance: Chance): string {
  const address = chance.once(2) ? chance.of(ADDRESSES) : wildText(chance);
  switch (chance.below(4)) {
    case 0:
      return `~${Buffer.from(address).toString('base64url')}`;
    case 1:
      return addressHash(address);
    default:
      return address;
  }
}

/** As a client would encode it, or as somebody who does not know how. */
function encoded(chance: Chance, text: string): string {
  return chance.once(5) ? text.replace(/[^\x21-\x7e]|[?#]/g, '_') : encodeURIComponent(text.toWellFormed());
}

function wildQuery(chance: Chance, right = ''): string {
  const parts = chance.once(2) ? [right] : [];
  for (let times = chance.below(3); times > 0; times--) {
    const name = chance.of(QUERIES);
    const value = name === 'limit' ? chance.of(LIMITS) : wildText(chance).toWellFormed();
    parts.push(chance.once(10) ? value : `${name}=${encodeURIComponent(value)}`);
  }
  return parts.filter((part) => part !== '').join('&');
}

function wildHeaders(chance: Chance): Record<string, string> {
  return {
    'content-type': chance.of(['application/json', 'application/json', 'text/plain', 'image/png', '']),
    ...(chance.once(3) && {
      accept: chance.of(['text/csv', 'application/x-ndjson', '*/*;q=0', wildText(chance)]),
    }),
    ...(chance.once(4) && { 'idempotency-key': wildText(chance) }),
  };
}

function wildBody(chance: Chance, { method, path }: Route): Buffer {
  const right = ROUTE_ROWS[`${method} ${path}`]?.body ?? {};
  switch (chance.below(8)) {
    case 0:
      return Buffer.from(JSON.stringify(right));
    case 1:
      return Buffer.from(JSON.stringify({ ...right, ...wildObject(chance, MEMBER_NAMES) }));
    case 2:
      return Buffer.from(JSON.stringify(swapped(chance, right)));
    case 3:
      return mutated(chance, JSON.stringify(right));
    case 4:
      return Buffer.from(JSON.stringify(wildValue(chance, MEMBER_NAMES)));
    case 5:
      return Buffer.from(Array.from({ length: chance.below(200) }, () => chance.below(256)));
    case 6:
      return chance.once(40) ? heavy(chance) : Buffer.from(`${JSON.stringify(right)}${wildText(chance)}`);
    default:
      return Buffer.from(`{"__proto__":{"recipients":["x@example.com"]},"x":${JSON.stringify(right)}}`);
  }
}

/** One member that is asked for, with something else in it. */
function swapped(chance: Chance, right: object): object {
  const names = Object.keys(right);
  return names.length === 0 ? {} : { ...right, [chance.of(names)]: wildValue(chance, MEMBER_NAMES) };
}

/** What is too large, too many or too deep. */
function heavy(chance: Chance): Buffer {
  switch (chance.below(4)) {
    case 0:
      return Buffer.alloc(3 * 1024 * 1024 + chance.below(3), 0x20);
    case 1:
      return Buffer.from('['.repeat(500_000));
    case 2:
      return Buffer.from(JSON.stringify({ recipients: Array(MANY).fill('x@example.com') }));
    default:
      return Buffer.from(JSON.stringify({ recipients: Array.from({ length: 500 }, () => wildText(chance)) }));
  }
}
