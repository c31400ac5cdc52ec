import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoSesListStore } from '../../lib/store/dynamo-ses-list-store.ts';
import type { ListReading } from '../../lib/store/ses-list-port.ts';
import { localClient } from '../../local/aws-clients.ts';
import { readStack, type Template } from '../../local/cloud-assembly.ts';
import { stateDirOf } from '../../local/options.ts';
import { readState } from '../../local/state-file.ts';
import { type Shell, UsageError } from '../shell.ts';
import { readStackOutputs } from '../stack-outputs.ts';

export interface Place {
  /** Of a deployed stack; without it the one that runs on this machine. */
  readonly stack?: string;
  readonly region?: string;
}

/** SES's list as a deployment reads it. */
export interface SesList {
  /** In which it is read. */
  readonly regions: readonly string[];
  /** Has the reading begin, or go on where it stopped. */
  start(): Promise<void>;
  /** How far the reading of a Region has come; null before the first. */
  readReading(region: string): Promise<ListReading | null>;
}

interface Parts {
  readonly template: Pick<Template, 'Resources'>;
  readonly region: string;
  readonly queueUrl: string | undefined;
  readonly table: string | undefined;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

const LOCAL_STACK = 'Rebound';
const TASK = JSON.stringify({ task: 'import' });
/** Everything that asks SES waits in this one line. */
const GROUP = 'ses';
const PATIENCE_IN_MS = 30_000;

/** Finds the deployment. Throws UsageError where there is none, or none that asks SES. */
export async function openSesList(place: Place, shell: Shell): Promise<SesList> {
  const parts = place.stack === undefined ? openLocal(shell) : await openStack(place.stack, place);
  const regions = regionsIn(parts.template, parts.region);
  const { queueUrl, table, sqs, dynamodb } = parts;
  if (regions === null || !queueUrl || !table) {
    throw new UsageError('This is no Rebound that reads the list of SES: it has no sync-ses-list.');
  }
  const { clock } = shell;
  const store = createDynamoSesListStore({
    client: dynamodb,
    tables: { addressBounces: '', campaignRecipients: '', unbounceQuotas: '', accounts: table },
    clock,
    sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
    random: Math.random,
  });
  return {
    regions,
    async start() {
      // An id of its own: the queue would pass over a second text of the same words within five minutes.
      const MessageDeduplicationId = `import-ses.${clock()}`;
      const message = {
        QueueUrl: queueUrl,
        MessageBody: TASK,
        MessageGroupId: GROUP,
        MessageDeduplicationId,
      };
      await sqs.send(new SendMessageCommand(message));
    },
    readReading: (region) => store.readReading(region, clock() + PATIENCE_IN_MS),
  };
}

function openLocal({ environment, root }: Shell): Parts {
  const stateDir = stateDirOf(environment, root);
  const state = readState(stateDir);
  if (state === null) {
    throw new UsageError(
      'Nothing runs here: start it with npm start -- --ses-stub, or name a deployed stack with --stack.',
    );
  }
  if (state.endpoints.ses === undefined) {
    throw new UsageError(
      'The stack on this machine has no SES to ask: start it with npm start -- --ses-stub.',
    );
  }
  const { dynamodb, sqs } = state.endpoints;
  return {
    template: readStack(join(stateDir, 'cdk.out'), LOCAL_STACK).template,
    region: localClient(sqs).region,
    queueUrl: state.sesListQueueUrl,
    table: state.tables['Accounts'],
    sqs: new SQSClient(localClient(sqs)),
    dynamodb: new DynamoDBClient(localClient(dynamodb)),
  };
}

async function openStack(StackName: string, { region }: Place): Promise<Parts> {
  const config = region === undefined ? {} : { region };
  const client = new CloudFormationClient(config);
  try {
    const outputs = await readStackOutputs(client, StackName);
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
    return {
      template: JSON.parse(TemplateBody),
      region: await client.config.region(),
      queueUrl: outputs['SesListQueueUrl'],
      table: outputs['AccountsTableName'],
      sqs: new SQSClient(config),
      dynamodb: new DynamoDBClient(config),
    };
  } finally {
    client.destroy();
  }
}

/** The Regions that the stack's sync-ses-list is given; null where it has none. */
export function regionsIn(
  { Resources }: Pick<Template, 'Resources'>,
  ownRegion: string,
): readonly string[] | null {
  for (const { Type, Properties } of Object.values(Resources)) {
    const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    const given = Type === 'AWS::Lambda::Function' ? Variables?.['SES_REGIONS'] : undefined;
    if (typeof given === 'string') return given.split(',');
    if (given !== undefined) return [ownRegion];
  }
  return null;
}
