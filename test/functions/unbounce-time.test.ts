import { describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { ACCOUNT, type Api, createRegisteredApi, NOW, UNBOUNCES } from './api-harness.ts';
import { bounceFor } from './notifications.ts';

const ADA = 'ada@example.com';
const KEY = { account: ACCOUNT, addressHash: addressHash(ADA) };

describe('what happens while an unbounce waits', () => {
  test('a mail that was sent and bounced meanwhile is lifted with the rest, once and for all', async () => {
    const first: { pending: (() => Promise<void>) | null } = { pending: null };
    const api: Api = await createRegisteredApi({
      double: (twin) => ({
        async readAddress(key, deadlineAt) {
          const meanwhile = first.pending;
          first.pending = null;
          await meanwhile?.();
          return await twin.readAddress(key, deadlineAt);
        },
      }),
    });
    await api.record(bounceFor('policy', ADA));
    first.pending = async () => {
      api.time.now += 2_000;
      await api.record(bounceFor('policy', ADA, { sentAt: NOW + 1_000 }));
    };
    const reply = await api.unbounce(ADA);
    expect(reply.body).toMatchObject({ unbouncedAt: toIso(NOW + 2_000), layers: { own: 'clear' } });
    api.time.now += HOUR_IN_MS;
    await api.record(bounceFor('mailbox_full', ADA, { sentAt: NOW + 3_000 }));
    expect((await api.filter([ADA])).body.send).toEqual([ADA]);
  });

  test('a month that ends meanwhile lists it all the same, page by page, and the next one does not', async () => {
    const midnight = Date.parse('2026-12-01T00:00:00Z');
    const late = { isAsked: false };
    const api: Api = await createRegisteredApi({
      double: (twin) => ({
        async readAddress(key, deadlineAt) {
          if (late.isAsked) api.time.now = midnight + 2;
          return await twin.readAddress(key, deadlineAt);
        },
      }),
    });
    await api.record(bounceFor('policy', ADA), bounceFor('policy', 'bob@example.com'));
    await api.unbounce('bob@example.com');
    api.time.now = midnight - 1;
    late.isAsked = true;
    expect((await api.unbounce(ADA)).body).toMatchObject({ quota: { month: '2026-11', used: 2 } });
    const pageOf = async (query: Readonly<Record<string, string>>) =>
      (await api.call(UNBOUNCES, { query })).body;
    const first = await pageOf({ month: '2026-11', limit: '1' });
    const second = await pageOf({ month: '2026-11', limit: '1', cursor: first.cursor });
    expect(first.items).toMatchObject([{ address: ADA, unbouncedAt: toIso(midnight + 2) }]);
    expect(second.items).toMatchObject([{ address: 'bob@example.com' }]);
    expect(await pageOf({ month: '2026-12' })).toEqual({ items: [] });
  });

  test('a repeat that races the last grant of the month gets that grant, not the empty quota', async () => {
    const other: { grant: (() => Promise<unknown>) | null } = { grant: null };
    const api: Api = await createRegisteredApi({
      double: (twin) => ({
        async readUsed(query) {
          const grant = other.grant;
          other.grant = null;
          await grant?.();
          return await twin.readUsed(query);
        },
      }),
    });
    const others = Array.from({ length: 9 }, (_, index) => `c${index}@example.com`);
    for (const address of [...others, ADA]) {
      await api.record(bounceFor('policy', address));
    }
    for (const address of others) {
      expect((await api.unbounce(address)).status).toBe(200);
    }
    other.grant = () => api.unbounce(ADA);
    expect(await api.unbounce(ADA)).toMatchObject({ status: 200, body: { quota: { used: 10 } } });
    expect((await api.twin.readAddress(KEY, NOW)).record.unbounce).not.toBeNull();
  });
});
