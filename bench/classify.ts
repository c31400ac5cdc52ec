import { classify } from '../lib/policy/classify.ts';
import { CLASSIFY_CASES, said } from '../test/policy/classify-cases.ts';
import { type Bench, type Measurement, medianInMs } from './bench.ts';

const COUNT = 10_000;
const UNKNOWN_WORDS = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor ';
const HOSTILE = ['a', ' ', 'user ', '5.1.1 ', 'a@', 'expired <550 ', 'sender domain ', '\u202e', '宛先'];

export const bench: Bench = {
  title: 'Classification, one core',
  measure: async () => [...usual(), ...hostile()],
};

function usual(): Measurement[] {
  const bounces = Array.from({ length: COUNT }, (_, index) =>
    said(CLASSIFY_CASES[index % CLASSIFY_CASES.length]?.text ?? ''),
  );
  const strangers = bounces.map((_, index) => said(`550 5.0.0 ${UNKNOWN_WORDS} ${index}`));
  const lines = bounces.map((bounce) => JSON.stringify(bounce));
  const parsing = medianInMs(() => lines.map((line) => JSON.parse(line) as unknown));
  const each = (what: string, tookInMs: number): Measurement => ({
    what,
    value: (tookInMs * 1000) / COUNT,
    unit: 'us',
    ratios: [{ to: 'JSON.parse', value: tookInMs / parsing }],
  });
  return [
    each(
      'classify a bounce of the test table',
      medianInMs(() => bounces.map(classify)),
    ),
    each(
      'classify a bounce that no rule knows',
      medianInMs(() => strangers.map(classify)),
    ),
  ];
}

/** The cap makes 64 KB cost what 4 KB cost. */
function hostile(): Measurement[] {
  const of = (length: number) =>
    HOSTILE.map((unit) => said(unit.repeat(length / unit.length).slice(0, length)));
  const worst = (length: number) =>
    Math.max(...of(length).map((bounce) => medianInMs(() => classify(bounce))));
  const short = worst(4_096);
  const long = worst(65_536);
  return [
    { what: 'classify the worst of 4 KB of hostile text', value: short, unit: 'ms' },
    {
      what: 'classify the worst of 64 KB of hostile text',
      value: long,
      unit: 'ms',
      ratios: [{ to: '4 KB', value: long / short }],
    },
  ];
}
