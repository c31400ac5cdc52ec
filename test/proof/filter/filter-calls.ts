import assert from 'node:assert/strict';
import { createHandler } from '../../../functions/filter-recipients/handler.ts';
import { canonicalAddress } from '../../../lib/policy/address.ts';
import { applyEvent } from '../../../lib/policy/address-event.ts';
import { loadPolicy } from '../../../lib/policy/policy.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import { createDynamoCampaignWriter } from '../../../lib/store/dynamo-campaign-store.ts';
import type { DynamoContext } from '../../../lib/store/dynamo-context.ts';
import { apiEvent } from '../../http/events.ts';
import { aBounce } from '../../policy/builders.ts';
import { dynamoStores } from '../../store/dynamo-under-test.ts';
import { register } from '../../store/scene.ts';
import { type DynamoLocal, localDynamoClient } from '../../support/dynamo-local.ts';
import { seededRandom } from '../../support/random.ts';
import { createWatchedTelemetry } from '../../support/watched-telemetry.ts';
import { hastened, storm } from '../storm.ts';
import { ACCOUNT, createPopulation, NOW, type Person, storePopulation } from './population.ts';

export interface FilterRun {
  readonly seed: number;
  readonly people: number;
  /** Recipients to be decided about, in calls of any size up to the largest. */
  readonly decisions: number;
  readonly largestCall: number;
}

export interface FilterTotals {
  readonly decisions: number;
  readonly sent: number;
  readonly held: number;
  readonly calls: number;
  /** Calls that were answered 503. */
  readonly unavailable: number;
  readonly requestsTried: number;
  /** Addresses that bounced while calls were under way. */
  readonly bounced: number;
}

const FILTER = 'POST /v1/accounts/{account}/recipients/filter';
const POLICY = loadPolicy();
const SHARE_OF_FAULTS = 0.25;
const SHARE_OF_HURRIED_CALLS = 0.1;
const PLENTY_IN_MS = 29_000;
/** With so little left the function has next to no time of its own. */
const HURRIED_IN_MS = 3_005;
const NO_ADDRESSES = ['', 'nobody', 'a@b', '@example.com', 'two@at@example.com', 'x@-bad-.example'];

/**
 * Asks for random recipients under faults, while some of them bounce. Every call is answered in full and rightly, or 503:
 * nobody who was blocked when it was made stands in its `send`.
 */
export async function runFilterCalls(
  dynamo: DynamoLocal,
  { seed, people, decisions, largestCall }: FilterRun,
  onCall: (totals: FilterTotals) => void = () => {},
): Promise<FilterTotals> {
  const random = seededRandom(seed);
  const population = createPopulation(`p${seed}`, people);
  const quiet = dynamoStores(dynamo.context);
  await register(quiet, ACCOUNT);
  await storePopulation(population, dynamo.context);
  const client = localDynamoClient(dynamo.endpoint);
  const faults = storm(client, { share: SHARE_OF_FAULTS, seed });
  const blocked = new Set(population.filter(({ kind }) => !kind.mayBeSent).map(({ address }) => address));
  const pick = () => population[Math.floor(random() * population.length)] as Person;
  let totals: FilterTotals = NOTHING;
  while (totals.decisions < decisions) {
    const asked = Array.from({ length: 1 + Math.floor(random() * largestCall) }, () =>
      random() < 0.01 ? pickOf(NO_ADDRESSES, random) : writtenBy(pick().address, random),
    );
    const remainingInMs = random() < SHARE_OF_HURRIED_CALLS ? HURRIED_IN_MS : PLENTY_IN_MS;
    const bouncing = random() < 0.2 ? pick().address : null;
    const [answer] = await Promise.all([
      ask(dynamo.withClient(client), asked, remainingInMs),
      bouncing === null ? null : bounce(dynamo.withClient(client), bouncing),
    ]);
    if (answer !== null) assertRight(answer, asked, { blocked, bouncing });
    if (bouncing !== null) blocked.add(bouncing);
    totals = {
      decisions: totals.decisions + (answer === null ? 0 : asked.length),
      sent: totals.sent + (answer?.send.length ?? 0),
      held: totals.held + (answer?.notSent.length ?? 0),
      calls: totals.calls + 1,
      unavailable: totals.unavailable + Number(answer === null),
      requestsTried: faults.calls('BatchGetItem') + faults.calls('GetItem'),
      bounced: totals.bounced + Number(bouncing !== null),
    };
    onCall(totals);
  }
  client.destroy();
  return totals;
}

