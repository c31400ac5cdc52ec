import { readAwsSettings } from '../../lib/aws/aws-settings.ts';
import { createS3Writer, createSesClient, createSqsCaller } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createPacedCaller } from '../../lib/ses/paced-caller.ts';
import { createRemovalJobs } from '../../lib/ses/removal-jobs.ts';
import { createSuppressionList } from '../../lib/ses/suppression-list.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createDynamoSesListStore } from '../../lib/store/dynamo-ses-list-store.ts';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';
import { createHandler } from './handler.ts';
import { createSqsTaskQueue } from './sqs-task-queue.ts';

const environment = createEnvironment(process.env);
const aws = readAwsSettings(environment);
const dynamo = createDynamoContext(
  {
    addressBounces: environment.text('ADDRESS_BOUNCES_TABLE'),
    accounts: environment.text('ACCOUNTS_TABLE'),
  },
  aws,
);
const listIn = (region: string) => {
  const ses = {
    region,
    client: createSesClient(readAwsSettings(environment, region), { maxAttempts: 1 }),
    call: createPacedCaller(dynamo),
  };
  // Nothing says that SES reads a bucket of another Region.
  const objects = region === aws.region ? createS3Writer(aws, environment.text('REMOVALS_BUCKET')) : null;
  const jobs = objects && createRemovalJobs({ ...ses, objects, clock: Date.now });
  return createSuppressionList({ ...ses, jobs });
};
const regions = {
  configured: () => environment.text('SES_REGIONS').split(','),
  none: () => [],
};

export const handler = createHandler({
  addresses: createDynamoAddressStore(dynamo),
  operator: createDynamoOperatorStore(dynamo),
  sesList: createDynamoSesListStore(dynamo),
  lists: regions[environment.oneOf('SES', ['configured', 'none'])]().map(listIn),
  queue: createSqsTaskQueue(createSqsCaller(aws), environment.text('TASK_QUEUE_URL')),
  policy: loadPolicy(environment.json('POLICY_OVERRIDES')),
  clock: Date.now,
  telemetry: createJsonTelemetry({
    write: (line) => process.stdout.write(line),
    clock: Date.now,
    namespace: environment.text('METRICS_NAMESPACE'),
  }),
});
