import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endWithUs } from './children.ts';
import { StartError } from './start-error.ts';

export interface SynthesizeOptions {
  /** The project's directory. */
  readonly root: string;
  readonly assemblyDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the CDK app as `cdk synth -c ephemeral=true` does, without the second that loading the CDK's command
 * line takes. Throws StartError.
 */
export async function synthesize({ root, assemblyDir, environment }: SynthesizeOptions): Promise<void> {
  const { context = {} } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context?: object };
  const options = {
    cwd: root,
    env: {
      ...environment,
      CDK_OUTDIR: assemblyDir,
      CDK_CONTEXT_JSON: JSON.stringify({
        'aws:cdk:enable-path-metadata': true,
        ...context,
        ephemeral: 'true',
      }),
    },
  };
  const app = endWithUs(spawn(process.execPath, ['infra/main.ts'], options));
  const exitCode = new Promise<number | null>((resolve, reject) => {
    app.once('error', reject);
    app.once('close', resolve);
  });
  const [code, ...output] = await Promise.all([exitCode, text(app.stdout), text(app.stderr)]);
  if (code !== 0) throw new StartError(`The CDK app did not synthesize:\n${output.join('').trim()}`);
  // The bundles are CommonJS, as they are on Lambda; the project's package.json above them says otherwise.
  writeFileSync(join(assemblyDir, 'package.json'), '{"type":"commonjs"}\n');
}
