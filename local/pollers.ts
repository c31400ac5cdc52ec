import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { localClient } from './aws-clients.ts';
import type { Functions } from './functions.ts';
import type { Messaging } from './messaging.ts';
import { startSqsPoller } from './sqs-poller.ts';
import { startStreamPoller } from './stream-poller.ts';
import type { Topology } from './topology.ts';

export interface PollersOptions {
  readonly topology: Pick<Topology, 'queueMappings' | 'streamMappings'>;
  readonly functions: Functions;
  readonly messaging: Messaging;
  readonly dynamodbEndpoint: string;
  /** Told when a queue or a stream cannot be reached. */
  report(line: string): void;
}

/** Feeds the functions from the queues and streams that the stack maps to them. */
export function startPollers(options: PollersOptions): { stop(): Promise<void> } {
  const { topology, functions, messaging, dynamodbEndpoint, report } = options;
  const dynamodb = new DynamoDBClient(localClient(dynamodbEndpoint));
  const streams = new DynamoDBStreamsClient(localClient(dynamodbEndpoint));
  const pollers = [
    ...topology.queueMappings.map((mapping) =>
      startSqsPoller({
        sqs: messaging.sqs,
        mapping,
        invoke: (event) => functions.invoke(mapping.functionArn, event),
        onError: (error) => report(`A queue cannot be reached: ${String(error)}`),
      }),
    ),
    ...topology.streamMappings.map((mapping) =>
      startStreamPoller({
        dynamodb,
        streams,
        mapping,
        invoke: (event) => functions.invoke(mapping.functionArn, event),
        onError: (error) => report(`The stream of ${mapping.tableName} cannot be read: ${String(error)}`),
      }),
    ),
  ];
  return {
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
      dynamodb.destroy();
      streams.destroy();
    },
  };
}
