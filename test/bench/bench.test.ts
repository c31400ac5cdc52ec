import { request } from 'node:https';
import { describe, expect, test } from '@jest/globals';
import { compareRounds, medianOf } from '../../bench/bench.ts';
import { readBenchOptions } from '../../bench/options.ts';
import { cannedAnswer, TABLES } from '../../bench/stub/canned-answers.ts';
import { type StubServer, startStub } from '../../bench/stub/stub-server.ts';
import { tableOf } from '../../bench/table.ts';
import { readRecordItem } from '../../lib/store/items/record-item.ts';
import { readStatusItem } from '../../lib/store/items/status-item.ts';
import { plainItem } from '../../lib/store/plain-item.ts';

const keysOf = (scope: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ addressHash: { S: `hash${index}` }, scope: { S: scope } }));

/** The items that the stub answers to a BatchGetItem call, as the store reads them. */
function found(keys: readonly object[]) {
  const body = JSON.stringify({ RequestItems: { [TABLES.addresses]: { Keys: keys, ConsistentRead: true } } });
  const { Responses } = JSON.parse(cannedAnswer({ operation: 'BatchGetItem', body }));
  return Responses[TABLES.addresses].map(plainItem);
}

function post({ endpoint, certificate }: StubServer, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': 'DynamoDB_20120810.BatchGetItem' };
    request(endpoint, { method: 'POST', headers, ca: certificate.cert }, (response) => {
      let text = '';
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end(body);
  });
}

describe('the stub', () => {
  test('speaks TLS with a certificate of its own, and waits as long as it is told', async () => {
    const stub = await startStub(({ operation, body }) => `${operation} of ${body.length}`);
    try {
      expect(await post(stub, 'x'.repeat(100_000))).toBe('BatchGetItem of 100000');
      stub.delayInMs = 50;
      const startedAt = performance.now();
      await post(stub, '');
      expect(performance.now() - startedAt).toBeGreaterThan(45);
    } finally {
      stub.close();
    }
  });

  test('knows two of the hundred addresses of a call, as the store has written them', () => {
    const statuses = found(keysOf('status', 100));
    expect(statuses.map(readStatusItem)).toHaveLength(2);
    expect(statuses.map(({ addressHash }: { addressHash: string }) => addressHash)).toEqual([
      'hash0',
      'hash1',
    ]);
    expect(found(keysOf('account#default', 3)).map(readRecordItem)).toMatchObject([
      { account: 'default', suppression: { standing: [{ key: 'policy' }] } },
      {},
      {},
    ]);
  });
});

test('rounds are compared one by one', () => {
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(compareRounds([2, 9, 4], 'floor', { than: [1, 3, 4], target: 3 })).toEqual({
    to: 'floor',
    value: 2,
    spread: [1, 3],
    target: 3,
  });
});

test('the table says what was missed', () => {
  const ratios = [
    { to: 'floor', value: 1.5, target: 1.8 },
    { to: 'usual', value: 0.5, target: 0.35 },
  ];
  const line = tableOf([{ what: 'filter', value: 12.345, unit: 'ms', ratios }]);
  expect(line.replace(/ +/g, ' ')).toBe(
    'filter 12.35 ms 1.50 x floor (at most 1.8) 0.50 x usual (MISSED: at most 0.35)',
  );
});

test('options are --quick, --help and names', () => {
  expect(readBenchOptions(['--quick', 'filter', 'start'])).toEqual({
    isQuick: true,
    showsHelp: false,
    names: ['filter', 'start'],
  });
  expect(() => readBenchOptions(['--fast'])).toThrow("Unknown option '--fast'");
});
