import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressHash } from '../../lib/store/address-hash.ts';
import { MEMBER_NAMES } from '../fuzz/wild-requests.ts';
import { signedBy, tokenWith } from '../http/events.ts';
import {
  ACCOUNT,
  type Api,
  createRegisteredApi,
  ERASE,
  expectProblem,
  FILTER,
  functionOf,
  GET_ACCOUNT,
  GLOBAL_BOUNCE,
  IMPORT,
  LIST,
  NOW,
  PUT_ACCOUNT,
  QUOTA,
  RELEASE,
  SUPPRESSION,
  UNBOUNCE,
} from './api-harness.ts';
import { bounceFor, echoOf } from './notifications.ts';

const SEED = 20_261_123;
const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const DEAD = 'dead@example.com';
const KNOWN = [ADA, BOB, DEAD, 'a/b@x.com', '50%off@x.com'];

/** What each route may answer to a caller that may call it, whatever the request. */
const STATUSES: Readonly<Record<string, readonly number[]>> = {
  [PUT_ACCOUNT]: [200, 400, 409, 413],
  [GET_ACCOUNT]: [200, 400, 404],
  [FILTER]: [200, 400, 404, 413],
  [IMPORT]: [200, 400, 404, 413],
  [LIST]: [200, 400, 404],
  [SUPPRESSION]: [200, 400, 404],
  [UNBOUNCE]: [200, 400, 404, 409, 413, 429],
  [QUOTA]: [200, 400, 404],
  [GLOBAL_BOUNCE]: [200, 400],
  [RELEASE]: [200, 400, 404, 413],
  [ERASE]: [200, 400],
};
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }));
const addresses = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.constantFrom(
    ...KNOWN,
    ...KNOWN.map(addressHash),
    ...KNOWN.map((one) => `~${Buffer.from(one).toString('base64url')}`),
  ),
  texts,
  texts.map((text) => `${text}@example.com`),
);
const members = fc.constantFrom(...MEMBER_NAMES, '__proto__', 'constructor', 'toString');
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(true, false, null, 0, -1, 1e308, 'spring', 'acme.example', 'other.example', ''),
    addresses,
    fc.double(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(members, texts), tie('value'), { maxKeys: 6 }),
  ),
}));
const importedRows = fc.record(
  { address: addresses, reason: texts, status: texts, diagnostic: texts, bouncedAt: texts },
  { requiredKeys: ['address'] },
);
const likely = fc.record(
  {
    recipients: fc.oneof(fc.array(addresses, { maxLength: 8 }), values),
    campaign: fc.oneof(fc.constantFrom('spring', null), values),
    rows: fc.oneof(fc.array(importedRows, { minLength: 1, maxLength: 4 }), values),
    confirmedValid: fc.oneof(fc.constant(true), values),
    evidence: fc.oneof(fc.record({ kind: texts, note: texts }), values),
    contacts: fc.oneof(fc.integer(), values),
    reason: fc.oneof(fc.constant('It is alive.'), values),
    account: fc.oneof(fc.constantFrom(ACCOUNT, 'nobody', null), values),
    sendingIdentities: fc.oneof(
      fc.array(fc.constantFrom('acme.example', 'b.example'), { maxLength: 3 }),
      values,
    ),
  },
  { requiredKeys: [] },
);
const bodies = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '{"confirmedValid":true}',
      '{"confirmedValid": true}',
      '{"recipients":["ada@example.com"]}',
      '{"sendingIdentities":["other.example"]}',
      '{"rows":[{"address":"ada@example.com"}]}',
      '{"reason":"It is alive.","account":"acme"}',
    ),
  },
  likely.map((body) => JSON.stringify(body)),
  values.map((body) => JSON.stringify(body)),
  texts,
  fc.constant(undefined),
);
const callers = fc.constantFrom(
  signedBy('arn:x'),
  tokenWith({ scope: 'operator recipients:filter suppressions:read suppressions:unbounce' }),
);

const requests = fc.record({
  routeKey: fc.constantFrom(...Object.keys(STATUSES)),
  pathParameters: fc.record({
    account: fc.oneof(fc.constantFrom(ACCOUNT, ACCOUNT, ACCOUNT, 'other', 'default'), texts),
    address: addresses,
  }),
  queryStringParameters: fc.oneof(
    fc.record(
      {
        limit: fc.oneof(fc.constantFrom('1', '1000'), texts),
        reason: fc.oneof(fc.constant('policy'), texts),
        cursor: texts,
      },
      { requiredKeys: [] },
    ),
    values,
  ),
  headers: fc.oneof(
    fc.dictionary(fc.oneof(fc.constant('Idempotency-Key'), texts), fc.oneof(texts, values)),
    values,
  ),
  body: bodies,
  isBase64Encoded: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  requestContext: fc.record({ requestId: texts, authorizer: callers }),
});

async function apiWithBounces(): Promise<Api> {
  const api = await createRegisteredApi();
  await api.register({ sendingIdentities: ['other.example'] }, 'other');
  await api.record(
    ...KNOWN.map((address) => bounceFor(address === DEAD ? 'unknown_user' : 'policy', address)),
    echoOf('Suppressed', 'g@example.com'),
  );
  return api;
}

/** Everything that an API function can change. */
async function stateOf({ twin }: Api) {
  const accounts = await Promise.all([ACCOUNT, 'other', 'default'].map((id) => twin.readAccount(id, NOW)));
  const addresses = await Promise.all(
    KNOWN.map((address) => twin.readAddress({ account: ACCOUNT, addressHash: addressHash(address) }, NOW)),
  );
  const used = await twin.readUsed({ account: ACCOUNT, month: '2026-11', deadlineAt: NOW });
  return { accounts, addresses, used, ledger: [...twin.ledger] };
}

test('whatever is asked, the answer is one of those in the book, and what is refused has changed nothing', async () => {
  const seen = new Map<string, Set<number>>();
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 20, size: 'max' }), async (several) => {
      const api = await apiWithBounces();
      for (const request of several) {
        const before = await stateOf(api);
        const reply = await api.send(functionOf(request.routeKey), request);
        expect(STATUSES[request.routeKey]).toContain(reply.status);
        const after = await stateOf(api);
        expect(after.ledger).toHaveLength(after.used);
        if (reply.status !== 200) {
          const { code, refusals } = reply.body;
          const rules = refusals?.map(({ rule }: { rule: string }) => rule);
          expectProblem(reply, { status: reply.status, code, rules });
          expect(after).toEqual(before);
        }
        seen.set(request.routeKey, (seen.get(request.routeKey) ?? new Set()).add(reply.status));
      }
      expect(api.telemetry.events).toEqual([]);
    }),
    { seed: SEED, numRuns: 300 },
  );
  expect([...(seen.get(UNBOUNCE) ?? [])].sort()).toEqual([200, 400, 404, 409]);
  expect([...(seen.get(PUT_ACCOUNT) ?? [])].sort()).toEqual([200, 400, 409]);
});
