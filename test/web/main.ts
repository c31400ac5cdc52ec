import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, startInstance } from '../local/instance.ts';
import { takeScreenshots } from './screenshots.ts';
import { findChromium, NoBrowserError } from './support/chromium.ts';
import { createStack } from './support/stack.ts';

const HELP = `Drives the console in a browser, against the stack on this machine.

Usage: npm run test:web [-- options of playwright test]
       npm run screenshots

  --screenshots   write docs/screenshots instead of testing

Environment:
  CHROMIUM_PATH      a Chromium to use; else Debian's, installed with apt-get by root where it is missing
  DYNAMODB_ENDPOINT  a DynamoDB Local to use, as for npm start`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof NoBrowserError ? error.message : error);
  return 1;
});

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const chromium = findChromium(process.env);
  const built = await run('npm', ['run', '--silent', 'build:web'], process.env);
  if (built !== 0) return built;
  const instance = startInstance(['--empty'], { DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? '' });
  try {
    const state = await instance.ready();
    if (args.includes('--screenshots')) {
      await takeScreenshots(createStack(state), chromium, join(ROOT, 'docs/screenshots'));
      return 0;
    }
    return await run('npx', ['playwright', 'test', '--config', 'test/web/playwright.config.ts', ...args], {
      ...process.env,
      CHROMIUM_PATH: chromium,
      REBOUND_LOCAL_STATE: JSON.stringify(state),
      PLAYWRIGHT_OUTPUT: join(instance.stateDir, 'playwright'),
    });
  } finally {
    await instance.clear();
  }
}

/** Runs a command to its end; its exit code. */
async function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(command, args, { cwd: ROOT, env: environment, stdio: 'inherit' });
  const stop = () => child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
