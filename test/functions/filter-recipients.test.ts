import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import { aBounce, afterBounces, aStatus } from '../policy/builders.ts';
import {
  ACCOUNT,
  type Api,
  createApi,
  createRegisteredApi,
  expectProblem,
  FILTER,
  NOW,
  type Stores,
} from './api-harness.ts';
import { bouncedAt, bounceFor, complaintOf, echoOf, strikesOf } from './notifications.ts';

const ADA = 'ada@example.com';
const YESTERDAY = NOW - DAY_IN_MS;
const FREE = { allowed: true, refusals: [] };
const BARRED = { allowed: false, refusals: ['U3'] };

const notSent = (rule: string, changes: Record<string, unknown> = {}) => ({
  recipient: ADA,
  code: 'hard_bounce',
  rule,
  layer: 'own',
  until: null,
  bounce: null,
  unbounce: null,
  ...changes,
});
const bounceAnswer = (reason: string, status: string | null) => ({
  reason,
  status,
  bouncedAt: bouncedAt({}),
  campaign: 'spring',
});

describe('who is sent to', () => {
  test('P1: everybody of whom nothing is known, as written and in order', async () => {
    const api = await createRegisteredApi();
    const send = [
      'Zoe@Example.com ',
      'Ada Doe <ada@example.com>',
      'j\u00f6rg@b\u00fccher.example',
      '"a b"@x.org',
    ];
    expect(await api.filter(send)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        send,
        notSent: [],
        unbounce: { refusals: [] },
        counts: { recipients: 4, send: 4, notSent: 0, byCode: {} },
        checkedAt: toIso(NOW),
      },
    });
    expect(api.telemetry.counted('Verdict', { Code: 'send' })).toBe(4);
  });

  test('nobody, when there is nobody', async () => {
    const api = await createRegisteredApi();
    const { status, body } = await api.filter([]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ send: [], notSent: [], counts: { recipients: 0, send: 0, notSent: 0 } });
  });

  test('duplicates and what is no address stand in their place, and fail nobody else', async () => {
    const api = await createRegisteredApi();
    const recipients = [
      'Ada@example.com',
      'nobody',
      'ada@EXAMPLE.com',
      'bob@example.com',
      '',
      'ada@example.com',
    ];
    const { body } = await api.filter(recipients);
    const input = { layer: 'input', until: null, bounce: null, unbounce: null };
    const invalid = { ...input, address: null, code: 'invalid_address', rule: 'P6' };
    const duplicate = { ...input, code: 'duplicate', rule: 'P7' };
    expect(body.send).toEqual(['Ada@example.com', 'bob@example.com']);
    expect(body.notSent).toEqual([
      { recipient: 'nobody', ...invalid },
      { recipient: 'ada@EXAMPLE.com', address: 'ada@example.com', ...duplicate },
      { recipient: '', ...invalid },
      { recipient: 'ada@example.com', ...duplicate },
    ]);
    expect(body.counts).toEqual({
      recipients: 6,
      send: 2,
      notSent: 4,
      byCode: { invalid_address: 2, duplicate: 2 },
    });
  });

  test('P7: a duplicate of a suppressed address is a duplicate, and the first tells why', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const { body } = await api.filter([ADA, ADA]);
    expect(body.send).toEqual([]);
    expect(body.notSent.map(({ rule }: { rule: string }) => rule)).toEqual(['P2', 'P7']);
  });
});

