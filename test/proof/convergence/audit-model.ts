import type { CampaignCounts } from '../../../lib/policy/campaign-counts.ts';
import type { BounceFact, EchoFact, Fact } from './fact.ts';
import { compare, pairOf } from './model.ts';
import { RULES, SIMULATOR_RULE, weightOf } from './rules.ts';
import type { CampaignState, RowState, WorldState } from './state.ts';
import { isSimulator } from './world.ts';

/** The audit of every campaign: of each recipient and outcome the last thing that was told. */
export function campaignsOf(facts: readonly Fact[]): WorldState['campaigns'] {
  const byCampaign = Map.groupBy(facts, ({ account, campaign }) => pairOf(account, campaign));
  return Object.fromEntries([...byCampaign].map(([pair, told]) => [pair, campaignOf(told)]));
}

function campaignOf(facts: readonly Fact[]): CampaignState {
  const told = facts.map((fact) => ({ address: fact.address, row: rowOf(fact) }));
  const newestLast = told.sort(
    (a, b) =>
      (a.row.at ?? 0) - (b.row.at ?? 0) ||
      compare(a.row.feedbackId, b.row.feedbackId) ||
      compare(a.row.layer ?? '', b.row.layer ?? ''),
  );
  const rows = Object.fromEntries(newestLast.map(({ address, row }) => [`${row.outcome} ${address}`, row]));
  return { rows, counts: countsOf(Object.values(rows)) };
}

function rowOf(fact: Fact): RowState {
  return fact.kind === 'bounce' ? bouncedRow(fact) : echoRow(fact);
}

function bouncedRow(fact: BounceFact): RowState {
  const isHard = weightOf(fact) === 'hard';
  const { key, address, status, at, feedbackId } = fact;
  return {
    outcome: 'bounced',
    kind: isHard ? 'hard' : 'soft',
    code: null,
    reason: key === 'shared_complaint' ? 'complaint' : key,
    rule: isHard && isSimulator(address) ? SIMULATOR_RULE : RULES[key].rule,
    layer: null,
    status,
    at,
    feedbackId,
  };
}

function echoRow({ layer, at, sentAt }: EchoFact): RowState {
  return {
    outcome: 'not-sent',
    kind: null,
    code: 'ses_suppressed',
    reason: null,
    rule: 'P5',
    layer,
    status: null,
    at: at ?? sentAt,
    feedbackId: '',
  };
}

function countsOf(rows: readonly RowState[]): CampaignCounts {
  const bounced = rows.filter(({ outcome }) => outcome === 'bounced');
  const notSent = rows.filter(({ outcome }) => outcome === 'not-sent');
  return {
    bounced: {
      total: bounced.length,
      byKind: { hard: 0, soft: 0, ...tally(bounced.map(({ kind }) => kind)) },
      byReason: tally(bounced.map(({ reason }) => reason)),
    },
    notSent: {
      total: notSent.length,
      byCode: tally(notSent.map(({ code }) => code)),
      byReason: {},
    },
  };
}

function tally(words: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word ?? ''] = (counts[word ?? ''] ?? 0) + 1;
  return counts;
}
