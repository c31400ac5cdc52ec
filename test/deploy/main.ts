import { createCdk } from './cdk.ts';
import { installMiniStack, startMiniStack } from './ministack.ts';
import { Report } from './report.ts';
import { runScenario } from './scenario.ts';

/** MiniStack takes this pair for the root of its AWS account. */
const ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

const NOTES = `
When every step passed, this proves that the synthesized stack deploys with the plain CDK command line, that its
parts are wired together, that the functions get along with the permissions they have, and that callers reach what
their policy names and nothing else. It does not prove what only AWS can: IAM, SES and Lambda are MiniStack's
imitations. Its alarms watch one metric each and are never raised. No mail is sent, nothing is throttled, no token is checked, and no message fails five times; and since
MiniStack knows no suppression list, no address stands on one.`;

const abort = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => abort.abort(new Error(`interrupted by ${name}`)));
}
const { signal } = abort;
const report = new Report(signal);

async function deployAndDrive(): Promise<void> {
  console.log('Installing and starting MiniStack ...');
  await installMiniStack(signal);
  const ministack = await startMiniStack(signal);
  const cdk = await createCdk({ ministack, administrator: ADMINISTRATOR, signal });
  try {
    await runScenario({ report, ministack, cdk, administrator: ADMINISTRATOR });
    console.log(NOTES);
  } finally {
    if (report.hasFailed) console.log(`\nMiniStack's log ends so:\n${await ministack.lastLog()}`);
    await cdk.remove();
    await ministack.stop();
  }
}

try {
  await deployAndDrive();
} catch (error) {
  report.fail('the deploy test runs to its end', error);
}
process.exitCode = report.close() ? 0 : 1;
