import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SesLayer, SesMark } from '../../lib/policy/layer.ts';
import { addMark, readLayer, type SesFacts, type SesLayerFacts } from '../../lib/policy/ses-layers.ts';
import type { Instant } from '../../lib/policy/time.ts';
import { moments, RUNS, SEED } from './arbitraries.ts';
import { ACCOUNT, daysAfter, hoursAfter, NOW } from './builders.ts';

function aMark(changes: Partial<SesMark> = {}): SesMark {
  return {
    layer: 'sesAccountList',
    sentAt: hoursAfter(-2),
    markedAt: hoursAfter(-1),
    listedFor: 'bounce',
    ...changes,
  };
}

function marked(changes: Partial<SesMark>, { isSimulator = false } = {}): SesFacts {
  return addMark({}, aMark(changes), { isSimulator });
}

function read(ses: SesFacts, layer: SesLayer, { now = NOW, account = ACCOUNT } = {}) {
  return readLayer(ses, { layer, account, now });
}

function changed(ses: SesFacts, layer: SesLayer, changes: Partial<SesLayerFacts>): SesFacts {
  return { ...ses, [layer]: { ...(ses[layer] as SesLayerFacts), ...changes } };
}

const END = daysAfter(3650);

describe('how long a mark of SES blocks', () => {
  const markedAt = hoursAfter(-1);

  test.each<{ layer: SesLayer; title: string; until: Instant | null }>([
    { layer: 'sesAccountList', title: 'until it is removed', until: null },
    { layer: 'sesGlobalList', title: 'for 14 days after the event', until: daysAfter(14, markedAt) },
    { layer: 'sesValidation', title: 'for 30 days after the event', until: daysAfter(30, markedAt) },
  ])('$layer blocks $title', ({ layer, until }) => {
    const ses = marked({ layer, markedAt });
    expect(read(ses, layer, { now: (until ?? END) - 1 })).toMatchObject({ state: 'blocked', until });
    expect(read(ses, layer, { now: until ?? END }).state).toBe(until === null ? 'blocked' : 'unknown');
  });

  test.each<SesLayer>(['sesAccountList', 'sesGlobalList', 'sesValidation'])(
    'B18: %s blocks an address of the mailbox simulator for one hour',
    (layer) => {
      const ses = marked({ layer, markedAt: NOW }, { isSimulator: true });
      expect(read(ses, layer).until).toBe(hoursAfter(1));
      expect(read(ses, layer, { now: hoursAfter(1) }).state).toBe('unknown');
    },
  );

  test('the end is counted from the mail where the event has no time', () => {
    const ses = marked({ layer: 'sesGlobalList', sentAt: NOW, markedAt: null });
    expect(read(ses, 'sesGlobalList').until).toBe(daysAfter(14));
  });

  test('a mark without any time blocks only where it has no end', () => {
    const times = { sentAt: null, markedAt: null };
    expect(read(marked({ layer: 'sesGlobalList', ...times }), 'sesGlobalList').state).toBe('unknown');
    expect(read(marked({ layer: 'sesAccountList', ...times }), 'sesAccountList').state).toBe('blocked');
  });

  test('nothing is known of a layer without a mark', () => {
    expect(read({}, 'sesAccountList')).toEqual({ state: 'unknown', until: null, listedFor: null });
  });

  test("SES's own reason is kept", () => {
    expect(read(marked({ listedFor: 'complaint' }), 'sesAccountList').listedFor).toBe('complaint');
  });
});

describe('the newest mark', () => {
  test('an older or known mark leaves the very same facts', () => {
    for (const listedFor of ['bounce', 'complaint'] as const) {
      const ses = marked({ listedFor });
      for (const changes of [{ listedFor }, { sentAt: hoursAfter(-3), markedAt: NOW }]) {
        expect(addMark(ses, aMark(changes), { isSimulator: false })).toBe(ses);
      }
    }
  });

  test('of one moment is the complaint', () => {
    const complaint = aMark({ listedFor: 'complaint' });
    const forwards = addMark(marked({}), complaint, { isSimulator: false });
    const backwards = addMark(marked({ listedFor: 'complaint' }), aMark(), { isSimulator: false });
    expect(read(forwards, 'sesAccountList').listedFor).toBe('complaint');
    expect(backwards).toEqual(forwards);
  });

  test(`marks in any order and any repetition give the same facts (seed ${SEED})`, () => {
    const time = fc.option(moments({ fromDay: -5, toDay: 2 }), { freq: 5 });
    const mark: fc.Arbitrary<SesMark> = fc.record({
      layer: fc.constantFrom<SesLayer[]>('sesAccountList', 'sesGlobalList', 'sesValidation'),
      sentAt: time,
      markedAt: time,
      listedFor: fc.constantFrom('bounce' as const, 'complaint' as const),
    });
    const all = (marks: readonly SesMark[]) =>
      marks.reduce<SesFacts>((ses, next) => addMark(ses, next, { isSimulator: false }), {});
    fc.assert(
      fc.property(
        fc.array(mark, { maxLength: 8 }).chain((marks) => {
          const twice = [...marks, ...marks];
          return fc.tuple(
            fc.constant(marks),
            fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length }),
          );
        }),
        ([once, again]) => expect(all(again)).toEqual(all(once)),
      ),
      RUNS,
    );
  });
});

