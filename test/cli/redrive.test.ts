import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DeadLetter } from '../../cli/redrive/dead-letters.ts';
import { describeLetter } from '../../cli/redrive/describe-letter.ts';
import { look } from '../../cli/redrive/look.ts';
import { sendBack } from '../../cli/redrive/send-back.ts';
import { bounce as bounceOf } from '../ses/build.ts';
import { createTwin, type Twin } from './redrive-twin.ts';

const SEED = 20261123;
const NOON = Date.UTC(2026, 10, 23, 12);
const ADDRESS = 'ada.lovelace@mail.example';
const parked = (reason: string, detail = 'Why.') => ({
  reason: { DataType: 'String', StringValue: reason },
  detail: { DataType: 'String', StringValue: detail },
});
const letter = (body: string, attributes: DeadLetter['attributes'] = {}): DeadLetter => ({
  id: 'm1',
  handle: 'h1',
  body,
  sentAt: NOON,
  attributes,
  group: null,
});
const bodiesIn = ({ waiting }: Twin) => waiting.map(({ letter: { body } }) => body);

describe('a message is told by', () => {
  const bounce = JSON.stringify(bounceOf());

  test.each([
    ['the reason for which it was parked', 'intake', letter('{', parked('not_json')), 'not_json', 'function'],
    ['what it is, where SQS moved it', 'intake', letter(bounce), 'bounce', 'SQS'],
    ['what it is, where SNS could not hand it on', 'subscription', letter(bounce), 'bounce', 'SNS'],
    ['its being unreadable', 'intake', letter('{'), 'unreadable', 'SQS'],
    ['its task', 'ses-list', letter('{"task":"remove","addressHash":"x"}'), 'remove', 'SQS'],
    ['its having none', 'ses-list', letter('null'), 'unreadable', 'SQS'],
    [
      'why the stream gave up',
      'events',
      letter('{"requestContext":{"condition":"RecordAgeExceeded"}}'),
      'RecordAgeExceeded',
      'stream',
    ],
  ] as const)('%s', (_, queue, one, reason, from) => {
    expect(describeLetter(queue, one)).toMatchObject({ reason, from });
  });

  test("SNS's own words, where it says why", () => {
    const attributes = { ErrorCode: { DataType: 'String', StringValue: 'AccessDenied' } };
    expect(describeLetter('subscription', letter(bounce, attributes)).detail).toBe(
      'Not delivered: AccessDenied.',
    );
  });

  test('a bounce by its kind, its recipients and its time, and by nothing that it says', () => {
    expect(describeLetter('intake', letter(bounce)).sample).toMatch(
      /^a bounce of 1 recipient\(s\), mail sent 20/,
    );
  });
});

