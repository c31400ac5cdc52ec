import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { type BounceRow, type BrokenRow, readBounces } from '../../cli/read-bounces.ts';

const NOTHING_SAID = {
  bounceType: null,
  bounceSubType: null,
  status: null,
  diagnosticCode: null,
  action: null,
};
const PLAIN = { id: null, evidence: NOTHING_SAID, reason: null, alsoAcceptable: [], tier: null };

describe('bounces are read', () => {
  test('from JSON lines, empty ones and a byte order mark aside', async () => {
    const rows = await read('\ufeff{"id":"a","status":"5.1.1"}\r\n\n  {"id":7}\n');
    expect(rows).toEqual([
      { ...PLAIN, id: 'a', evidence: { ...NOTHING_SAID, status: '5.1.1' } },
      { ...PLAIN, id: 7 },
    ]);
  });

  test('from an array, on one line or many', async () => {
    const bounces = [{ id: 'a' }, { id: 'b' }];
    const expected = bounces.map(({ id }) => ({ ...PLAIN, id }));
    expect(await read(JSON.stringify(bounces))).toEqual(expected);
    expect(await read(`\n${JSON.stringify(bounces, null, 2)}\n`)).toEqual(expected);
  });

  test('with the labels of a corpus', async () => {
    const [row] = await read('{"reason":"spam","alsoAcceptable":["content",4],"tier":"B"}');
    expect(row).toEqual({ ...PLAIN, reason: 'spam', alsoAcceptable: ['content'], tier: 'B' });
  });

  test('from nothing', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\n\n')).toEqual([]);
    expect(await read('[]')).toEqual([]);
  });

  test('members of another type count as not said', async () => {
    const odd =
      '{"id":{},"bounceType":1,"bounceSubType":[],"status":5.1,"diagnosticCode":null,"action":true}';
    expect(await read(odd)).toEqual([PLAIN]);
  });

  test('as they come: the first is there before the second is written', async () => {
    const input = new Readable({ read: () => undefined });
    const rows = readBounces(input);
    input.push('{"id":"a"}\n');
    expect((await rows.next()).value).toMatchObject({ id: 'a' });
    input.push('{"id":"b"}\n');
    input.push(null);
    expect((await rows.next()).value).toMatchObject({ id: 'b' });
    expect((await rows.next()).done).toBe(true);
  });
});

describe('what is no bounce is named, and the rest goes on', () => {
  test('a broken line by its number in the file', async () => {
    expect(await read('{"id":"a"}\n\n{"id":\n{"id":"b"}\n')).toMatchObject([
      { id: 'a' },
      { place: 'Line 3', problem: 'is not JSON' },
      { id: 'b' },
    ]);
  });

  test.each(['42', '"text"', 'null', '[1]'])('%s on a line of its own', async (line) => {
    expect(await read(`{"id":"a"}\n${line}\n{"id":"b"}`)).toMatchObject([
      { id: 'a' },
      { place: 'Line 2', problem: 'is not a bounce: it must be a JSON object' },
      { id: 'b' },
    ]);
  });

  test('an element of an array by its place', async () => {
    expect(await read('[{"id":"a"}, 3]')).toMatchObject([{ id: 'a' }, { place: 'Element 2' }]);
  });

  test('an array that never ends is read line by line', async () => {
    expect(await read('[\n{"id":"a"}\n')).toMatchObject([{ place: 'Line 1' }, { id: 'a' }]);
  });
});

async function read(text: string): Promise<(BounceRow | BrokenRow)[]> {
  const rows: (BounceRow | BrokenRow)[] = [];
  for await (const row of readBounces(Readable.from([text]))) rows.push(row);
  return rows;
}
