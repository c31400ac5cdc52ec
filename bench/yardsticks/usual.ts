import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { z } from 'zod';

// The usual way to write a filter: the document client, a validator, middleware, a logger and metrics, and two keys
// for each address (the global item and the account's). It reads as many addresses at once as ours.
const TABLE = process.env['ADDRESS_BOUNCES_TABLE'] ?? '';
const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 32;

const logger = new Logger({ serviceName: 'usual' });
const metrics = new Metrics({ namespace: 'usual', serviceName: 'filter' });
const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({ requestHandler: { httpsAgent: { maxSockets: 64 } } }),
);

const Body = z.object({ recipients: z.array(z.string()).max(10_000), campaign: z.string().optional() });
const Event = z.object({ pathParameters: z.object({ account: z.string() }), body: z.string() });
const Found = z.object({
  pk: z.string(),
  reason: z.string(),
  rule: z.string(),
  status: z.string(),
  bouncedAt: z.string(),
  campaign: z.string(),
});
type Key = Readonly<Record<'pk' | 'sk', string>>;

export const handler = middy()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(async (event: unknown) => {
    const { pathParameters, body } = Event.parse(event);
    const { account } = pathParameters;
    const { recipients } = Body.parse(JSON.parse(body));
    const written = new Map<string, string>();
    for (const recipient of recipients) {
      const address = recipient.trim().normalize('NFC').toLowerCase();
      if (!written.has(address)) written.set(address, recipient);
    }
    const keys = [...written.keys()].flatMap((address) => [
      { pk: `ADDRESS#${address}`, sk: 'GLOBAL' },
      { pk: `ADDRESS#${address}`, sk: `ACCOUNT#${account}` },
    ]);
    const [, , items] = await Promise.all([
      client.send(
        new GetCommand({ TableName: process.env['ACCOUNTS_TABLE'], Key: { account, item: 'settings' } }),
      ),
      client.send(
        new GetCommand({ TableName: process.env['UNBOUNCE_QUOTAS_TABLE'], Key: { account, entry: 'month' } }),
      ),
      readAll(keys),
    ]);
    const found = new Map(
      items.map((item) => Found.parse(item)).map((item) => [item.pk.slice('ADDRESS#'.length), item]),
    );
    const send: string[] = [];
    const notSent: object[] = [];
    for (const [address, recipient] of written) {
      const bounce = found.get(address);
      if (bounce === undefined) send.push(recipient);
      else notSent.push({ recipient, code: 'hard_bounce', rule: 'P2', bounce });
    }
    metrics.addMetric('Sent', MetricUnit.Count, send.length);
    logger.info('filtered', { recipients: recipients.length, notSent: notSent.length });
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ send, notSent }),
    };
  });

async function readAll(keys: readonly Key[]): Promise<object[]> {
  const items: object[] = [];
  let next = 0;
  const work = async () => {
    while (next < keys.length) {
      const Keys = keys.slice(next, next + KEYS_PER_CALL);
      next += KEYS_PER_CALL;
      const command = new BatchGetCommand({ RequestItems: { [TABLE]: { Keys, ConsistentRead: true } } });
      const { Responses } = await client.send(command);
      items.push(...(Responses?.[TABLE] ?? []));
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
  return items;
}