describe('no address is shown', () => {
  const WRITINGS = [
    ADDRESS,
    `"${ADDRESS}"`,
    `Ada <${ADDRESS}>`,
    '"ada lovelace"@mail.example',
    ADDRESS.replace('@', '%40'),
    ADDRESS.replace('@', '=40'),
    ADDRESS.replace('@', '\\u0040'),
    ADDRESS.replace('@', '＠'),
    `bounce+${ADDRESS.replace('@', '=')}@bounces.example`,
    JSON.stringify({ to: ADDRESS }),
    JSON.stringify(JSON.stringify({ to: [ADDRESS] })),
  ];

  test.each(WRITINGS)('written as %s', (writing) => {
    for (const queue of ['intake', 'subscription', 'ses-list', 'events'] as const) {
      const shown = JSON.stringify(
        describeLetter(queue, letter(`text ${writing} text`, parked('x', writing))),
      );
      expect(shown).not.toMatch(/lovelace|mail\.example/i);
    }
  });

  test('wherever it stands, and wherever the text is cut', () => {
    const text = fc.tuple(fc.string({ maxLength: 200 }), fc.constantFrom(...WRITINGS), fc.string());
    fc.assert(
      fc.property(text, ([before, writing, after]) => {
        const { sample } = describeLetter('intake', letter(`${before} ${writing} ${after}`));
        expect(sample).not.toContain('lovelace');
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('to look', () => {
  test('groups by reason, the largest first, and leaves all as it was', async () => {
    const twin = createTwin();
    for (let at = 0; at < 25; at += 1)
      twin.put({ body: '{', sentAt: NOON + at, attributes: parked('not_json') });
    twin.put({ body: '[]', sentAt: NOON, attributes: parked('not_a_notification') });
    const before = structuredClone(twin.waiting);
    const { depth, seen, groups } = await look(twin, 1_000);
    expect([depth, seen, groups.map(({ reason, messages }) => [reason, messages])]).toEqual([
      26,
      26,
      [
        ['not_json', 25],
        ['not_a_notification', 1],
      ],
    ]);
    expect(groups[0]).toMatchObject({
      oldestAt: '2026-11-23T12:00:00.000Z',
      newestAt: '2026-11-23T12:00:00.024Z',
      detail: 'Why.',
    });
    expect([twin.waiting, twin.source]).toEqual([before, []]);
  });

  test('stops where it was told to, and says how many there are', async () => {
    const twin = createTwin();
    for (let at = 0; at < 50; at += 1) twin.put({ body: '{' });
    expect(await look(twin, 20)).toMatchObject({ depth: 50, seen: 20 });
    expect(twin.waiting.filter(({ isHidden }) => isHidden)).toEqual([]);
  });

  test('releases what it holds when it fails', async () => {
    let calls = 0;
    const twin = createTwin({
      fault: (call) => {
        if (call === 'receive' && ++calls === 2) throw new Error('gone');
      },
    });
    for (let at = 0; at < 15; at += 1) twin.put({ body: '{' });
    await expect(look(twin, 100)).rejects.toThrow('gone');
    expect(twin.waiting.filter(({ isHidden }) => isHidden)).toEqual([]);
  });

  test('sees of a queue that keeps its order the first of each group', async () => {
    const twin = createTwin({ name: 'ses-list', isOrdered: true });
    for (let at = 0; at < 30; at += 1) twin.put({ body: '{"task":"remove"}', group: 'ses' });
    expect(await look(twin, 100)).toMatchObject({ depth: 30, seen: 10 });
    expect(twin.waiting.filter(({ isHidden }) => isHidden)).toEqual([]);
  });
});

describe('to send back', () => {
  const everything = { reason: null, until: NOON };

  test('moves all of them, in their order where the queue keeps it', async () => {
    const twin = createTwin({ name: 'ses-list', isOrdered: true });
    const bodies = Array.from({ length: 35 }, (_, at) => `{"task":"remove","addressHash":"${at}"}`);
    for (const body of bodies) twin.put({ body, group: 'ses' });
    expect(await sendBack(twin, everything)).toEqual({ sent: 35, failure: null });
    expect([twin.source.map(({ body }) => body), twin.waiting]).toEqual([bodies, []]);
  });

  test('takes one reason only, where one is named', async () => {
    const twin = createTwin();
    for (let at = 0; at < 40; at += 1)
      twin.put({ body: `${at}`, attributes: parked(at % 2 === 0 ? 'even' : 'odd') });
    expect(await sendBack(twin, { ...everything, reason: 'odd' })).toEqual({ sent: 20, failure: null });
    expect(twin.source.every(({ body }) => Number(body) % 2 === 1)).toBe(true);
    expect(twin.waiting.map(({ isHidden }) => isHidden)).toEqual(Array(20).fill(false));
  });

  test('ends, although every message comes back at once', async () => {
    const twin: Twin = createTwin({ onArrival: ({ body }) => twin.put({ body, sentAt: NOON + 1 }) });
    for (let at = 0; at < 12; at += 1) twin.put({ body: `${at}`, sentAt: NOON });
    expect((await sendBack(twin, everything)).sent).toBe(12);
    expect(twin.waiting).toHaveLength(12);
  });

  test('ends also where the clock of this machine is ahead', async () => {
    const twin: Twin = createTwin({ onArrival: ({ body }) => twin.put({ body, sentAt: NOON - 1 }) });
    for (let at = 0; at < 300; at += 1) twin.put({ body: `${at}`, sentAt: NOON - 1 });
    const { sent } = await sendBack(twin, everything);
    expect(sent).toBeGreaterThanOrEqual(300);
    expect(sent).toBeLessThan(320);
  });

  test('leaves alone what came after the run began', async () => {
    const twin = createTwin();
    twin.put({ body: 'old', sentAt: NOON });
    twin.put({ body: 'new', sentAt: NOON + 1 });
    expect(await sendBack(twin, everything)).toEqual({ sent: 1, failure: null });
    expect(bodiesIn(twin)).toEqual(['new']);
  });

  test('loses none, whatever fails and however often it is begun again', async () => {
    const calls = ['receive', 'sendBack', 'remove', 'release'] as const;
    const run = fc.record({
      count: fc.integer({ min: 0, max: 60 }),
      isOrdered: fc.boolean(),
      faults: fc.array(fc.tuple(fc.constantFrom(...calls), fc.integer({ min: 0, max: 80 })), {
        maxLength: 6,
      }),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ count, isOrdered, faults }) => {
        const made = new Map<string, number>();
        const twin = createTwin({
          isOrdered,
          fault(call) {
            const nth = made.get(call) ?? 0;
            made.set(call, nth + 1);
            if (faults.some(([failing, at]) => failing === call && at === nth))
              throw new Error(`${call} failed`);
          },
        });
        const bodies = Array.from({ length: count }, (_, at) => `${at}`);
        for (const body of bodies) twin.put({ body, group: isOrdered ? `g${Number(body) % 2}` : null });
        const isWhole = () => {
          const there = new Set([...bodiesIn(twin), ...twin.source.map(({ body }) => body)]);
          expect(bodies.filter((body) => !there.has(body))).toEqual([]);
        };
        for (let tries = 0; tries <= faults.length && twin.waiting.length > 0; tries += 1) {
          await sendBack(twin, everything).catch(() => null);
          isWhole();
          twin.wakeUp();
        }
        expect(twin.waiting).toEqual([]);
        const repeated = twin.source.length - new Set(twin.source.map(({ body }) => body)).size;
        expect(repeated).toBeLessThanOrEqual(faults.filter(([call]) => call === 'remove').length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
