import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localClient } from '../../local/aws-clients.ts';
import { readStack } from '../../local/cloud-assembly.ts';
import { resolveValue } from '../../local/intrinsics.ts';
import { stateDirOf } from '../../local/options.ts';
import { createReferences } from '../../local/references.ts';
import { readState } from '../../local/state-file.ts';
import { type Shell, UsageError } from '../shell.ts';
import { readStackOutputs } from '../stack-outputs.ts';
import { type DeadLetterQueue, QUEUE_NAMES, type QueueName } from './dead-letters.ts';
import { createSqsDeadLetters } from './sqs-dead-letters.ts';

export interface Place {
  /** Of a deployed stack; without it the one that runs on this machine. */
  readonly stack?: string;
  readonly region?: string;
}

interface Outputs {
  readonly outputs: Readonly<Record<string, string>>;
  readonly sqs: SQSClient;
}

const LOCAL_STACK = 'Rebound';
/** In which outputs of the stack the queues stand; events come from no queue. */
const OUTPUTS: Readonly<Record<QueueName, { readonly dead: string; readonly source: string | null }>> = {
  intake: { dead: 'DeadLetterQueueUrl', source: 'QueueUrl' },
  subscription: { dead: 'SubscriptionDeadLetterQueueUrl', source: 'QueueUrl' },
  'ses-list': { dead: 'SesListDeadLetterQueueUrl', source: 'SesListQueueUrl' },
  events: { dead: 'EventsDeadLetterQueueUrl', source: null },
};

/** The dead-letter queues of a deployment, in a fixed order. Throws UsageError where there is none. */
export async function openQueues(place: Place, shell: Shell): Promise<readonly DeadLetterQueue[]> {
  const { outputs, sqs } = place.stack === undefined ? openLocal(shell) : await openStack(place.stack, place);
  const queues = QUEUE_NAMES.flatMap((name) => {
    const deadUrl = outputs[OUTPUTS[name].dead];
    const sourceUrl = outputs[OUTPUTS[name].source ?? ''] ?? null;
    return deadUrl === undefined ? [] : [createSqsDeadLetters(sqs, { name, deadUrl, sourceUrl })];
  });
  if (queues.length === 0) throw new UsageError('This is no Rebound: it puts out no DeadLetterQueueUrl.');
  return queues;
}

function openLocal({ environment, root }: Shell): Outputs {
  const stateDir = stateDirOf(environment, root);
  const state = readState(stateDir);
  if (state === null) {
    throw new UsageError(
      'Nothing runs here: start it with npm start, or name a deployed stack with --stack.',
    );
  }
  const { template } = readStack(join(stateDir, 'cdk.out'), LOCAL_STACK);
  const references = createReferences(template.Resources, {
    messagingEndpoint: state.endpoints.sqs,
    tableSuffix: '',
  });
  const urls = Object.entries(template.Outputs).filter(([name]) => name.endsWith('QueueUrl'));
  return {
    outputs: Object.fromEntries(
      urls.map(([name, { Value }]) => [name, String(resolveValue(Value, references))]),
    ),
    sqs: new SQSClient(localClient(state.endpoints.sqs)),
  };
}

async function openStack(name: string, { region }: Place): Promise<Outputs> {
  const config = region === undefined ? {} : { region };
  const client = new CloudFormationClient(config);
  try {
    return { outputs: await readStackOutputs(client, name), sqs: new SQSClient(config) };
  } finally {
    client.destroy();
  }
}
