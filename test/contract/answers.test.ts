import { describe, expect, test } from '@jest/globals';
import { type OperationAt, operationsOf, readContract, resolve } from '../../contract/document.ts';
import { ROUTES } from '../../infra/routes.ts';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import {
  ACCOUNT,
  type Api,
  type Call,
  createApi,
  createRegisteredApi,
  functionOf,
  NOW,
  type Reply,
  type Stores,
} from '../functions/api-harness.ts';
import { bounceFor } from '../functions/notifications.ts';
import { apiEvent, tokenWith } from '../http/events.ts';
import { aStatus } from '../policy/builders.ts';

const ADA = 'ada@example.com';
const contract = readContract();
const operations = operationsOf(contract);

/** What the function behind an operation may answer, `200` or a problem code; what the gateway says itself is left out. */
function documentedAnswersOf({ operation }: OperationAt): string[] {
  return Object.entries(operation.responses).flatMap(([status, response]) => {
    const problems = resolve(contract, response).content['application/problem+json']?.examples ?? {};
    return status === '200' ? ['200'] : Object.keys(problems).filter((code) => code !== 'not_found');
  });
}

/** A call that works for each operation, when the account is registered and Ada's address bounced. */
const WORKING: Readonly<Record<string, Call>> = {
  listAccounts: {},
  correctSuppressions: { body: { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' } },
  listCorrections: {},
  readAccount: {},
  saveAccount: { body: { contacts: 1_000 } },
  filterRecipients: { body: { recipients: [ADA] } },
  listSuppressions: {},
  importSuppressions: { body: { rows: [{ address: ADA, reason: 'hard bounce' }] } },
  readSuppression: { address: ADA },
  unbounce: { address: ADA, body: { confirmedValid: true } },
  readUnbounceQuota: {},
  readStats: {},
  listUnbounces: {},
  listCampaigns: {},
  readCampaign: { campaign: 'spring' },
  listCampaignRecipients: { campaign: 'spring', query: { outcome: 'bounced' } },
  readGlobalBounce: { address: ADA },
  releaseAddress: { address: ADA, body: { reason: 'She called.', account: ACCOUNT } },
  eraseAddress: { address: ADA },
  readContract: {},
};

const CHANGED_CURSOR = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z', cursor: 'changed' };

interface Scenario {
  /** What goes before the call. */
  readonly before?: (api: Api) => unknown;
  /** What then fails or differs in the store. */
  readonly fault?: Partial<Stores>;
  /** What the call has instead. */
  readonly call?: Call;
}

const failing = (error: Error): Scenario => {
  const fail = () => Promise.reject(error);
  return { fault: { readAccount: fail, readWhole: fail, listAccounts: fail } };
};

/** How each answer comes about. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '200': {},
  body_not_json: { call: { body: '{' } },
  body_too_large: { call: { body: `"${'x'.repeat(3 * 1024 * 1024)}"` } },
  forbidden: { call: { authorizer: tokenWith({ scope: 'other', account: ACCOUNT }) } },
  internal: failing(new Error('a fault')),
  try_again: failing(new UnavailableError('No answer.')),
  invalid_account_id: { call: { account: 'no account' } },
  invalid_address: { call: { address: 'nobody' } },
  invalid_campaign: { call: { campaign: 'a b', body: { recipients: [], campaign: 'a b' } } },
  invalid_cursor: { call: { query: { outcome: 'bounced', cursor: 'changed' }, body: CHANGED_CURSOR } },
  no_identity: { call: { authorizer: null } },
  not_acceptable: { call: { headers: { accept: 'image/png' } } },
  unknown_account: { fault: { readAccount: async () => null } },
  unknown_campaign: { call: { campaign: 'autumn' } },
  too_many_recipients: { call: { body: { recipients: Array(10_001).fill(ADA) } } },
  split_the_call: { call: { body: { recipients: Array(10_000).fill('"'.repeat(140)) } } },
  identity_taken: {
    before: (api) => api.register({ sendingIdentities: ['taken.example'] }, 'other'),
    call: { body: { sendingIdentities: ['taken.example'] } },
  },
  one_address_only: { call: { body: [ADA] } },
  confirmation_required: { call: { body: {} } },
  not_suppressed: { call: { address: 'bob@example.com' } },
  global_bounce: {
    before: ({ twin }) =>
      twin.putStatus(addressHash(ADA), aStatus({ global: { declaredAt: NOW, rule: 'G1' } })),
  },
  reason_not_unbounceable: { before: (api) => api.record(bounceFor('unknown_user', ADA)) },
  already_unbounced_once: {
    before: async (api) => {
      await api.unbounce(ADA);
      api.time.now += DAY_IN_MS;
      await api.record(bounceFor('policy', ADA, { sentAt: api.time.now - 1 }));
    },
  },
  sending_identity_not_connected: { before: (api) => api.register({ sendingIdentities: [] }) },
  quota_exhausted: { fault: { readUsed: async () => 10 } },
};

/** What is wrong with a request is another thing for each operation. */
const INVALID_REQUESTS: Readonly<Record<string, Call>> = {
  saveAccount: { body: { contacts: -1 } },
  filterRecipients: { body: { recipients: ADA } },
  listAccounts: { query: { limit: '0' } },
  correctSuppressions: { body: { from: '2026-11-22T00:00:00Z' } },
  listCorrections: { query: { limit: '0' } },
  listSuppressions: { query: { reason: 'none' } },
  importSuppressions: { body: { rows: [] } },
  readStats: { query: { days: '91' } },
  listUnbounces: { query: { month: '2026-13' } },
  listCampaigns: { query: { limit: '0' } },
  listCampaignRecipients: { query: { outcome: 'sent' } },
  unbounce: { body: { confirmedValid: true, evidence: 'yes' } },
  releaseAddress: { body: { reason: ' ' } },
};

function scenarioOf(operationId: string, answer: string): Scenario | undefined {
  const invalid = INVALID_REQUESTS[operationId];
  return answer === 'invalid_request' && invalid ? { call: invalid } : SCENARIOS[answer];
}

async function play({ before, fault, call }: Scenario, { routeKey, operation }: OperationAt): Promise<Reply> {
  const scene = await createRegisteredApi();
  await scene.record(bounceFor('policy', ADA));
  await before?.(scene);
  const api = createApi({ now: scene.time.now, double: () => ({ ...scene.twin, ...fault }) });
  return await api.call(routeKey, { ...WORKING[operation.operationId], ...call });
}

describe.each(operations)('$operation.operationId gives every answer that is documented', (at) => {
  test.each(documentedAnswersOf(at))('%s', async (answer) => {
    const scenario = scenarioOf(at.operation.operationId, answer);
    const { status, body } = await play(scenario ?? {}, at);
    expect(status === 200 ? '200' : body.code).toBe(answer);
  });

  test('not_found, while the gateway knows it and the function does not yet', async () => {
    const functions = ROUTES.map((route) => route.function);
    const other = functions.find((name) => name !== functionOf(at.routeKey)) ?? 'administer';
    const reply = await createApi().send(other, apiEvent({ routeKey: at.routeKey }));
    expect(reply.body.code).toBe('not_found');
  });
});

test('no scenario is left that nothing is documented for', () => {
  const documented = new Set(operations.flatMap(documentedAnswersOf));
  expect(Object.keys(SCENARIOS).filter((answer) => !documented.has(answer))).toEqual([]);
});

describe('a request of the examples is taken', () => {
  const requests = operations.flatMap((at) =>
    Object.values(at.operation.requestBody?.content ?? {}).flatMap(({ examples }) =>
      Object.entries(examples).map(
        ([name, example]) => [at.operation.operationId, name, at, resolve(contract, example).value] as const,
      ),
    ),
  );

  test.each(requests)('by %s: %s', async (_id, _name, at, body) => {
    expect((await play({ call: { body } }, at)).status).toBe(200);
  });

  test.each(['bob@example.com', '~Ym9iQGV4YW1wbGUuY29t', addressHash('bob@example.com')])(
    'with the address %s',
    async (address) => {
      const api = await createRegisteredApi();
      await api.record(bounceFor('policy', 'bob@example.com'));
      expect((await api.look(address)).body).toMatchObject({ address: 'bob@example.com', suppressed: true });
    },
  );
});
