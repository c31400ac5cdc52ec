import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { JsonRpcCaller } from '../../lib/aws/json-rpc-client.ts';
import { eachOf } from '../../lib/work-pool.ts';
import type { TaskQueue } from './tasks.ts';

/** One group: its messages are handed out one after the other, over all instances. */
const GROUP = 'ses';
/** A FIFO queue takes 300 calls a second. Source: Amazon SQS Developer Guide, "Amazon SQS message quotas". */
const MESSAGES_AT_ONCE = 2;

/** Queues tasks in a FIFO queue. */
export function createSqsTaskQueue(callSqs: JsonRpcCaller, queueUrl: string): TaskQueue {
  return {
    async send(tasks) {
      await eachOf(tasks, MESSAGES_AT_ONCE, async ({ task, id }) => {
        const message: SendMessageCommandInput = {
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(task),
          MessageGroupId: GROUP,
          MessageDeduplicationId: id,
        };
        await callSqs('SendMessage', message);
      });
    },
  };
}
