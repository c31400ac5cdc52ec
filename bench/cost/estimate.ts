import type { Units } from '../metered/meter.ts';
import * as count from '../metered/operations.ts';
import { PRICES } from './prices.ts';

/** A month of sending. */
export interface Usage {
  /** Addresses checked before they are sent to. */
  readonly sends: number;
  /** Of the sends, those that bounce for the first time. */
  readonly bounceRate: number;
  /** Addresses of one filter call, 1 to 10,000. */
  readonly checkSize: number;
  readonly unbounces: number;
}

/** One line of the bill. */
export interface CostLine {
  readonly what: string;
  readonly amount: number;
  readonly unit: string;
  readonly costInUsd: number;
}

/** Of the addresses checked, those that are suppressed: each costs a second read. */
export const SUPPRESSED_RATE = 0.02;
const BATCH_SIZE = 10;
const API_REQUEST_IN_OCTETS = 512 * 1024;
/** What one address takes in the body of a call: some 27 letters, quotes and a comma. */
const OCTETS_OF_ADDRESS = 30;
/** Memory in GB, and time in seconds: twice what docs/benchmarks.md has for the wall with answers after 10 ms. */
const FILTER = { memory: 1.769 * (1000 / 1024), perCall: 0.05, perAddress: 0.000_02 };
const RECORD = { memory: 1, perBatch: 0.15 };
const PUBLISH = { memory: 0.5, perBatch: 0.4, batchSize: 100 };
const UNBOUNCE = { memory: 1, perCall: 0.1 };
/** An address's two items, its index entry, the campaign's row, and 100 octets that DynamoDB adds to each. */
const OCTETS_OF_BOUNCE = 2_600;
const GB = 1e9;

/** What a month costs, line by line, from the units that the operations were counted to take. */
export async function estimate(usage: Usage): Promise<readonly CostLine[]> {
  const { sends, bounceRate, checkSize, unbounces } = usage;
  const calls = Math.ceil(sends / checkSize);
  const bounces = Math.round(sends * bounceRate);
  const batches = Math.ceil(bounces / BATCH_SIZE);
  const tellings = Math.ceil(bounces / PUBLISH.batchSize);
  const units = await countUnits(checkSize);
  const payloads = Math.ceil((checkSize * OCTETS_OF_ADDRESS) / API_REQUEST_IN_OCTETS);
  const filterSeconds = calls * FILTER.perCall + sends * FILTER.perAddress;
  return [
    line('check: DynamoDB reads', calls * units.filter.reads, 'read units', PRICES.readUnit),
    line('check: Lambda requests', calls, 'requests', PRICES.lambdaRequest),
    line('check: Lambda time', filterSeconds * FILTER.memory, 'GB-seconds', PRICES.lambdaGbSecond),
    line('check: HTTP API', calls * payloads, 'requests', PRICES.apiRequest),
    line('bounce: SNS', bounces, 'notifications', PRICES.snsPublish),
    line('bounce: SQS', bounces + 2 * batches, 'requests', PRICES.sqsRequest),
    line('bounce: DynamoDB reads', batches * units.tenBounces.reads, 'read units', PRICES.readUnit),
    line('bounce: DynamoDB writes', batches * units.tenBounces.writes, 'write units', PRICES.writeUnit),
    line('bounce: Lambda requests', batches, 'requests', PRICES.lambdaRequest),
    line(
      'bounce: Lambda time',
      batches * RECORD.perBatch * RECORD.memory,
      'GB-seconds',
      PRICES.lambdaGbSecond,
    ),
    line('bounce: stored for a month', (bounces * OCTETS_OF_BOUNCE) / GB, 'GB', PRICES.storedGbMonth),
    line('bounce: EventBridge', bounces, 'events', PRICES.eventPut),
    line('bounce: Lambda requests for events', tellings, 'requests', PRICES.lambdaRequest),
    line(
      'bounce: Lambda time for events',
      tellings * PUBLISH.perBatch * PUBLISH.memory,
      'GB-seconds',
      PRICES.lambdaGbSecond,
    ),
    line('unbounce: DynamoDB reads', unbounces * units.unbounce.reads, 'read units', PRICES.readUnit),
    line('unbounce: DynamoDB writes', unbounces * units.unbounce.writes, 'write units', PRICES.writeUnit),
    line(
      'unbounce: HTTP API and Lambda requests',
      unbounces,
      'requests',
      PRICES.apiRequest + PRICES.lambdaRequest,
    ),
    line(
      'unbounce: Lambda time',
      unbounces * UNBOUNCE.perCall * UNBOUNCE.memory,
      'GB-seconds',
      PRICES.lambdaGbSecond,
    ),
  ];
}

export function totalInUsd(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { costInUsd }) => sum + costInUsd, 0);
}

function line(what: string, amount: number, unit: string, priceInUsd: number): CostLine {
  return { what, amount, unit, costInUsd: amount * priceInUsd };
}

async function countUnits(checkSize: number): Promise<Record<'filter' | 'tenBounces' | 'unbounce', Units>> {
  const suppressed = Math.round(checkSize * SUPPRESSED_RATE);
  const deployment = await count.deploy(Math.max(suppressed, 1));
  const filter = await count.countFilter(deployment, { unknown: checkSize - suppressed, suppressed });
  await count.countTenBounces(deployment, 'warm');
  const tenBounces = await count.countTenBounces(deployment, 'next');
  const [address = ''] = deployment.bounced;
  return { filter, tenBounces, unbounce: await count.countUnbounce(deployment, address) };
}
