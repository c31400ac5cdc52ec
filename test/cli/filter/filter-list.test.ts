import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { RunSettings } from '../../../cli/filter/checkpoint.ts';
import { createFileOutputs } from '../../../cli/filter/file-outputs.ts';
import { filterList } from '../../../cli/filter/filter-list.ts';
import { InputError } from '../../../cli/filter/input-error.ts';
import type { FilterCall } from '../../../cli/filter/judge.ts';
import { openList } from '../../../cli/filter/list.ts';
import { SILENT } from '../../../cli/filter/progress.ts';
import { createSeenAddresses } from '../../../cli/filter/seen-addresses.ts';
import { createFakeDisk, KilledError } from './fake-disk.ts';
import { createFilter, inPieces, limited } from './lists.ts';

const SETTINGS: RunSettings = { account: 'acme', campaign: null, column: null, notSent: '/not-sent.csv' };
const HEADER =
  'rebound_code,rebound_rule,rebound_layer,rebound_reason,rebound_status,rebound_bounced_at,rebound_until,rebound_unbounce';

interface RunOptions {
  readonly fake?: ReturnType<typeof createFakeDisk>;
  readonly call?: FilterCall;
  readonly settings?: Partial<RunSettings>;
  readonly resume?: boolean;
  readonly concurrency?: number;
  readonly rowsPerBatch?: number;
}

/** Filters a text and tells what stands in the files then. */
async function filter(text: string, options: RunOptions = {}) {
  const { fake = createFakeDisk(), call = createFilter(), resume = false } = options;
  const settings = { ...SETTINGS, ...options.settings };
  const outputs = await createFileOutputs({ disk: fake.disk, sendPath: '/send.csv', settings, resume });
  const totals = await filterList({
    list: await openList(inPieces(Buffer.from(text), 1_000), settings.column),
    outputs,
    call,
    seen: createSeenAddresses(),
    progress: SILENT,
    concurrency: options.concurrency ?? 3,
    rowsPerBatch: options.rowsPerBatch ?? 2,
  });
  return { totals, ...textsOf(fake.files) };
}

function textsOf(files: ReadonlyMap<string, string>) {
  const text = (path: string) => Buffer.from(files.get(path) ?? '', 'latin1').toString('utf8');
  return { send: text('/send.csv'), notSent: text('/not-sent.csv'), left: [...files.keys()].sort() };
}

