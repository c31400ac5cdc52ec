import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLING, functionFolder } from '../infra/bundle.ts';
import { type Bench, type BenchRun, compareRounds, medianOf, spreadOf } from './bench.ts';
import type { FunctionResult } from './measured/job.ts';
import { measureFunction, ourBundle } from './processes.ts';

/** Ten notifications, each of one recipient: what SQS hands over at once. */
const RECIPIENTS = 10;
const US_PER_MS = 1000;

export const bench: Bench = {
  title: 'Ingest: a recipient of a bounce, from the SQS message to its writes',
  async measure(run) {
    const bundles = { ours: ourBundle(run, 'record-bounces'), sdk: await bundleOverSdk(run) };
    const ours: FunctionResult[] = [];
    const sdk: FunctionResult[] = [];
    const calls = run.isQuick ? 20 : 100;
    const job = { kind: 'record', recipients: RECIPIENTS, warmUps: calls, calls } as const;
    for (let round = 0; round < run.rounds; round++) {
      ours.push(await measureFunction(run, { ...job, bundle: bundles.ours }));
      sdk.push(await measureFunction(run, { ...job, bundle: bundles.sdk }));
    }
    const cpu = ({ warm }: FunctionResult) => (warm.cpuInMs * US_PER_MS) / RECIPIENTS;
    const values = ours.map(cpu);
    return [
      {
        what: 'ingest: CPU of a recipient, its writes included',
        value: medianOf(values),
        unit: 'us',
        spread: spreadOf(values),
        ratios: [compareRounds(values, 'document client', { than: sdk.map(cpu), target: 0.6 })],
      },
    ];
  },
};

/** Our function with the SDK's client in the place of ours. */
async function bundleOverSdk({ folder }: BenchRun): Promise<string> {
  const outfile = path.join(folder, 'record-bounces-over-sdk.js');
  await build({
    ...BUNDLING,
    entryPoints: [path.join(functionFolder('record-bounces'), 'index.ts')],
    outfile,
    plugins: [
      {
        name: 'sdk-clients',
        setup({ onResolve }) {
          onResolve({ filter: /json-rpc-client\.ts$/ }, () => ({
            path: path.join(import.meta.dirname, 'yardsticks/sdk-clients.ts'),
          }));
        },
      },
    ],
  });
  return outfile;
}
