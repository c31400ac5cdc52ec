import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../shell.ts';

/** Where Rebound listens. */
export interface Ears {
  readonly topicArn: string;
  /** Null where nobody said. */
  readonly configurationSet: string | null;
}

/** Reads from a deployed stack where it listens. Throws UsageError for a stack that is no Rebound. */
export async function findStack(
  client: Pick<CloudFormationClient, 'send'>,
  StackName: string,
): Promise<Ears> {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const outputs = new Map(
    Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const topicArn = outputs.get('TopicArn');
  if (topicArn === undefined) {
    throw new UsageError(
      `The stack ${StackName} is no Rebound: it puts out no TopicArn. Give --stack or --topic.`,
    );
  }
  return { topicArn, configurationSet: outputs.get('ConfigurationSetName') ?? null };
}
