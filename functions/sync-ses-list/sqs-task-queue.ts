import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { JsonRpcCaller } from '../../lib/aws/json-rpc-client.ts';
import type { TaskQueue } from './tasks.ts';

/** The most messages that one SendMessageBatch call takes. */
const MESSAGES_PER_CALL = 10;
/** One group: its messages are handed out one after the other, over all instances. */
const GROUP = 'ses';

/** Queues tasks in a FIFO queue. */
export function createSqsTaskQueue(callSqs: JsonRpcCaller, queueUrl: string): TaskQueue {
  return {
    async send(tasks) {
      for (let start = 0; start < tasks.length; start += MESSAGES_PER_CALL) {
        const input: SendMessageBatchCommandInput = {
          QueueUrl: queueUrl,
          Entries: tasks.slice(start, start + MESSAGES_PER_CALL).map(({ task, id }, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(task),
            MessageGroupId: GROUP,
            MessageDeduplicationId: id,
          })),
        };
        const { Failed = [] } = (await callSqs(
          'SendMessageBatch',
          input,
        )) as Partial<SendMessageBatchCommandOutput>;
        if (Failed.length > 0) {
          throw new Error(`${Failed.length} tasks were not queued: ${Failed[0]?.Code}.`);
        }
      }
    },
  };
}