describe('a filtered list', () => {
  const LIST = `name,email\r\nAda,ada@example.com\r\n"Bob ""B""",<BOB@example.org>\r\nEve,nobody\r\n\r\n=1+1,ada@EXAMPLE.com\r\nJosé,josé@example.net,more\r\n`;

  test('has each row in one of two files, in order and with all its columns', async () => {
    const { send, notSent, totals, left } = await filter(LIST, {
      call: createFilter(new Set(['bob@example.org'])),
    });
    expect(send).toBe('name,email\r\nAda,ada@example.com\r\nJosé,josé@example.net,more\r\n');
    expect(notSent.split('\r\n')).toEqual([
      `${HEADER},name,email`,
      'hard_bounce,P2,own,policy,5.7.1,2026-11-20T08:15:30.000Z,,allowed,"Bob ""B""",<BOB@example.org>',
      'invalid_address,P6,input,,,,,,Eve,nobody',
      "duplicate,P7,input,,,,,,'=1+1,ada@EXAMPLE.com",
      '',
    ]);
    expect(totals).toEqual({ sent: 2, notSent: { hard_bounce: 1, invalid_address: 1, duplicate: 1 } });
    expect(left).toEqual(['/not-sent.csv', '/send.csv']);
  });

  test('without a header gets one in the report alone', async () => {
    const { send, notSent } = await filter('@,1\nada@example.com,2\n');
    expect(send).toBe('ada@example.com,2\n');
    expect(notSent).toBe(`${HEADER},address,column_2\ninvalid_address,P6,input,,,,,,'@,1\n`);
  });

  test('of lines stays one, and the report quotes what a line may hold', async () => {
    const { send, notSent } = await filter('"Lovelace, Ada" <ada@example.com>\n"Ada" <ada@example.com>\n');
    expect(send).toBe('"Lovelace, Ada" <ada@example.com>\n');
    expect(notSent).toBe(`${HEADER},address\nduplicate,P7,input,,,,,,"""Ada"" <ada@example.com>"\n`);
  });

  test('keeps its byte order mark', async () => {
    const { send, notSent } = await filter('\ufeffemail\nada@example.com\n');
    expect(send).toBe('\ufeffemail\nada@example.com\n');
    expect(notSent).toBe(`\ufeff${HEADER},email\n`);
  });

  test.each(['', '\n'])('may be %j', async (text) => {
    expect(await filter(text)).toMatchObject({
      send: '',
      notSent: `${HEADER},address\n`,
      totals: { sent: 0 },
    });
  });

  test('says which rules stand in the way of an unbounce, of the address and of the account', async () => {
    const plain = createFilter(new Set(['ada@example.com']));
    const call: FilterCall = async (recipients) => {
      const answer = await plain(recipients);
      const unbounce = { allowed: false, refusals: ['U3', 'U5'] as const };
      return {
        ...answer,
        notSent: answer.notSent.map((one) => ({ ...one, unbounce })),
        unbounce: { refusals: ['U6'] },
      };
    };
    expect((await filter('ada@example.com\n', { call })).notSent).toContain(',U3 U5 U6,ada@example.com\n');
  });

  test('that no answer fits is asked in parts', async () => {
    const text = Array.from({ length: 20 }, (_, at) => `person${at}@example.com`).join('\n');
    for (const most of [1, 3, 7]) {
      const { totals } = await filter(text, { call: limited(createFilter(), most), rowsPerBatch: 10 });
      expect(totals).toEqual({ sent: 20, notSent: {} });
    }
  });

  test('is not asked about what is far too long for an address', async () => {
    const asked: string[] = [];
    const call: FilterCall = async (recipients) => {
      asked.push(...recipients);
      return await createFilter()(recipients);
    };
    const { totals } = await filter(`${'x'.repeat(3_000)}\nada@example.com\n`, { call });
    expect(totals).toEqual({ sent: 1, notSent: { invalid_address: 1 } });
    expect(asked).toEqual(['ada@example.com']);
  });
});

describe('an answer that leaves a recipient out', () => {
  test.each([
    ['says nothing', () => []],
    ['says less', (send: readonly string[]) => send.slice(1)],
    ['says more', (send: readonly string[]) => [...send, 'eve@example.com']],
    ['says it in another order', (send: readonly string[]) => send.toReversed()],
  ])('because it %s, is not used', async (_how, change) => {
    const fake = createFakeDisk();
    const call: FilterCall = async (recipients) => {
      const answer = await createFilter()(recipients);
      return { ...answer, send: change(answer.send) };
    };
    const run = filter('ada@example.com\nbob@example.com\n', { fake, call });
    await expect(run).rejects.toThrow('The answer does not account for every recipient.');
    expect(textsOf(fake.files).send).toBe('');
  });
});

describe('a run that was killed', () => {
  /** A list with everything in it, and what is to come of it. */
  const person = fc.record({
    name: fc.constantFrom('Ada', '"B, ob"', '"two\nlines"', '=1+1', ''),
    address: fc.oneof(
      fc.nat(30).map((at) => `person${at}@example.com`),
      fc.nat(30).map((at) => `PERSON${at}@Example.com`),
      fc.constantFrom('nobody', '', 'a@b@c'),
    ),
  });
  const BLOCKED = new Set(Array.from({ length: 10 }, (_, at) => `person${at * 3}@example.com`));

  test('at any moment, and again, comes to the same files as one that was not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          people: fc.array(person, { minLength: 1, maxLength: 40 }),
          kills: fc.array(fc.tuple(fc.nat(12), fc.double({ min: 0, max: 1, noNaN: true })), {
            minLength: 1,
            maxLength: 4,
          }),
          concurrency: fc.integer({ min: 1, max: 4 }),
          rowsPerBatch: fc.integer({ min: 1, max: 5 }),
        }),
        async ({ people, kills, ...options }) => {
          const text = `name,email\n${people.map(({ name, address }) => `${name},${address}\n`).join('')}`;
          const call = createFilter(BLOCKED);
          const whole = await filter(text, { call, ...options });

          const fake = createFakeDisk();
          for (const [steps, share] of kills) {
            fake.killAfter(steps, share);
            await filter(text, { fake, call, resume: true, ...options }).catch(expectKilled);
          }
          fake.revive();
          const resumed = await filter(text, { fake, call, resume: true, ...options });
          expect({ ...resumed, left: withoutTemporary(resumed.left) }).toEqual(whole);
          expectEachRowOnce(people, whole);
        },
      ),
      { seed: 20261123, numRuns: 300 },
    );
  });

  function expectKilled(error: unknown): void {
    expect(error).toBeInstanceOf(KilledError);
  }

  /** A kill while the checkpoint was being replaced leaves the half of the next one. */
  function withoutTemporary(paths: readonly string[]): string[] {
    return paths.filter((path) => !path.endsWith('.new'));
  }

  function expectEachRowOnce(
    people: readonly { readonly address: string }[],
    { send, notSent }: { readonly send: string; readonly notSent: string },
  ): void {
    const addresses = (csv: string, column: number) =>
      (parse(csv, { relax_column_count: true }) as string[][]).slice(1).map((cells) => cells[column] ?? '');
    const all = [...addresses(send, 1), ...addresses(notSent, 9)];
    expect(all.sort()).toEqual(people.map(({ address }) => address).sort());
  }
});

