import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ParkingLot } from './park.ts';

/** Parks in the dead-letter queue, with the reason as message attributes. */
export function createSqsParkingLot(client: SQSClient, queueUrl: string): ParkingLot {
  return {
    async park({ body, reason, detail }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageAttributes: {
            reason: { DataType: 'String', StringValue: reason },
            detail: { DataType: 'String', StringValue: detail },
          },
        }),
      );
    },
  };
}
