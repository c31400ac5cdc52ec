import { knownAccount } from '../../lib/http/known-account.ts';
import { expected } from '../../lib/http/members.ts';
import type { Answer } from '../../lib/http/problem.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { bounceStatistics, daysUntil, MOST_DAYS } from '../../lib/policy/bounce-statistics.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { toIso } from '../../lib/policy/time.ts';
import type { Reputation, ReputationReader } from '../../lib/ses/reputation.ts';
import type { BounceCountReader } from '../../lib/store/bounce-count-port.ts';
import type { AccountStore } from '../../lib/store/port.ts';
import { allOf } from '../../lib/work-pool.ts';

export interface StatsDependencies {
  readonly accounts: Pick<AccountStore, 'readAccount'>;
  readonly bounceCounts: BounceCountReader;
  readonly reputation: ReputationReader;
  readonly policy: Policy;
}

const DEFAULT_DAYS = 30;

/** An account's bounces by day and reason, and SES's own bounce rate: `GET /v1/accounts/{account}/stats`. */
export async function readStats(
  { account, query, receivedAt: now, deadlineAt }: ApiRequest,
  { accounts, bounceCounts, reputation, policy }: StatsDependencies,
): Promise<Answer> {
  const days = daysUntil(now, readDays(query['days']));
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const [, counted, known] = await allOf([
    accounts.readAccount(account, deadlineAt).then(knownAccount),
    bounceCounts.readBounceCounts({ account, from, to, deadlineAt }),
    reputation.readReputation(),
  ]);
  const statistics = bounceStatistics(counted, { days, policy });
  const body = {
    account,
    from,
    to,
    ...statistics,
    approximate: true,
    bounceRate: known && rateAnswer(known),
  };
  return { status: 200, body };
}

function rateAnswer({ bounceRate, complaintRate, asOf }: Reputation) {
  return {
    rate: bounceRate,
    complaintRate,
    asOf: toIso(asOf),
    scope: 'aws_account',
    source: 'AWS/SES Reputation.BounceRate',
  };
}

/** Throws ProblemError `invalid_request`. */
function readDays(text: string | undefined): number {
  if (text === undefined) {
    return DEFAULT_DAYS;
  }
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1 || Number(text) > MOST_DAYS) {
    throw expected('days', `a whole number from 1 to ${MOST_DAYS}`);
  }
  return Number(text);
}
