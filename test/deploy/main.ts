import { type Cdk, createCdk } from './cdk.ts';
import { installMiniStack, type MiniStack, startMiniStack } from './ministack.ts';
import { Report } from './report.ts';
import { runScenario } from './scenario.ts';

/** MiniStack takes this pair for the root of its AWS account. */
const ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

const NOTES = `
When every step passed, this proves that the synthesized stack deploys with the plain CDK command line, that its
parts are wired together, that the functions get along with the permissions they have, and that callers reach what
their policy names and nothing else. It does not prove what only AWS can: IAM, SES and Lambda are MiniStack's
imitations. No mail is sent, nothing is throttled, no token is checked, and no message fails five times.`;

const report = new Report();
let ministack: MiniStack | undefined;
let cdk: Cdk | undefined;

async function stop(): Promise<void> {
  await cdk?.remove();
  await ministack?.stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop().finally(() => process.exit(1)));
}

try {
  console.log('Installing and starting MiniStack ...');
  await installMiniStack();
  ministack = await startMiniStack();
  cdk = await createCdk(ministack, ADMINISTRATOR);
  await runScenario({ report, ministack, cdk, administrator: ADMINISTRATOR });
  console.log(NOTES);
} catch (error) {
  await report.step('the deploy test runs to its end', () => Promise.reject(error));
} finally {
  if (report.hasFailed) console.log(`\nMiniStack's log ends so:\n${await ministack?.lastLog()}`);
  await stop();
}
process.exitCode = report.close() ? 0 : 1;
