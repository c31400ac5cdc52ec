import { PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { AddressState, ExamplesPort } from './examples.ts';
import { EXAMPLE_ACCOUNT, EXAMPLE_SETTINGS } from './examples-text.ts';
import type { Messaging } from './messaging.ts';
import { StartError } from './start-error.ts';
import type { LocalState } from './state-file.ts';

/** Reaches a running instance as anybody would: through its API, its topic and its queues. */
export function createExamplesPort(state: LocalState, { sns, sqs }: Messaging): ExamplesPort {
  return {
    async publish(message) {
      await sns.send(new PublishCommand({ TopicArn: state.topicArn, Message: message }));
    },
    async isQueueEmpty() {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: state.queueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).every((count) => count === '0');
    },
    async lookAt(address) {
      const path = `suppressions/${encodeURIComponent(address)}`;
      return (await call(`${accountUrl(state)}/${path}`)) as AddressState;
    },
    async deadLetters() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: state.deadLetterQueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 0,
          MessageAttributeNames: ['All'],
        }),
      );
      return new Map(
        Messages.map(({ MessageId = '', MessageAttributes }) => [
          MessageId,
          MessageAttributes?.['reason']?.StringValue ?? 'too many attempts',
        ]),
      );
    },
  };
}

/** Registers the example account with a sending identity, without which nothing could be unbounced. */
export async function registerExampleAccount(state: LocalState): Promise<void> {
  await call(accountUrl(state), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(EXAMPLE_SETTINGS),
  });
}

function accountUrl({ apiUrl }: LocalState): string {
  return `${apiUrl}/v1/accounts/${EXAMPLE_ACCOUNT}`;
}

async function call(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new StartError(
    `The examples could not be played: ${init?.method ?? 'GET'} ${url} answered ${response.status} ${text}`,
  );
}
