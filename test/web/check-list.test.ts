import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type FilterAnswer,
  type FilterRequest,
  type NotSent,
  ReboundProblemError,
} from '../../client/index.ts';
import { writeCsv as writeOfApi } from '../../lib/http/csv.ts';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { readAddressList } from '../../web/pages/check/address-list.ts';
import { createCheckRun, type Progress } from '../../web/pages/check/check-run.ts';
import { defuse, writeCsv } from '../../web/pages/check/csv.ts';
import { delimiterOf, OpenQuoteError, readDelimited } from '../../web/pages/check/delimited.ts';

const SEED = 20261123;
const cell = fc.string({ unit: fc.constantFrom(...'ab;,"\t\n\r =+-@\''), maxLength: 6 });
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

/** What quotes cannot tell apart, and a list does not need: rows of nothing. */
const isSomething = (row: readonly string[]) => row.some((text) => text.trim() !== '');

describe('CSV', () => {
  test('is written as the API writes it, where it is defused', () => {
    fc.assert(
      fc.property(rows, (some) =>
        expect(writeCsv(some.map((row) => row.map(defuse)))).toBe(writeOfApi(some)),
      ),
      { seed: SEED },
    );
  });

  test('quoted throughout is read as it was, whatever the delimiter', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t'), (some, delimiter) => {
        const text = some
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n');
        expect(readDelimited(text, delimiter)).toEqual(some.filter(isSomething));
      }),
      { seed: SEED },
    );
  });

  test.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\n\n\nc,',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['John "Jo" Doe,x', [['John "Jo" Doe', 'x']]],
    [' "a, b" ,c', [['a, b', 'c']]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(readDelimited(text, ',')).toEqual(expected);
  });

  test('with an open quote names the line', () => {
    expect(() => readDelimited('a,b\n"c,d\ne,f', ',')).toThrow(new OpenQuoteError(2));
    expect(() => readDelimited('a,"b"c', ',')).toThrow(OpenQuoteError);
  });

  test.each([
    ['a;b,c;d', ';'],
    ['a\tb,c\td', '\t'],
    ['"a;b;c",d', ','],
    ['plain', ','],
  ])('%j is delimited by %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });
});

describe('a list', () => {
  test.each([
    [
      'with a header',
      'Name,Mail\nAda,a@x.com',
      { header: ['Name', 'Mail'], rows: [['Ada', 'a@x.com']], likelyColumn: 1 },
    ],
    ['of addresses', 'a@x.com\nb@x.com', { header: null, rows: [['a@x.com'], ['b@x.com']], columns: 1 }],
    ['as in a mail', 'a@x.com, b@x.com', { header: null, columns: 1, rows: [['a@x.com'], [' b@x.com']] }],
    ['with a mark in front', '\uFEFFmail\na@x.com', { header: ['mail'], rows: [['a@x.com']] }],
    ['without any address', 'a,b\nc,d', { header: null, likelyColumn: 0 }],
    ['of nothing', '', { rows: [], columns: 0, likelyColumn: 0 }],
  ])('%s', (_, text, expected) => {
    expect(readAddressList(text)).toMatchObject(expected);
  });
});

/** Answers as the API does, but for suppressions: addresses with an x in front are held. */
async function filterRecipients({ recipients }: FilterRequest): Promise<FilterAnswer> {
  const send: string[] = [];
  const notSent: NotSent[] = [];
  const seen = new Set<string>();
  for (const recipient of recipients) {
    const address = canonicalAddress(recipient);
    const rest = { recipient, address, until: null, bounce: null, unbounce: null };
    if (address === null) notSent.push({ ...rest, code: 'invalid_address', rule: 'P6', layer: 'input' });
    else if (seen.has(address)) notSent.push({ ...rest, code: 'duplicate', rule: 'P7', layer: 'input' });
    else if (address.startsWith('x'))
      notSent.push({ ...rest, code: 'hard_bounce', rule: 'P2', layer: 'own' });
    else send.push(recipient);
    if (address !== null) seen.add(address);
  }
  const counts = { recipients: recipients.length, send: send.length, notSent: notSent.length, byCode: {} };
  return { send, notSent, counts, unbounce: { refusals: [] }, checkedAt: '2026-11-23T12:00:00.000Z' };
}

function tooMany(): ReboundProblemError {
  const problem = { type: 't', title: 't', status: 413, detail: 'd', code: 'split_the_call' } as const;
  return new ReboundProblemError({ problem, retryAfterInSeconds: null });
}

async function check(
  recipients: readonly string[],
  mostAtOnce = Number.POSITIVE_INFINITY,
): Promise<Progress> {
  const client = {
    filterRecipients: async (request: FilterRequest) => {
      if (request.recipients.length > mostAtOnce) throw tooMany();
      return await filterRecipients(request);
    },
  };
  const run = createCheckRun(client, recipients);
  await run.advance(new AbortController().signal, () => {});
  return run.progress();
}

describe('a check', () => {
  const recipient = fc.constantFrom('a@x.com', 'A@X.com ', 'b@x.com', 'x@x.com', 'X@x.com', 'nobody', '');

  test('comes to the same in one call and in many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recipient, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (list, most) => {
          const [whole, parts] = await Promise.all([check(list), check(list, most)]);
          expect(parts.send).toEqual(whole.send);
          expect(parts.held.map(({ index, verdict }) => [index, verdict.code])).toEqual(
            whole.held.map(({ index, verdict }) => [index, verdict.code]),
          );
          expect(whole.send.length + whole.held.length).toBe(list.length);
        },
      ),
      { seed: SEED },
    );
  });

  test('asks for 10,000 at once, and goes on where it failed', async () => {
    const asked: number[] = [];
    let isConnected = false;
    const client = {
      filterRecipients: async (request: FilterRequest) => {
        asked.push(request.recipients.length);
        if (asked.length === 2 && !isConnected) throw new TypeError('Failed to fetch');
        return await filterRecipients(request);
      },
    };
    const people = Array.from({ length: 20_001 }, (_, index) => `person${index}@x.com`);
    const run = createCheckRun(client, people);
    const { signal } = new AbortController();
    const told: number[] = [];
    await expect(run.advance(signal, ({ done }) => told.push(done))).rejects.toThrow(TypeError);
    isConnected = true;
    await run.advance(signal, ({ done }) => told.push(done));
    expect(asked).toEqual([10_000, 10_000, 10_000, 1]);
    expect(told).toEqual([10_000, 20_000, 20_001]);
    expect(run.progress().send).toHaveLength(20_001);
  });
});