describe('--resume', () => {
  const LIST = 'a@example.com\nb@example.com\nc@example.com\nd@example.com\ne@example.com\nf@example.com\n';

  /** A run that died with its first batch done. */
  async function stopped(settings: Partial<RunSettings> = {}) {
    const fake = createFakeDisk();
    fake.killAfter(8, 0.5);
    await expect(filter(LIST, { fake, settings })).rejects.toThrow(KilledError);
    fake.revive();
    expect(fake.files.has('/send.csv.checkpoint')).toBe(true);
    return fake;
  }

  test('goes on where the run stopped, and does not ask again about what is done', async () => {
    const fake = await stopped();
    const asked: string[] = [];
    const call: FilterCall = async (recipients) => {
      asked.push(...recipients);
      return await createFilter()(recipients);
    };
    expect(await filter(LIST, { fake, call, resume: true })).toMatchObject({
      send: LIST,
      totals: { sent: 6 },
    });
    expect(asked[0]).toBe('c@example.com');
  });

  test('begins anew where there is nothing to go on with', async () => {
    expect(await filter(LIST, { resume: true })).toMatchObject({ send: LIST });
  });

  test('must be said, so that no unfinished run is overwritten by mistake', async () => {
    const fake = await stopped();
    const before = textsOf(fake.files);
    await expect(filter(LIST, { fake })).rejects.toThrow(
      new InputError(
        '/send.csv is unfinished. Add --resume to go on, or remove /send.csv.checkpoint to start over.',
      ),
    );
    expect(textsOf(fake.files)).toEqual(before);
  });

  test.each([
    ['a row that is done has changed', LIST.replace('a@', 'x@')],
    ['rows that are done are gone', 'a@example.com\n'],
    ['it has got a header', `email\n${LIST}`],
  ])('refuses a list of which %s', async (_what, text) => {
    const fake = await stopped();
    await expect(filter(text, { fake, resume: true })).rejects.toThrow(
      new InputError('The first 2 rows are not those of the run that stopped. Start over without --resume.'),
    );
  });

  test('takes rows that were added or mended behind the place', async () => {
    const fake = await stopped();
    const text = LIST.replace('f@', 'g@').concat('h@example.com\n');
    expect(await filter(text, { fake, resume: true })).toMatchObject({ send: text });
  });

  test.each([
    [{ campaign: 'spring' }, 'The run was begun with campaign not set. Say the same, or start over.'],
    [{ account: 'other' }, 'The run was begun with account acme. Say the same, or start over.'],
    [{ notSent: null }, 'The run was begun with notSent /not-sent.csv. Say the same, or start over.'],
  ])('refuses other settings, %j', async (settings, message) => {
    const fake = await stopped();
    await expect(filter(LIST, { fake, settings, resume: true })).rejects.toThrow(new InputError(message));
  });

  test.each(['', '{', '{"version":0}', 'null'])('refuses %j for a checkpoint', async (text) => {
    const fake = await stopped();
    fake.files.set('/send.csv.checkpoint', text);
    await expect(filter(LIST, { fake, resume: true })).rejects.toThrow(
      new InputError('/send.csv.checkpoint is no checkpoint of this version. Remove it to start over.'),
    );
  });
});