describe('who is not, and why', () => {
  const dayMark = {
    layer: 'sesAccountList',
    listedFor: 'bounce',
    sentAt: YESTERDAY,
    markedAt: YESTERDAY,
    until: null,
  } as const;
  const listed = (until: number | null) => ({
    mark: { ...dayMark, until },
    removal: null,
    liftedFor: new Map<string, number>(),
    tenants: [],
  });
  const global = { declaredAt: YESTERDAY, rule: 'G1' };

  test.each<[string, (api: Api) => unknown, Record<string, unknown>]>([
    [
      'P2: a reason that may be unbounced',
      (api) => api.record(bounceFor('policy', ADA)),
      notSent('P2', { bounce: bounceAnswer('policy', '5.7.1'), unbounce: FREE }),
    ],
    [
      'P2: a dead mailbox may not',
      (api) => api.record(bounceFor('unknown_user', ADA)),
      notSent('P2', { bounce: bounceAnswer('unknown_user', '5.1.1'), unbounce: BARRED }),
    ],
    [
      'P3: a complaint that names one recipient may not',
      (api) => api.record(complaintOf([ADA])),
      notSent('P3', { code: 'complaint', bounce: bounceAnswer('complaint', null), unbounce: BARRED }),
    ],
    [
      'P3: a complaint that names several may',
      (api) => api.record(complaintOf([ADA, 'bob@example.com'])),
      notSent('P3', { code: 'complaint', bounce: bounceAnswer('complaint', null), unbounce: FREE }),
    ],
    [
      'P4: a global bounce is for the operator',
      (api) => api.twin.putStatus(addressHash(ADA), aStatus({ global })),
      notSent('P4', {
        code: 'global_bounce',
        layer: 'global',
        unbounce: { allowed: false, refusals: ['U4'] },
      }),
    ],
    [
      "P5: SES's account list does not end",
      (api) => api.record(echoOf('OnAccountSuppressionList', ADA)),
      notSent('P5', { code: 'ses_suppressed', layer: 'sesAccountList', unbounce: FREE }),
    ],
    [
      "P5: SES's global list ends after 14 days and cannot be lifted",
      (api) => api.record(echoOf('Suppressed', ADA)),
      notSent('P5', {
        code: 'ses_suppressed',
        layer: 'sesGlobalList',
        until: toIso(Date.parse(bouncedAt({})) + 14 * DAY_IN_MS),
        unbounce: BARRED,
      }),
    ],
    [
      'P5: a failed validation ends after 30 days',
      (api) => api.record(echoOf('EmailValidationSuppressed', ADA)),
      notSent('P5', {
        code: 'ses_suppressed',
        layer: 'sesValidation',
        until: toIso(Date.parse(bouncedAt({})) + 30 * DAY_IN_MS),
        unbounce: FREE,
      }),
    ],
    [
      'P5: of several layers the one that ends last',
      (api) => {
        const ses = { sesGlobalList: listed(NOW + DAY_IN_MS), sesValidation: listed(NOW + 2 * DAY_IN_MS) };
        api.twin.putStatus(addressHash(ADA), aStatus({ ses }));
      },
      notSent('P5', {
        code: 'ses_suppressed',
        layer: 'sesValidation',
        until: toIso(NOW + 2 * DAY_IN_MS),
        unbounce: BARRED,
      }),
    ],
    [
      'P8: soft bounces, with the last of them and when they are forgotten',
      (api) => api.record(...strikesOf(ADA)),
      notSent('P8', {
        code: 'repeated_soft_bounces',
        until: '2027-02-20T00:00:00.000Z',
        bounce: bounceAnswer('mailbox_full', '4.2.2'),
        unbounce: BARRED,
      }),
    ],
  ])('%s', async (_, arrange, expected) => {
    const api = await createRegisteredApi();
    await arrange(api);
    const { body } = await api.filter(['bob@example.net', ADA]);
    expect(body.send).toEqual(['bob@example.net']);
    expect(body.notSent).toEqual([expected]);
    expect(body.counts.byCode).toEqual({ [String(expected['code'])]: 1 });
    expect(api.telemetry.counted('Verdict', { Code: String(expected['code']) })).toBe(1);
  });

  test('first a global bounce, then a complaint, a hard bounce, soft bounces, SES', async () => {
    const api = await createRegisteredApi();
    const rules: string[] = [];
    const steps: (() => unknown)[] = [
      () => api.record(echoOf('Suppressed', ADA)),
      () => api.record(...strikesOf(ADA)),
      () => api.record(bounceFor('policy', ADA)),
      () => api.record(complaintOf([ADA])),
      async () => {
        const statuses = await api.twin.readStatuses([addressHash(ADA)], NOW);
        const status = statuses.get(addressHash(ADA)) as AddressStatus;
        api.twin.putStatus(addressHash(ADA), { ...status, global });
      },
    ];
    for (const step of steps) {
      await step();
      rules.push((await api.filter([ADA])).body.notSent[0].rule);
    }
    expect(rules).toEqual(['P5', 'P8', 'P2', 'P3', 'P4']);
  });

  test('the canonical address only where it differs from what was written', async () => {
    const api = await createRegisteredApi();
    await api.record(bounceFor('policy', ADA));
    const [first] = (await api.filter([' Ada <ADA@example.com>'])).body.notSent;
    expect(first).toMatchObject({ recipient: ' Ada <ADA@example.com>', address: ADA });
    const [second] = (await api.filter([ADA])).body.notSent;
    expect(second).not.toHaveProperty('address');
  });

  test('not what another account suppresses', async () => {
    const api = await createRegisteredApi();
    await api.register({}, 'other');
    await api.record(bounceFor('policy', ADA, { account: 'other' }));
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);
    expect((await api.filter([ADA], { account: 'other' })).body.send).toEqual([]);
  });

  test('only while it lasts: soft bounces are forgotten at their end, to the millisecond', async () => {
    const api = await createRegisteredApi();
    await api.record(...strikesOf(ADA));
    api.time.now = Date.parse('2027-02-19T23:59:59.999Z');
    expect((await api.filter([ADA])).body.send).toEqual([]);
    api.time.now += 1;
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);
  });
});

