import type { Change } from './assess.ts';
import { wordsOf } from './read-setup.ts';
import { DESTINATION_NAME, type SesClient } from './ses-client.ts';

/** What became of a change; `proposed` where nothing may be changed. */
export type Outcome = Change &
  ({ readonly outcome: 'proposed' | 'done' } | { readonly outcome: 'failed'; readonly error: string });

/** Makes the changes one by one; one that fails does not stop the others. */
export async function applyChanges(
  changes: readonly Change[],
  ses: SesClient,
  topicArn: string,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    outcomes.push(await outcomeOf(change, ses, topicArn));
  }
  return outcomes;
}

async function outcomeOf(change: Change, ses: SesClient, topicArn: string): Promise<Outcome> {
  try {
    if (change.change === 'set_topic') await ses.setTopic(change.identity, change.feedback, topicArn);
    else await ses.addDestination(change.set, change.feedback, topicArn);
    return { ...change, outcome: 'done' };
  } catch (error) {
    const isTaken = error instanceof Error && error.name === 'AlreadyExistsException';
    const advice = isTaken ? ` Enable or delete its destination ${DESTINATION_NAME}, then try again.` : '';
    return { ...change, outcome: 'failed', error: `${wordsOf(error)}${advice}` };
  }
}
