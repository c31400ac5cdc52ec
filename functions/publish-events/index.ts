import { readAwsSettings } from '../../lib/aws/aws-settings.ts';
import { createEventBridgeCaller } from '../../lib/aws/service-clients.ts';
import { createEnvironment } from '../../lib/environment.ts';
import { createDynamoAddressStore } from '../../lib/store/dynamo-address-store.ts';
import { createDynamoContext } from '../../lib/store/dynamo-client.ts';
import { createJsonTelemetry } from '../../lib/telemetry/json-telemetry.ts';
import { createEventBridgeBus } from './event-bridge-bus.ts';
import { createHandler } from './handler.ts';

const environment = createEnvironment(process.env);
const aws = readAwsSettings(environment);
const addressesFor = {
  true: () =>
    createDynamoAddressStore(
      createDynamoContext({ addressBounces: environment.text('ADDRESS_BOUNCES_TABLE') }, aws),
    ),
  false: () => null,
};

export const handler = createHandler({
  bus: createEventBridgeBus(createEventBridgeCaller(aws), environment.text('EVENT_BUS_NAME')),
  addresses: addressesFor[environment.oneOf('EVENTS_WITH_ADDRESS', ['true', 'false'])](),
  clock: Date.now,
  sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
  random: Math.random,
  telemetry: createJsonTelemetry({
    write: (line) => process.stdout.write(line),
    clock: Date.now,
    namespace: environment.text('METRICS_NAMESPACE'),
  }),
});
