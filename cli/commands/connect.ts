import type { Command } from 'commander';
import { createPacedCaller } from '../../lib/ses/paced-caller.ts';
import { regionOf } from '../onboarding/assess.ts';
import { connectRegion, isWhole, type RegionReport } from '../onboarding/connect-regions.ts';
import { type Ears, findStack } from '../onboarding/find-stack.ts';
import { PartlyConnectedError } from '../onboarding/partly-connected-error.ts';
import type { SesClient } from '../onboarding/ses-client.ts';
import { print } from '../output.ts';
import { type Shell, UsageError, write } from '../shell.ts';
import { connectText } from '../text/connect-text.ts';
import type { PrintOptions } from './options.ts';

interface Options extends PrintOptions {
  readonly stack: string;
  readonly topic?: string;
  readonly apply?: true;
  readonly sets?: true;
}

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;

const DETAILS = `
It asks SES with your AWS credentials, once a second, and changes nothing
without --apply. With it, what is missing is added; no topic is ever replaced.
--region takes several Regions, separated by commas (default: the topic's).
What it may need to be allowed stands in docs/cli.md.`;

export function addConnect(program: Command, shell: Shell): void {
  program
    .command('connect')
    .summary('look at SES: whose bounces Rebound does not see; --apply adds what is missing')
    .description(
      "Looks at an AWS account's SES: whose bounces and complaints Rebound does not see, and what to do about it.",
    )
    .option('--stack <name>', 'the deployed stack', 'Rebound')
    .option('--topic <arn>', "the stack's topic (output TopicArn), where the stack cannot be asked")
    .option('--apply', 'add what is missing')
    .option('--sets', 'also where every identity tells: configuration sets alone bring message tags')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', DETAILS)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const regions = options.region?.split(',').map((region) => region.trim()) ?? [];
      const ears = await earsOf(options, [...regions, ...homeRegion(shell)]);
      const reports: RegionReport[] = [];
      for (const region of regions.length === 0 ? [regionOf(ears.topicArn)] : regions) {
        const ses = await openSes(region, shell);
        reports.push(
          await connectRegion(ses, {
            ears,
            apply: options.apply === true,
            everySet: options.sets === true,
            onProgress: (line) => void write(shell.stderr, `${line}\n`),
          }),
        );
      }
      const text = (_: unknown, width: number) => connectText(reports, width);
      await print({ ...ears, regions: reports }, { ...options, shell, text });
      if (!reports.every(isWhole)) throw new PartlyConnectedError('Not everything could be read or changed.');
    });
}

function homeRegion({ environment }: Shell): readonly string[] {
  const region = environment['AWS_REGION'];
  return region ? [region] : [];
}

/** The clients of AWS are loaded for this command alone: they take longer to start than all the others together. */
async function earsOf({ topic, stack }: Options, regions: readonly string[]): Promise<Ears> {
  if (topic !== undefined) {
    if (!TOPIC_ARN.test(topic)) throw new UsageError('--topic takes the ARN of a topic.');
    return { topicArn: topic, configurationSet: null };
  }
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const clients =
    regions.length === 0
      ? [new CloudFormationClient()]
      : [...new Set(regions)].map((region) => new CloudFormationClient({ region }));
  try {
    await clients[0]?.config.region().catch(() => {
      throw new UsageError('Which Region? Give --region or AWS_REGION.');
    });
    return await findStack(clients, stack);
  } finally {
    for (const client of clients) client.destroy();
  }
}

async function openSes(region: string, { clock }: Shell): Promise<SesClient> {
  const [{ SESClient }, { SESv2Client }, { createSesClient }] = await Promise.all([
    import('@aws-sdk/client-ses'),
    import('@aws-sdk/client-sesv2'),
    import('../onboarding/ses-client.ts'),
  ]);
  // Trying again is the paced caller's.
  const config = { region, maxAttempts: 1 };
  const v2 = new SESv2Client(config);
  // Missing credentials are nothing to try again for.
  await v2.config.credentials();
  const sleep = (durationInMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationInMs));
  const call = createPacedCaller({ clock, sleep, random: Math.random });
  return createSesClient({ region, v1: new SESClient(config), v2, call, clock });
}
