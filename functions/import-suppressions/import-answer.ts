import type { ImportReading } from '../../lib/policy/import-row.ts';
import { type BounceOutcome, IMPORT_OUTCOMES, type ImportOutcome } from '../../lib/policy/import-rows.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { SIMULATOR_RULE } from '../../lib/policy/policy-table.ts';
import { reasonOf } from '../../lib/policy/reason.ts';
import { isSimulatorAddress } from '../../lib/policy/simulator.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import type { Outcomes } from './import-by-address.ts';

interface Imported {
  readonly outcomes: Outcomes;
  readonly policy: Policy;
  readonly isDryRun: boolean;
}

/** What became of each row, in their order, and how many rows had each outcome. */
export function importAnswer(readings: readonly ImportReading[], { outcomes, policy, isDryRun }: Imported) {
  const rows = readings.map((reading, index) => {
    const outcome = reading.kind === 'refused' ? reading.outcome : outcomeAt(outcomes, index);
    return { outcome, detail: IMPORT_OUTCOMES[outcome], ...tellingOf(reading, policy) };
  });
  const byOutcome: Partial<Record<ImportOutcome, number>> = {};
  for (const { outcome } of rows) {
    byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
  }
  return { dryRun: isDryRun, counts: { rows: rows.length, byOutcome }, rows };
}

function outcomeAt(outcomes: Outcomes, index: number): BounceOutcome {
  const outcome = outcomes.get(index);
  if (outcome === undefined) throw new UnavailableError('Not every row was looked up.');
  return outcome;
}

/** What the row was read as. */
function tellingOf(reading: ImportReading, policy: Policy) {
  if (reading.kind === 'refused') return { address: reading.address, reason: null, rule: null };
  const { address, bounce } = reading.report;
  const rule = isSimulatorAddress(address) ? SIMULATOR_RULE : policy.rows[bounce.key].rule;
  return { address, reason: reasonOf(bounce.key), rule };
}
