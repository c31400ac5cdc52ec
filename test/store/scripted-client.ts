import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { NOW } from '../policy/builders.ts';

/** One call as the store made it. */
export interface SentCommand {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: an input holds what the test says it holds.
  readonly input: any;
}

export const TABLES = {
  addressBounces: 'AddressBounces',
  campaignRecipients: 'CampaignRecipients',
  unbounceQuotas: 'UnbounceQuotas',
  accounts: 'Accounts',
};

/** A context whose client answers in turn: an error is thrown, and the last answer is given for ever. */
export function scriptedContext(answers: readonly unknown[]) {
  const sent: SentCommand[] = [];
  const pauses: number[] = [];
  let now = NOW;
  const send = async (command: {
    readonly constructor: { readonly name: string };
    readonly input: unknown;
  }) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push({ name: command.constructor.name, input: command.input });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const context = {
    client: { send },
    tables: TABLES,
    clock: () => now,
    sleep: async (inMs: number) => {
      pauses.push(inMs);
      now += inMs;
    },
    random: () => 0.5,
  } as unknown as DynamoContext;
  return { context, sent, pauses };
}

/** What DynamoDB throws when a transaction is cancelled: one code for each action, and the items found in the way. */
export function cancelled(
  ...reasons: readonly { readonly Code: string; readonly Item?: Record<string, unknown> }[]
): Error {
  return Object.assign(new Error('Cancelled.'), {
    name: 'TransactionCanceledException',
    CancellationReasons: reasons,
  });
}

export const KEPT = { Code: 'None' };
export const LOST = { Code: 'ConditionalCheckFailed' };
