import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { JsonRpcCaller } from '../../lib/aws/json-rpc-client.ts';
import type { ParkingLot } from './park.ts';

/** Parks in the dead-letter queue, with the reason as message attributes. */
export function createSqsParkingLot(callSqs: JsonRpcCaller, queueUrl: string): ParkingLot {
  return {
    async park({ body, reason, detail }) {
      const message: SendMessageCommandInput = {
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: reason },
          detail: { DataType: 'String', StringValue: detail },
        },
      };
      await callSqs('SendMessage', message);
    },
  };
}
