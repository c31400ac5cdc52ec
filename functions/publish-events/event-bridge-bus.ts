import type { PutEventsCommandInput, PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import type { JsonRpcCaller } from '../../lib/aws/json-rpc-client.ts';
import type { EventBus } from './event-bus.ts';

const SOURCE = 'rebound';

/** A bus of EventBridge, by its name. */
export function createEventBridgeBus(callEvents: JsonRpcCaller, busName: string): EventBus {
  return {
    async put(events) {
      const input: PutEventsCommandInput = {
        Entries: events.map(({ type, detail }) => ({
          EventBusName: busName,
          Source: SOURCE,
          DetailType: type,
          Detail: JSON.stringify(detail),
        })),
      };
      const { Entries = [] } = (await callEvents('PutEvents', input)) as PutEventsCommandOutput;
      return Entries.flatMap(({ ErrorCode }, index) =>
        ErrorCode === undefined ? [] : [{ index, code: ErrorCode }],
      );
    },
  };
}
