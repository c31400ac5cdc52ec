import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING, bundleFunction } from '../infra/bundle.ts';
import type { BenchRun } from './bench.ts';
import { FUNCTION_ENVIRONMENT, lambdaEnvironment } from './environment.ts';
import type { FunctionJob, FunctionResult, Job, PureJob, PureResult } from './measured/job.ts';

const LONGEST_IN_MS = 60_000;

/** The bundle of one of our functions, made when first asked for. */
export function ourBundle(run: BenchRun, name: string): string {
  return made(run, name, (outfile) => bundleFunction(name, outfile));
}

/** The bundle of a file beside this one, with the very same options. */
export function bundleOf(run: BenchRun, file: string): string {
  return made(run, file.replaceAll('/', '-'), (outfile) =>
    buildSync({ ...BUNDLING, entryPoints: [path.join(import.meta.dirname, `${file}.ts`)], outfile }),
  );
}

const bundles = new Map<string, string>();
function made({ folder }: BenchRun, name: string, make: (outfile: string) => void): string {
  const outfile = path.join(folder, `${name}.js`);
  if (!bundles.has(outfile)) make(outfile);
  bundles.set(outfile, name);
  return outfile;
}

export async function measureFunction(run: BenchRun, job: FunctionJob): Promise<FunctionResult> {
  return (await measureInProcess(run, job)) as FunctionResult;
}

export async function measurePure(run: BenchRun, job: PureJob): Promise<PureResult> {
  return (await measureInProcess(run, job)) as PureResult;
}

/** Measures in a process of its own, which ends with its result. */
async function measureInProcess(run: BenchRun, job: Job): Promise<unknown> {
  const program = bundleOf(run, 'measured/main');
  const child = spawn(process.execPath, [program, JSON.stringify(job)], {
    env: environmentOf(run),
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    timeout: LONGEST_IN_MS,
  });
  let text = '';
  child.stdio[3]?.on('data', (piece) => {
    text += piece;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`The process for ${JSON.stringify(job)} ended with ${code}.`);
  return JSON.parse(text);
}

/** What Lambda and the stack tell a function; all AWS calls lead to the stub. */
function environmentOf({ stub, folder }: BenchRun): Record<string, string> {
  const certificate = path.join(folder, 'certificate.pem');
  writeFileSync(certificate, stub.certificate.cert);
  return { ...FUNCTION_ENVIRONMENT, ...lambdaEnvironment(stub.endpoint), NODE_EXTRA_CA_CERTS: certificate };
}