describe('what holds for the whole account stands once at the top', () => {
  test('U7: no sending identity', async () => {
    const api = createApi();
    await api.register({});
    await api.record(bounceFor('policy', ADA));
    const { body } = await api.filter([ADA]);
    expect(body.unbounce).toEqual({ refusals: ['U7'] });
    expect(body.notSent[0].unbounce).toEqual(FREE);
  });

  test('U6: a quota that is used up', async () => {
    const api = await createRegisteredApi({ double: () => ({ readUsed: async () => 10 }) });
    expect((await api.filter([])).body.unbounce).toEqual({ refusals: ['U6'] });
  });

  test('U7 and U6 together', async () => {
    const api = createApi({ double: () => ({ readUsed: async () => 10 }) });
    await api.register({});
    expect((await api.filter([])).body.unbounce).toEqual({ refusals: ['U7', 'U6'] });
  });

  test('the default account needs no registration', async () => {
    const { status, body } = await createApi().filter([ADA], { account: 'default' });
    expect(status).toBe(200);
    expect(body.unbounce).toEqual({ refusals: ['U7'] });
  });
});

describe('a large list', () => {
  const many = (amount: number) =>
    Array.from({ length: amount }, (_, index) => `firstname.lastname.${index}@mail.example.com`);

  async function suppressAll(api: Api, addresses: readonly string[], campaign: string): Promise<void> {
    const bounce = aBounce({ campaign, status: '5.7.1', diagnostic: '"\u2028'.repeat(250) });
    for (const address of addresses) {
      const key = { account: ACCOUNT, addressHash: addressHash(address) };
      const change = (before: Parameters<typeof afterBounces>[2]) =>
        afterBounces([bounce], { address }, before);
      await api.twin.updateAddress(key, { change, deadlineAt: NOW });
    }
  }

  test('of 10,000 is answered in one call, in order', async () => {
    const api = await createRegisteredApi();
    const recipients = many(10_000);
    await suppressAll(api, recipients.slice(0, 5), 'spring');
    const { status, body } = await api.filter(recipients);
    expect(status).toBe(200);
    expect(body.send).toEqual(recipients.slice(5));
    expect(body.counts).toMatchObject({ recipients: 10_000, send: 9_995, notSent: 5 });
  });

  test('of 10,000 suppressed ones is answered in one call, under what Lambda carries', async () => {
    const api = await createRegisteredApi();
    const recipients = many(10_000);
    await suppressAll(api, recipients, 'a-campaign-with-a-name-that-nobody-would-type-twice'.repeat(4));
    const { status, text, body } = await api.filter(recipients);
    expect(status).toBe(200);
    expect(body.notSent).toHaveLength(10_000);
    expect(body.notSent[9_999].bounce.campaign).toMatch(/^a-campaign/);
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(5_500_000);
  });

  test('whose answer would be larger is to be split', async () => {
    const api = await createRegisteredApi();
    const recipients = many(10_000);
    await suppressAll(api, recipients, 'c'.repeat(256));
    expectProblem(await api.filter(recipients), { status: 413, code: 'split_the_call' });
    expect((await api.filter(recipients.slice(5_000))).status).toBe(200);
  });

  test('of 10,001 is to be split', async () => {
    const api = await createRegisteredApi();
    expectProblem(await api.filter(many(10_001)), { status: 413, code: 'too_many_recipients' });
  });
});

/** The real store over a table that answers every read with this item. */
function storeHolding(item: Record<string, unknown>): AddressStore {
  const Responses = { bounces: [marshall(item, { removeUndefinedValues: true })] };
  const client = { send: async () => ({ Responses }) };
  const tables = { addressBounces: 'bounces' };
  const context = { client, tables, clock: () => NOW, sleep: async () => {}, random: () => 0 };
  return createDynamoAddressStore(context as unknown as DynamoContext);
}