const NOTHING: FilterTotals = {
  ...{ decisions: 0, sent: 0, held: 0, calls: 0 },
  ...{ unavailable: 0, requestsTried: 0, bounced: 0 },
};

interface FilterAnswer {
  readonly send: readonly string[];
  readonly notSent: readonly { readonly recipient: string; readonly code: string }[];
}

/** The answer of one call; null for 503. */
async function ask(
  context: DynamoContext,
  recipients: readonly string[],
  remainingInMs: number,
): Promise<FilterAnswer | null> {
  const startedAt = Date.now();
  const here = hastened(context, () => NOW + Date.now() - startedAt);
  const stores = dynamoStores(here);
  const filter = createHandler({
    addresses: stores,
    accounts: stores,
    unbounces: stores,
    campaigns: createDynamoCampaignWriter(here, { retentionInDays: 400 }),
    policy: POLICY,
    clock: () => NOW,
    telemetry: createWatchedTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  });
  const event = apiEvent({
    routeKey: FILTER,
    pathParameters: { account: ACCOUNT },
    body: JSON.stringify({ recipients }),
  });
  const { statusCode, body = '' } = await filter(event, { getRemainingTimeInMillis: () => remainingInMs });
  if (statusCode === 503) return null;
  assert.equal(statusCode, 200, body);
  return JSON.parse(body);
}

/** Records a bounce for good, however often it takes. */
async function bounce(context: DynamoContext, address: string): Promise<void> {
  const startedAt = Date.now();
  const now = () => NOW + Date.now() - startedAt;
  const stores = dynamoStores(hastened(context, now));
  const report = { address, spellings: [address], bounce: aBounce({ sentAt: NOW - 1_000 }) };
  await stores.updateAddress(
    { account: ACCOUNT, addressHash: addressHash(address) },
    {
      deadlineAt: NOW + 60_000,
      change: (before) =>
        applyEvent(before, { kind: 'bounce', ...report }, { policy: POLICY, now: NOW, asksSes: false }),
    },
  );
}

interface Truth {
  /** When the call was made. */
  readonly blocked: ReadonlySet<string>;
  /** Whoever bounced while it was under way may stand on either side. */
  readonly bouncing: string | null;
}

function assertRight({ send, notSent }: FilterAnswer, asked: readonly string[], truth: Truth): void {
  assert.equal(send.length + notSent.length, asked.length, 'a recipient is missing or told twice');
  const held = new Map(notSent.map(({ recipient, code }) => [recipient, code]));
  const toSend = new Set<string>();
  for (const written of send) {
    const address = canonicalAddress(written) ?? '';
    assert.ok(!truth.blocked.has(address), `${written} is blocked and was to be sent`);
    assert.ok(!toSend.has(address), `${written} was to be sent twice`);
    toSend.add(address);
  }
  for (const written of asked) {
    const address = canonicalAddress(written);
    const isRight =
      address === null
        ? held.get(written) === 'invalid_address'
        : truth.blocked.has(address)
          ? held.has(written)
          : toSend.has(address) || address === truth.bouncing;
    assert.ok(isRight, `${written} was answered wrongly: ${held.get(written) ?? 'send'}`);
  }
}

function writtenBy(address: string, random: () => number): string {
  const spellings = [address, address, address.toUpperCase(), ` ${address} `, `"A B" <${address}>`];
  return pickOf(spellings, random);
}

function pickOf(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
