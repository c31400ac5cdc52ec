/** Since when all of them hold: then DynamoDB halved what is on demand. */
export const PRICED_SINCE = 'November 2024';

const PER_MILLION = 1 / 1_000_000;

/** List prices in us-east-1, in US dollars, without free tier or discount. Source: the price pages of the services. */
export const PRICES = {
  readUnit: 0.125 * PER_MILLION,
  writeUnit: 0.625 * PER_MILLION,
  storedGbMonth: 0.25,
  /** Arm64. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 * PER_MILLION,
  /** HTTP API; each 512 KB of a request, or part of it, counts as one. */
  apiRequest: 1 * PER_MILLION,
  /** Standard queue; a batch is one request. */
  sqsRequest: 0.4 * PER_MILLION,
  /** Each notification that SES publishes. Its delivery to SQS costs nothing. */
  snsPublish: 0.5 * PER_MILLION,
  /** Each event that is put on a bus, up to 64 KB. */
  eventPut: 1 * PER_MILLION,
} as const;
