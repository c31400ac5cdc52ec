import { describe, expect, test } from '@jest/globals';
import { writeCursor } from '../../lib/http/cursor.ts';
import { DAY_IN_MS, HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import {
  ACCOUNT,
  type Api,
  createApi,
  createRegisteredApi,
  expectProblem,
  NOW,
  UNBOUNCES,
} from './api-harness.ts';
import { bouncedAt, bounceFor, echoOf } from './notifications.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const FINE = { state: 'fine', at: null, reason: null };

const unbounces = (api: Api, query: Readonly<Record<string, string>> = {}) => api.call(UNBOUNCES, { query });

async function unbounce(api: Api, address: string, evidence?: object) {
  await api.record(bounceFor('policy', address));
  const { status } = await api.unbounce(address, { body: { confirmedValid: true, evidence } });
  expect(status).toBe(200);
}

describe('the unbounces of a month', () => {
  test('say who, when, with which evidence, what was lifted, and that the address is fine', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA, { kind: 'replied', note: 'On the phone.' });
    const { status, body } = await unbounces(api, { month: '2026-11' });
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          id: addressHash(ADA),
          address: ADA,
          erased: false,
          unbouncedAt: toIso(NOW),
          by: expect.stringContaining('arn:'),
          evidence: { kind: 'replied', note: 'On the phone.' },
          lifted: { reason: 'policy', rule: 'B7' },
          after: FINE,
        },
      ],
    });
  });

  test('say that an address bounced again, when and why', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA);
    await unbounce(api, BOB);
    const sentAt = NOW + HOUR_IN_MS;
    api.time.now += DAY_IN_MS;
    await api.record(bounceFor('unknown_user', ADA, { sentAt }), bounceFor('mailbox_full', BOB, { sentAt }));
    const { body } = await unbounces(api);
    const after = Object.fromEntries(
      body.items.map((item: { address: string; after: unknown }) => [item.address, item.after]),
    );
    expect(after).toEqual({
      [ADA]: { state: 'bounced_again', at: bouncedAt({ sentAt }), reason: 'unknown_user' },
      [BOB]: FINE,
    });
  });

  test('lifted nothing of the account where only a layer blocked', async () => {
    const api = await createRegisteredApi();
    await api.record(echoOf('EmailValidationSuppressed', ADA));
    expect((await api.unbounce(ADA)).status).toBe(200);
    expect((await unbounces(api)).body.items).toMatchObject([{ address: ADA, lifted: null, after: FINE }]);
  });

  test('show no address after an erasure', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA);
    await api.twin.updateAddress(
      { account: ACCOUNT, addressHash: addressHash(ADA) },
      {
        change: ({ record, status }) => ({ record: { ...record, address: null, erasedAt: NOW }, status }),
        deadlineAt: NOW,
      },
    );
    expect((await unbounces(api)).body.items).toMatchObject([{ address: null, erased: true }]);
  });

  test('are those of the present month when none is named, newest first, page by page', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA);
    api.time.now += 30 * DAY_IN_MS;
    await unbounce(api, BOB);
    api.time.now += 1;
    await unbounce(api, 'carl@example.com');
    const first = await unbounces(api, { limit: '1' });
    const second = await unbounces(api, { limit: '1', cursor: first.body.cursor });
    const addresses = [first, second].flatMap(({ body }) =>
      body.items.map(({ address }: { address: string }) => address),
    );
    expect(addresses).toEqual(['carl@example.com', BOB]);
    expect(second.body.cursor).toBeUndefined();
    expect((await unbounces(api, { month: '2026-11' })).body.items).toMatchObject([{ address: ADA }]);
  });

  test('begun in one month go on in it when the next has come', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA);
    await unbounce(api, BOB);
    const first = await unbounces(api, { limit: '1' });
    api.time.now += 30 * DAY_IN_MS;
    const second = await unbounces(api, { limit: '1', cursor: first.body.cursor });
    expect([...first.body.items, ...second.body.items]).toHaveLength(2);
    expect(new Set([first, second].map(({ body }) => body.items[0].address))).toEqual(new Set([ADA, BOB]));
  });
});

describe('refused', () => {
  test.each(['2026-13', '2026-00', '2026', '26-11', '2026-11-23', ''])('is %p for a month', async (month) => {
    const api = await createRegisteredApi();
    expectProblem(await unbounces(api, { month }), { status: 400, code: 'invalid_request' });
  });

  test('is a cursor of another month, and a forged one that leads out of its own', async () => {
    const api = await createRegisteredApi();
    await unbounce(api, ADA);
    await unbounce(api, BOB);
    const { body } = await unbounces(api, { month: '2026-11', limit: '1' });
    const list = { account: ACCOUNT, list: 'unbounces 2026-11' };
    const forged = (unbouncedAt: string, id = addressHash(ADA), month = '2026-11') =>
      writeCursor(list, { month, unbouncedAt, addressHash: id });
    for (const query of [
      { month: '2026-12', cursor: body.cursor },
      { month: '2026-11', cursor: forged(toIso(NOW), addressHash(ADA), '2026-12') },
      { month: '2026-11', cursor: forged(toIso(NOW), addressHash(ADA), '2026-1') },
      { month: '2026-11', cursor: forged('2026-11') },
      { month: '2026-11', cursor: forged(toIso(NOW), 'x') },
    ]) {
      expectProblem(await unbounces(api, query), { status: 400, code: 'invalid_cursor' });
    }
  });

  test('is an account that nobody registered', async () => {
    expectProblem(await createApi().call(UNBOUNCES, { account: 'nobody' }), {
      status: 404,
      code: 'unknown_account',
    });
  });
});
