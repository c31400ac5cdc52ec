import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import {
  createDynamoCampaignReader,
  createDynamoCampaignWriter,
} from '../../lib/store/dynamo-campaign-store.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { hoursAfter, NOW } from '../policy/builders.ts';
import { type DynamoLocal, localDynamoClient, openDynamoLocal } from '../support/dynamo-local.ts';
import { type Fault, type Faults, injectFaults } from '../support/faults.ts';
import {
  aCampaign,
  bounceOf,
  type CampaignStore,
  campaignContract,
  countsOf,
  namesInOneShard,
  pagesOf,
  RETENTION_IN_DAYS,
  register,
  rowsOf,
  write,
} from './campaign-contract.ts';
import { soon } from './scene.ts';

function storeOf(context: DynamoContext): CampaignStore {
  return {
    ...createDynamoCampaignWriter(context, { retentionInDays: RETENTION_IN_DAYS }),
    ...createDynamoCampaignReader(context),
  };
}

describe('the campaigns in DynamoDB', () => {
  let dynamo: DynamoLocal;
  let store: CampaignStore;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
    store = storeOf(dynamo.context);
  });
  afterAll(() => dynamo?.close());

  campaignContract(() => store);

  /** A store whose calls meet faults. */
  async function withFaults(run: (store: CampaignStore, faults: Faults) => Promise<void>): Promise<void> {
    const client: DynamoDBClient = localDynamoClient(dynamo.endpoint);
    try {
      const context = dynamo.withClient(client);
      await run(storeOf(context), injectFaults(client));
    } finally {
      client.destroy();
    }
  }

  describe('when calls fail', () => {
    test.each<[string, readonly Fault[]]>([
      ['is lost after the work was done', ['lost_response']],
      ['is lost twice', ['lost_response', 'throttled', 'lost_response']],
      ['meets other writers', ['conflict', 'conflict']],
      ['is throttled', ['throttled', 'over_capacity', 'server_error', 'lost_request']],
    ])('rows whose write %s count once', async (_, faults) => {
      const campaign = aCampaign();
      const names = namesInOneShard(3);
      await write(store, [bounceOf(campaign, names[0] ?? '')]);
      await withFaults(async (faulty, injected) => {
        injected.next('TransactWriteItems', ...faults);
        const rows = names.map((name) => bounceOf(campaign, name, { sentAt: hoursAfter(1), key: 'content' }));
        await write(faulty, rows);
      });
      expect(await rowsOf(store, campaign)).toHaveLength(3);
      expect(await countsOf(store, campaign)).toMatchObject({
        bounced: { total: 3, byReason: { content: 3 } },
      });
    });

    test('a storm of them leaves the counts as exact as the rows', async () => {
      const campaign = aCampaign();
      const names = namesInOneShard(8);
      await withFaults(async (faulty, injected) => {
        const faults: readonly Fault[] = ['lost_response', 'lost_request', 'throttled', 'conflict'];
        injected.sometimes('TransactWriteItems', { probability: 0.4, seed: 20261123, faults });
        await Promise.all(
          Array.from({ length: 6 }, (_, writer) =>
            write(
              faulty,
              names.map((name) => bounceOf(campaign, name, { sentAt: hoursAfter(writer) })),
            ),
          ),
        );
      });
      expect(await rowsOf(store, campaign)).toHaveLength(8);
      expect(await countsOf(store, campaign)).toMatchObject({
        bounced: { total: 8, byReason: { policy: 8 } },
      });
    });

    test('nothing is answered as written before it is', async () => {
      const campaign = aCampaign();
      await withFaults(async (faulty, injected) => {
        injected.sometimes('TransactWriteItems', { probability: 1, seed: 1, faults: ['throttled'] });
        const late = write(faulty, [bounceOf(campaign, 'ada')], { deadlineAt: Date.now() + 200 });
        await expect(late).rejects.toThrow(UnavailableError);
        const registered = faulty.registerCampaign({ ...campaign, now: NOW, deadlineAt: Date.now() + 200 });
        await expect(registered).rejects.toThrow(UnavailableError);
      });
      expect(await rowsOf(store, campaign)).toEqual([]);
    });

    test('a campaign whose registration was lost on the way back is known', async () => {
      const campaign = aCampaign();
      await withFaults(async (faulty, injected) => {
        injected.next('TransactWriteItems', 'lost_response');
        await register(faulty, campaign);
      });
      const { items } = await store.listCampaigns({
        ...campaign,
        limit: 10,
        after: null,
        deadlineAt: soon(),
      });
      expect(items).toEqual([{ campaign: campaign.campaign, firstSeenAt: NOW }]);
    });
  });

  describe('the cost', () => {
    test('of a known campaign is one read, and nothing once it is remembered', async () => {
      const campaign = aCampaign();
      await register(store, campaign);
      await withFaults(async (counted, calls) => {
        for (let time = 0; time < 3; time++) await register(counted, campaign);
        expect([calls.calls('GetItem'), calls.calls('TransactWriteItems')]).toEqual([1, 0]);
      });
    });

    test('of 10,000 rows is one transaction for fifty, and that of a page no more than that of a small campaign', async () => {
      const campaign = aCampaign();
      const rows = Array.from({ length: 10_000 }, (_, index) => bounceOf(campaign, `person-${index}`));
      await withFaults(async (counted, calls) => {
        await write(counted, rows, { deadlineAt: Date.now() + 100_000 });
        // Sixteen shards, each with one transaction that is not full.
        expect(calls.calls('TransactWriteItems')).toBeLessThanOrEqual(200 + 16);
        const costs: number[] = [];
        let before = 0;
        const pages = await pagesOf(counted, campaign, {
          limit: 500,
          async between() {
            costs.push(calls.calls('Query') - before);
            before = calls.calls('Query');
          },
        });
        expect(pages.flat()).toHaveLength(10_000);
        expect(new Set(pages.flat().map(({ addressHash }) => addressHash)).size).toBe(10_000);
        expect(Math.max(...costs)).toBeLessThanOrEqual(3);
        expect(await countsOf(counted, campaign)).toMatchObject({ bounced: { total: 10_000 } });
        expect(calls.calls('BatchGetItem')).toBe(1);
      });
    });
  });
});
