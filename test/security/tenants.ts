import { expect } from '@jest/globals';
import { DAY_IN_MS, toIso } from '../../lib/policy/time.ts';
import { signedBy } from '../http/events.ts';
import { bounce, failed } from '../ses/build.ts';
import type { SpiedStack } from './spied-stack.ts';

/** The account that asks. Nothing of the others may show in what it is told. */
export const OWN = 'acme';
/** Others: one whose id begins like the own, and one that shares nothing but addresses. */
export const OTHERS = ['acme-rival', 'rival'] as const;
export const OPERATOR = signedBy('arn:aws:iam::000000000000:role/operator');

/** Whatever only the others know; none of it may be found in an answer to the own account. */
export const SECRETS = ['rival', 'secret', '424242', 'third-tenant'];

type Record = { readonly address: string; readonly account: string; readonly words: string };

/** Accounts that share addresses, with facts, campaigns and quotas of their own. */
export async function settleTenants(stack: SpiedStack): Promise<void> {
  for (const account of [OWN, ...OTHERS, 'third-tenant']) {
    const body = {
      contacts: account === OWN ? 600 : 424_242,
      sendingIdentities: [account === OWN ? 'acme.example' : `${account}.secret.example`],
    };
    const reply = await stack.send({ method: 'PUT', rawPath: `/v1/accounts/${account}`, body }, OPERATOR);
    expect([reply.status, reply.faults]).toEqual([200, []]);
  }
  await tell(stack, [
    told({ address: 'shared@example.com', account: OWN, words: '550 5.7.1 message refused by policy' }),
    ...OTHERS.flatMap((account) => [
      told({ address: 'shared@example.com', account, words: '550 5.1.1 user unknown secret' }),
      told({ address: 'theirs@example.com', account, words: '550 5.7.1 refused by policy secret' }),
    ]),
    ...['dead@example.com', 'dead2@example.com'].flatMap((address) =>
      [...OTHERS, 'third-tenant'].map((account) =>
        told({ address, account, words: '550 5.1.1 user unknown secret' }),
      ),
    ),
  ]);
}

function told({ address, account, words }: Record) {
  const sentAt = Date.now() - DAY_IN_MS;
  const campaign = account === OWN ? 'spring' : 'secret-campaign';
  return bounce(
    {
      feedbackId: `${account} ${address}`,
      bouncedRecipients: [
        failed(address, { status: words.slice(4, 9).trim(), diagnosticCode: `smtp; ${words}` }),
      ],
      timestamp: toIso(sentAt + 5_000),
    },
    {
      timestamp: toIso(sentAt),
      messageId: `message ${account} ${address}`,
      destination: [address],
      tags: { account: [account], campaign: [campaign] },
    },
  );
}

/** Hands notifications to record-bounces, as the queue does. */
export async function tell(stack: SpiedStack, notifications: readonly unknown[]): Promise<void> {
  const Records = notifications.map((body, index) => ({
    messageId: String(index),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    eventSource: 'aws:sqs',
    attributes: { SentTimestamp: String(Date.now()) },
  }));
  const { result } = await stack.invoke('RecordBounces', { Records });
  expect(result).toEqual({ batchItemFailures: [] });
}