describe('reading', () => {
  const unread = async () => {
    throw new UnavailableError('Some addresses could not be read in time.', { retryAfterInSeconds: 2 });
  };

  test.each<keyof Stores>(['readStatuses', 'readRecords', 'readAccount', 'readUsed'])(
    'that fails in %s sends nobody anything: 503, and safe to repeat',
    async (method) => {
      const api = createApi({ double: () => ({ [method]: unread }) });
      await api.record(bounceFor('policy', ADA, { account: 'default' }));
      const reply = await api.filter([ADA, 'bob@example.com'], { account: 'default' });
      expectProblem(reply, { status: 503, code: 'try_again' });
      expect(reply.headers['retry-after']).toBe('2');
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['without a version', { v: undefined }],
    ['whose suppression is no list', { 'a#acme': 'policy' }],
    ['whose reason nobody knows', { 'a#acme': [{ code: 'bad_mood', rule: 'B99' }] }],
    ['whose end is no time', { 'a#acme': [{ code: 'policy', rule: 'B7', until: 'soon' }] }],
    ['whose mark of SES is no map', { ses: { sesAccountList: 'listed' } }],
  ])('an item %s sends nobody anything: it is for the operator', async (_, changes) => {
    const item = { addressHash: addressHash(ADA), scope: 'status', v: 1, ...changes };
    const api = await createRegisteredApi({ double: () => storeHolding(item) });
    expectProblem(await api.filter([ADA]), { status: 500, code: 'internal' });
    expect(api.telemetry.events).toMatchObject([{ level: 'error', event: 'request_failed' }]);
  });

  test('takes one read for all statuses, one for the evidence of those not sent, and two a call', async () => {
    const reads: string[] = [];
    const asked: (readonly string[])[] = [];
    const api = await createRegisteredApi({
      double: (twin) => ({
        readAccount: (...query) => {
          reads.push('account');
          return twin.readAccount(...query);
        },
        readUsed: (query) => {
          reads.push('used');
          return twin.readUsed(query);
        },
        readStatuses: (hashes, deadlineAt) => {
          reads.push('statuses');
          asked.push(hashes);
          return twin.readStatuses(hashes, deadlineAt);
        },
        readRecords: (query) => {
          reads.push('records');
          asked.push(query.addressHashes);
          return twin.readRecords(query);
        },
      }),
    });
    await api.record(bounceFor('policy', ADA));
    reads.length = 0;
    await api.filter(['bob@example.com', ADA, 'nobody', 'BOB@example.com', ADA]);
    expect(reads.sort()).toEqual(['account', 'records', 'statuses', 'used']);
    expect(asked).toEqual([[addressHash('bob@example.com'), addressHash(ADA)], [addressHash(ADA)]]);
  });

  test('has a deadline of 20 s', async () => {
    const deadlines: number[] = [];
    const api = await createRegisteredApi({
      double: (twin) => ({
        readStatuses: (hashes, deadlineAt) => {
          deadlines.push(deadlineAt);
          return twin.readStatuses(hashes, deadlineAt);
        },
      }),
    });
    await api.filter([ADA]);
    expect(deadlines).toEqual([NOW + 20_000]);
  });
});

describe('a bad request is a problem', () => {
  test.each<[string, unknown, number, string]>([
    ['no JSON', '{"recipients":', 400, 'body_not_json'],
    ['no body', undefined, 400, 'invalid_request'],
    ['a list', ['ada@example.com'], 400, 'invalid_request'],
    ['null', 'null', 400, 'invalid_request'],
    ['no recipients', {}, 400, 'invalid_request'],
    ['recipients null', { recipients: null }, 400, 'invalid_request'],
    ['recipients as text', { recipients: ADA }, 400, 'invalid_request'],
    ['recipients as an object', { recipients: { 0: ADA } }, 400, 'invalid_request'],
    ['a recipient that is no text', { recipients: [ADA, 7] }, 400, 'invalid_request'],
    ['a campaign that is no text', { recipients: [], campaign: 7 }, 400, 'invalid_request'],
    ['a campaign with a space', { recipients: [], campaign: 'spring sale' }, 400, 'invalid_campaign'],
    ['an empty campaign', { recipients: [], campaign: '' }, 400, 'invalid_campaign'],
    ['a campaign too long', { recipients: [], campaign: 'c'.repeat(257) }, 400, 'invalid_request'],
    ['a body over 3 MiB', { recipients: ['x'.repeat(3 * 1024 * 1024)] }, 413, 'body_too_large'],
  ])('%s', async (_, body, status, code) => {
    const api = await createRegisteredApi();
    expectProblem(await api.call(FILTER, { body }), { status, code });
  });

  test('that names the member', async () => {
    const api = await createRegisteredApi();
    const { body } = await api.filter([ADA, null]);
    expect(body.detail).toBe('The member "recipients[1]" must be a string.');
  });

  test('an account that nobody registered', async () => {
    expectProblem(await createApi().filter([ADA]), { status: 404, code: 'unknown_account' });
  });

  test.each(['spring', 'a.b_c-d@e', 'c'.repeat(256)])('but not the campaign %s', async (campaign) => {
    const api = await createRegisteredApi();
    expect((await api.filter([ADA], { campaign })).status).toBe(200);
  });

  test('nor members that nobody knows', async () => {
    const api = await createRegisteredApi();
    expect((await api.call(FILTER, { body: { recipients: [ADA], colour: 'red' } })).body.send).toEqual([ADA]);
  });
});
