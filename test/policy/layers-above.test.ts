import { describe, expect, test } from '@jest/globals';
import { type LayerAbove, layersAbove } from '../../lib/policy/layers-above.ts';
import type { SesFacts } from '../../lib/policy/ses-layers.ts';
import { ACCOUNT, aStatus, daysAfter, NOW, sesFacts } from './builders.ts';

const mark = (listedFor: 'bounce' | 'complaint', until: number | null) => ({
  mark: { sentAt: NOW - 1, markedAt: NOW - 1, listedFor, until },
});
const above = (ses: SesFacts, now = NOW): readonly LayerAbove[] =>
  layersAbove(aStatus({ ses }), { account: ACCOUNT, now });

describe('a layer that blocks is told as what it is', () => {
  test.each<[string, SesFacts, Partial<LayerAbove>]>([
    [
      "SES's global list, with its end",
      sesFacts('sesGlobalList', mark('bounce', daysAfter(14))),
      { layer: 'sesGlobalList', until: daysAfter(14), advice: expect.stringContaining('14 days') as never },
    ],
    [
      'a failed validation, which may be unbounced',
      sesFacts('sesValidation', mark('bounce', daysAfter(30))),
      {
        layer: 'sesValidation',
        until: daysAfter(30),
        advice: expect.stringMatching(/^Unbounce.* 30 days/) as never,
      },
    ],
    [
      "SES's account list for a bounce",
      sesFacts('sesAccountList', mark('bounce', null)),
      { layer: 'sesAccountList', until: null, meaning: expect.stringContaining('bounce') as never },
    ],
    [
      "SES's account list for a complaint",
      sesFacts('sesAccountList', mark('complaint', null)),
      { layer: 'sesAccountList', until: null, advice: 'Do not mail this person again.' },
    ],
  ])('%s', (_, ses, expected) => {
    expect(above(ses)).toMatchObject([{ state: 'blocked', ...expected }]);
  });

  test('also while SES is being asked to remove it', () => {
    const removal = { requestedAt: NOW, state: 'pending' as const };
    expect(above(sesFacts('sesAccountList', { ...mark('bounce', null), removal }))).toMatchObject([
      { layer: 'sesAccountList', state: 'pending', advice: 'Wait until SES has confirmed it.' },
    ]);
  });

  test('and no longer when it has ended', () => {
    expect(above(sesFacts('sesGlobalList', mark('bounce', daysAfter(14))), daysAfter(14))).toEqual([]);
  });

  test('besides a global bounce, which comes first', () => {
    const ses = sesFacts('sesGlobalList', mark('bounce', daysAfter(14)));
    const status = aStatus({ ses, global: { declaredAt: NOW, rule: 'G1' } });
    const layers = layersAbove(status, { account: ACCOUNT, now: NOW }).map(({ layer }) => layer);
    expect(layers).toEqual(['global', 'sesGlobalList']);
  });
});
