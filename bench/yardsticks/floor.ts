import { hash } from 'node:crypto';
import { Agent, request } from 'node:https';
import { signedHeaders } from './sign.ts';

// The floor: what a filter call costs when nothing is left but the work itself. No client, no layers, no checks,
// no retries; bodies are strings, and what is known of the stub's answers is taken for granted.
const { hostname, port, host } = new URL(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const ADDRESSES = process.env['ADDRESS_BOUNCES_TABLE'];
const KEYS_PER_CALL = 100;

interface Stored {
  readonly addressHash: { readonly S: string };
}
interface StoredRecord extends Stored {
  readonly suppression: { readonly M: { readonly standing: { readonly L: readonly [{ M: Standing }] } } };
}
type Standing = Readonly<
  Record<'code' | 'rule' | 'status' | 'bouncedAt' | 'campaign', { readonly S: string }>
>;

export async function handler(event: { readonly body: string }): Promise<object> {
  const { recipients } = JSON.parse(event.body) as { recipients: readonly string[] };
  const seen = new Map<string, string>();
  for (const recipient of recipients) {
    const address = recipient.trim().normalize('NFC').toLowerCase();
    if (!seen.has(address)) seen.set(address, recipient);
  }
  const written = new Map<string, string>();
  for (const [address, recipient] of seen) written.set(hash('sha256', address, 'base64url'), recipient);
  const [, , blocked] = await Promise.all([
    call(
      'GetItem',
      `{"TableName":"${process.env['ACCOUNTS_TABLE']}","Key":{"account":{"S":"default"},"item":{"S":"settings"}},"ConsistentRead":true}`,
    ),
    call(
      'GetItem',
      `{"TableName":"${process.env['UNBOUNCE_QUOTAS_TABLE']}","Key":{"account":{"S":"default"},"entry":{"S":"2026-11"}},"ConsistentRead":true}`,
    ),
    readAll<Stored>([...written.keys()], 'status'),
  ]);
  const records = await readAll<StoredRecord>(
    blocked.map(({ addressHash }) => addressHash.S),
    'account#default',
  );
  const notSent = records.map(({ addressHash, suppression }) => {
    const recipient = written.get(addressHash.S);
    written.delete(addressHash.S);
    const { code, rule, status, bouncedAt, campaign } = suppression.M.standing.L[0].M;
    return {
      recipient,
      code: 'hard_bounce',
      rule: 'P2',
      bounce: {
        reason: code.S,
        rule: rule.S,
        status: status?.S,
        bouncedAt: bouncedAt?.S,
        campaign: campaign?.S,
      },
    };
  });
  const send = [...written.values()];
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ send, notSent }),
  };
}

async function readAll<T>(hashes: readonly string[], scope: string): Promise<T[]> {
  const reads: Promise<T[]>[] = [];
  for (let at = 0; at < hashes.length; at += KEYS_PER_CALL) {
    reads.push(readSome(hashes.slice(at, at + KEYS_PER_CALL), scope));
  }
  return (await Promise.all(reads)).flat();
}

async function readSome<T>(hashes: readonly string[], scope: string): Promise<T[]> {
  const keys = hashes.map((one) => `{"addressHash":{"S":"${one}"},"scope":{"S":"${scope}"}}`).join();
  const body = `{"RequestItems":{"${ADDRESSES}":{"Keys":[${keys}],"ConsistentRead":true}}}`;
  const answer = JSON.parse(await call('BatchGetItem', body)) as { Responses: Record<string, T[]> };
  return Object.values(answer.Responses).flat();
}

function call(operation: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = signedHeaders(host, `DynamoDB_20120810.${operation}`, body);
    request({ agent, hostname, port, method: 'POST', path: '/', headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve(Buffer.concat(pieces).toString()));
    })
      .on('error', reject)
      .end(body);
  });
}