describe('a removal from the account list', () => {
  const ses = marked({ sentAt: hoursAfter(-2) });
  const requestedAt = hoursAfter(-1);

  test.each([
    { state: 'pending' as const, reads: 'pending' },
    { state: 'confirmed' as const, reads: 'clear' },
    { state: 'not_asked' as const, reads: 'unknown' },
  ])('that is $state reads $reads', ({ state, reads }) => {
    expect(
      read(changed(ses, 'sesAccountList', { removal: { requestedAt, state } }), 'sesAccountList'),
    ).toEqual({
      state: reads,
      until: null,
      listedFor: null,
    });
  });

  test.each([
    { title: 'sent before it changes nothing', sentAt: hoursAfter(-1.5), reads: 'clear' },
    { title: 'sent in its very moment changes nothing', sentAt: requestedAt, reads: 'clear' },
    { title: 'sent at no known time changes nothing', sentAt: null, reads: 'clear' },
    { title: 'sent after it has it asked for again', sentAt: requestedAt + 1, reads: 'pending' },
  ])('a mark of mail $title', ({ sentAt, reads }) => {
    const removed = changed(ses, 'sesAccountList', { removal: { requestedAt, state: 'confirmed' } });
    const again = addMark(removed, aMark({ sentAt, markedAt: NOW }), { isSimulator: false });
    expect(read(again, 'sesAccountList').state).toBe(reads);
  });

  test('a mark of later mail blocks again where nobody asks SES', () => {
    const lifted = changed(ses, 'sesAccountList', { removal: { requestedAt, state: 'not_asked' } });
    const again = addMark(lifted, aMark({ sentAt: requestedAt + 1 }), { isSimulator: false });
    expect(read(again, 'sesAccountList').state).toBe('blocked');
  });

  test('is not asked for again by a mark that has ended by itself', () => {
    const removed = changed(ses, 'sesAccountList', { removal: { requestedAt, state: 'confirmed' } });
    const mark = aMark({ sentAt: requestedAt + 1, markedAt: NOW });
    const simulated = addMark(removed, mark, { isSimulator: true });
    expect(read(simulated, 'sesAccountList').state).toBe('blocked');
    expect(read(simulated, 'sesAccountList', { now: hoursAfter(1) }).state).toBe('clear');
  });

  test('what SES lists for a complaint blocks, whatever was asked for', () => {
    const removed = changed(ses, 'sesAccountList', { removal: { requestedAt, state: 'pending' } });
    const complaint = aMark({ sentAt: requestedAt + 1, listedFor: 'complaint' });
    const again = addMark(removed, complaint, { isSimulator: false });
    expect(read(again, 'sesAccountList')).toMatchObject({ state: 'blocked', listedFor: 'complaint' });
  });
});

describe('a lift of a failed validation', () => {
  const liftedAt = hoursAfter(-1);
  const ses = changed(marked({ layer: 'sesValidation' }), 'sesValidation', {
    liftedFor: new Map([[ACCOUNT, liftedAt]]),
  });

  test('holds for its own account alone, and nobody knows what SES holds', () => {
    expect(read(ses, 'sesValidation').state).toBe('unknown');
    expect(read(ses, 'sesValidation', { account: 'other' }).state).toBe('blocked');
  });

  test('ends with the next mark of mail sent after it', () => {
    const mark = aMark({ layer: 'sesValidation', sentAt: liftedAt + 1, markedAt: NOW });
    expect(read(addMark(ses, mark, { isSimulator: false }), 'sesValidation').state).toBe('blocked');
  });
});
