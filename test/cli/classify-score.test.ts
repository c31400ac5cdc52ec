import { describe, expect, test } from '@jest/globals';
import { reportScore } from '../../cli/classify-report.ts';
import { type ScoredBounce, scoreBounces } from '../../cli/classify-score.ts';

describe('the score', () => {
  test('accuracy takes one answer of tier A, and any acceptable one of the rest', () => {
    const score = scoreBounces([
      bounce('spam', 'spam'),
      bounce('spam', 'content', { alsoAcceptable: ['content'] }),
      bounce('spam', 'content', { alsoAcceptable: ['content'], isStrict: false }),
      bounce('spam', 'policy', { isStrict: false }),
    ]);
    expect(score.accuracy).toEqual({ count: 1, of: 2 });
    expect(score.lenientAccuracy).toEqual({ count: 3, of: 4 });
    expect(score.misses.map(({ got }) => got.reason)).toEqual(['content', 'policy']);
  });

  test('macro-F1 is the mean over the reasons with five bounces, false alarms of all counted', () => {
    const spam = times(4, bounce('spam', 'spam')).concat(bounce('spam', 'policy'));
    const policy = times(5, bounce('policy', 'policy'));
    const rare = times(4, bounce('content', 'spam'));
    const f1OfSpam = (2 * 4) / (5 + 8);
    const f1OfPolicy = (2 * 5) / (5 + 6);
    expect(scoreBounces([...spam, ...policy, ...rare]).macroF1).toBeCloseTo((f1OfSpam + f1OfPolicy) / 2, 10);
  });

  test('macro-F1 knows nothing of a corpus with fewer', () => {
    expect(scoreBounces(times(4, bounce('spam', 'spam'))).macroF1).toBeNull();
  });

  test('false-dead is a live address called dead, missed-dead the reverse', () => {
    const score = scoreBounces([
      bounce('spam', 'unknown_user'),
      bounce('mailbox_full', 'dns_failure'),
      bounce('policy', 'spam'),
      bounce('unknown_user', 'mailbox_inactive'),
      bounce('dns_failure', 'timeout'),
      bounce('spam', 'unknown_user', { isStrict: false }),
    ]);
    expect(score.falseDead).toEqual({ count: 2, of: 3 });
    expect(score.missedDead).toEqual({ count: 1, of: 2 });
  });

  test('false-never takes away a right that the address has', () => {
    const score = scoreBounces([
      bounce('dns_failure', 'unknown_user'),
      bounce('throttled', 'mailbox_full'),
      bounce('policy', 'dns_failure'),
      bounce('mailbox_full', 'unknown_user'),
    ]);
    expect(score.falseNever).toEqual({ count: 2, of: 3 });
  });

  test.each(['throttled', 'timeout', 'temporary_problem', 'authentication', 'reputation'])(
    '%s may never become hard',
    (reason) => {
      const hard = bounce(reason, 'policy', { kind: 'hard' });
      const soft = bounce(reason, 'policy', { kind: 'soft' });
      expect(scoreBounces([hard, soft]).softMadeHard).toEqual([hard]);
    },
  );

  test('of nothing is nothing', () => {
    expect(scoreBounces([])).toMatchObject({ accuracy: { count: 0, of: 0 }, macroF1: null, misses: [] });
  });
});

describe('its report', () => {
  test('names each rate, and each miss by its confusion, its rule and its id', () => {
    const report = reportScore(
      scoreBounces([bounce('throttled', 'policy', { kind: 'hard' }), bounce('spam', 'spam')]),
    );
    expect(report).toContain('accuracy, tier A          0.5000  1 of 2');
    expect(report).toContain('missed-dead               -  0 of 0');
    expect(report).toContain('soft made hard            1');
    expect(report).toContain('  A  throttled -> policy  by words.policy  (seven)');
  });

  test('lets no character of the corpus steer the terminal', () => {
    const report = reportScore(scoreBounces([bounce('sp\u001bam', 'policy', { id: 'x\u202ey' })]));
    expect(report).toContain('sp\\u001bam -> policy');
    expect(report).toContain('(x\\u202ey)');
  });
});

interface More {
  id?: string;
  kind?: string;
  isStrict?: boolean;
  alsoAcceptable?: string[];
}

function bounce(reason: string, got: string, more: More = {}): ScoredBounce {
  const { id = 'seven', kind = 'soft', isStrict = true, alsoAcceptable = [] } = more;
  return { id, reason, alsoAcceptable, isStrict, got: { reason: got, kind, rule: `words.${got}` } };
}

function times(count: number, one: ScoredBounce): ScoredBounce[] {
  return Array.from({ length: count }, () => one);
}
