import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../shell.ts';

/** Where Rebound listens. */
export interface Ears {
  readonly topicArn: string;
  /** Null where nobody said. */
  readonly configurationSet: string | null;
}

/** Where a stack may be asked for: CloudFormation in one Region. */
export type StackRegion = Pick<CloudFormationClient, 'send'>;

/** Reads from a deployed stack where it listens, in the first Region that has it. Throws UsageError for a stack that is no Rebound. */
export async function findStack(regions: readonly StackRegion[], StackName: string): Promise<Ears> {
  const outputs = await outputsOf(regions, StackName);
  const topicArn = outputs.get('TopicArn');
  if (topicArn === undefined) {
    throw new UsageError(
      `The stack ${StackName} is no Rebound: it puts out no TopicArn. Give --stack or --topic.`,
    );
  }
  return { topicArn, configurationSet: outputs.get('ConfigurationSetName') ?? null };
}

async function outputsOf(
  [first, ...others]: readonly StackRegion[],
  StackName: string,
): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  try {
    const answer = await first?.send(new DescribeStacksCommand({ StackName }));
    return new Map(
      answer?.Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    const isElsewhere = error instanceof Error && error.message.includes('does not exist');
    if (!isElsewhere) throw error;
    if (others.length > 0) return await outputsOf(others, StackName);
    throw new UsageError(
      `There is no stack ${StackName} in the Regions asked for. Give --stack, --region, or its topic by --topic.`,
    );
  }
}
