import { type Bench, type BenchRun, compareRounds, type Measurement, medianOf, spreadOf } from './bench.ts';
import type { PureJob, PureResult } from './measured/job.ts';
import { measurePure } from './processes.ts';

const TRIM = 'trim + NFC + lower-case';
const PARSE = 'the two JSON.parse';

export const bench: Bench = {
  title: 'What is done for every recipient and every notification',
  async measure(run) {
    return [
      await measureOne(run, {
        kind: 'normalise',
        what: '10,000 ASCII addresses normalised',
        to: TRIM,
        target: 1,
      }),
      await measureOne(run, {
        kind: 'notification',
        what: '1,000 notifications parsed',
        to: PARSE,
        target: 1.3,
      }),
    ];
  },
};

interface Question extends PureJob {
  readonly what: string;
  readonly to: string;
  readonly target: number;
}

async function measureOne(run: BenchRun, { kind, what, to, target }: Question): Promise<Measurement> {
  const results: PureResult[] = [];
  for (let round = 0; round < run.rounds; round++) results.push(await measurePure(run, { kind }));
  const ours = results.map(({ oursInMs }) => oursInMs);
  const ratio = compareRounds(ours, to, { than: results.map(({ yardstickInMs }) => yardstickInMs), target });
  return { what, value: medianOf(ours), unit: 'ms', spread: spreadOf(ours), ratios: [ratio] };
}
