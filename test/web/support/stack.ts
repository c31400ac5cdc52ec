import { setTimeout as sleep } from 'node:timers/promises';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { createReboundClient, type ReboundClient } from '../../../client/index.ts';
import { localClient } from '../../../local/aws-clients.ts';
import type { LocalState } from '../../../local/state-file.ts';

/** The running stack, as tests reach it: by its API, and by what SES would publish. */
export interface Stack {
  readonly apiUrl: string;
  clientOf(account: string): ReboundClient;
  /** Publishes notifications to the topic. They are recorded soon after. */
  publish(notifications: readonly string[]): Promise<void>;
  /** Publishes, and waits until the account does not send to the address any more. */
  suppress(address: string, notification: string, account?: string): Promise<void>;
}

/** What one call of SNS takes. */
const MOST_AT_ONCE = 10;
const MOST_WAIT_IN_MS = 20_000;
const POLL_INTERVAL_IN_MS = 100;

export function createStack({
  apiUrl,
  endpoints,
  topicArn,
}: Pick<LocalState, 'apiUrl' | 'endpoints' | 'topicArn'>): Stack {
  const sns = new SNSClient(localClient(endpoints.sns));
  const clientOf = (account: string) => createReboundClient({ baseUrl: apiUrl, account });
  const publish = async (notifications: readonly string[]) => {
    for (let at = 0; at < notifications.length; at += MOST_AT_ONCE) {
      const entries = notifications.slice(at, at + MOST_AT_ONCE);
      await sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: entries.map((Message, index) => ({ Id: String(index), Message })),
        }),
      );
    }
  };
  return {
    apiUrl,
    clientOf,
    publish,
    async suppress(address, notification, account = 'default') {
      await publish([notification]);
      await until(async () => (await clientOf(account).readSuppression(address)).suppressed);
    },
  };
}

/** Waits until it holds. Throws Error when it takes too long. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + MOST_WAIT_IN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('The stack did not record it in time.');
    await sleep(POLL_INTERVAL_IN_MS);
  }
}
