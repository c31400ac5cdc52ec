import { readAwsSettings } from '../../lib/aws/aws-settings.ts';
import { createSqsCaller } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { loadPolicy } from '../../lib/policy/policy.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { createDynamoOperatorStore } from '../../lib/store/dynamo-operator-store.ts';
import { createDynamoSesListStore } from '../../lib/store/dynamo-ses-list-store.ts';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';
import { createHandler } from './handler.ts';
import { openList } from './open-list.ts';
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
const bucket = { name: environment.text('REMOVALS_BUCKET'), region: aws.region };
const listIn = (region: string) => openList(readAwsSettings(environment, region), bucket, dynamo);
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
