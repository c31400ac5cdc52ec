import { CLASSIFIER_VERSION } from './classifier-version.ts';
import {
  type Effect,
  GLOBAL_BOUNCES,
  type GlobalBounceRule,
  POLICY_ROWS,
  POLICY_TABLE_VERSION,
  type PolicyRow,
  SIMULATOR_RULE,
  type UnbounceRight,
} from './policy-table.ts';
import { FACT_KEYS, type FactKey, type Permanence } from './reason.ts';

export type { Effect, PolicyRow, UnbounceRight };

/** The rule set in force: the policy table with a deployment's overrides, checked. */
export interface Policy {
  /** Names the table, the classifier's rules and the overrides; stored with every suppression. */
  readonly version: string;
  readonly rows: Readonly<Record<FactKey, PolicyRow>>;
  readonly globalBounces: GlobalBounceRule;
}

/** A row of the table is wrong; the message names the row and what it must hold. */
export class PolicyTableError extends Error {
  override readonly name = 'PolicyTableError';
}

const RIGHTS: readonly UnbounceRight[] = ['never', 'yes', 'nothing_to_lift'];
const OVERRIDABLE = new Set([
  'permanent',
  'transient',
  'strikesEndAfterDays',
  'unbounce',
  'meaning',
  'advice',
]);
const MAX_DAYS = 90;

/**
 * Builds the rule set from the table and a deployment's overrides.
 *
 * @param overrides rows of `{reason, ...members to replace}`, as context `policyOverrides` gives them.
 * @throws {PolicyTableError} on a gap, a duplicate, an unknown reason or member, or a value out of range.
 */
export function loadPolicy(overrides: unknown = [], table: readonly PolicyRow[] = POLICY_ROWS): Policy {
  const rows = rowsByReason(table);
  const changes = readOverrides(overrides);
  for (const change of changes) {
    rows.set(change.reason, { ...(rows.get(change.reason) as PolicyRow), ...change });
  }
  for (const row of rows.values()) {
    checkRow(row);
  }
  const suffix = changes.length === 0 ? '' : `+${checksum(JSON.stringify(changes))}`;
  return {
    version: `${POLICY_TABLE_VERSION}/${CLASSIFIER_VERSION}${suffix}`,
    rows: Object.fromEntries(rows) as Record<FactKey, PolicyRow>,
    globalBounces: GLOBAL_BOUNCES,
  };
}

/** What a bounce of this reason and permanence does to its address. */
export function effectOf(policy: Policy, key: FactKey, permanence: Permanence): Effect {
  return policy.rows[key][permanence];
}

function rowsByReason(table: readonly PolicyRow[]): Map<FactKey, PolicyRow> {
  const rows = new Map<FactKey, PolicyRow>();
  const rules = new Set([SIMULATOR_RULE]);
  for (const row of table) {
    if (!FACT_KEYS.includes(row.reason)) {
      throw new PolicyTableError(
        `Row ${row.rule}: "${row.reason}" is no reason. Use one of ${FACT_KEYS.join(', ')}.`,
      );
    }
    if (rows.has(row.reason) || rules.has(row.rule)) {
      throw new PolicyTableError(`Row ${row.rule} (${row.reason}) stands twice. Remove one of the two.`);
    }
    rows.set(row.reason, row);
    rules.add(row.rule);
  }
  const missing = FACT_KEYS.filter((key) => !rows.has(key));
  if (missing.length > 0) {
    throw new PolicyTableError(
      `The table has no row for ${missing.join(', ')}. Add one row for each reason.`,
    );
  }
  return rows;
}

type Override = Partial<PolicyRow> & { readonly reason: FactKey };

function readOverrides(overrides: unknown): Override[] {
  if (!Array.isArray(overrides)) {
    throw new PolicyTableError('Policy overrides must be an array of rows, each with a "reason".');
  }
  const seen = new Set<string>();
  return overrides.map((row: unknown, index) => {
    const name = `Override ${index + 1}`;
    if (!FACT_KEYS.includes((row as Override | null)?.reason as FactKey)) {
      throw new PolicyTableError(`${name} needs a "reason": one of ${FACT_KEYS.join(', ')}.`);
    }
    const { reason, ...members } = row as Override;
    const unknown = Object.keys(members).find((member) => !OVERRIDABLE.has(member));
    if (unknown !== undefined) {
      throw new PolicyTableError(
        `${name} (${reason}): "${unknown}" cannot be overridden. Use ${[...OVERRIDABLE].join(', ')}.`,
      );
    }
    if (seen.has(reason)) {
      throw new PolicyTableError(`${name} (${reason}) stands twice. Join the two rows.`);
    }
    seen.add(reason);
    return { ...members, reason };
  });
}

function checkRow(row: PolicyRow): void {
  const name = `Row ${row.rule} (${row.reason})`;
  for (const member of ['permanent', 'transient'] as const) {
    if (!isEffect(row[member])) {
      throw new PolicyTableError(
        `${name}: "${member}" must be "hard", "soft" or {"strikes": 1 to 90, "overDays": 0 to 89}, the strikes fitting into the days of the window.`,
      );
    }
  }
  if (typeof row.permanent === 'object' && typeof row.transient === 'object' && !isSameStrikeRule(row)) {
    throw new PolicyTableError(
      `${name}: strikes are counted together, so both effects need the same numbers.`,
    );
  }
  if (!RIGHTS.includes(row.unbounce)) {
    throw new PolicyTableError(`${name}: "unbounce" must be one of ${RIGHTS.join(', ')}.`);
  }
  if (!isWhole(row.strikesEndAfterDays, 1, 3650)) {
    throw new PolicyTableError(`${name}: "strikesEndAfterDays" must be a whole number from 1 to 3650.`);
  }
  if (!isText(row.meaning) || !isText(row.advice)) {
    throw new PolicyTableError(`${name}: "meaning" and "advice" must each be one line of text.`);
  }
  const canBlock = row.permanent !== 'soft' || row.transient !== 'soft';
  if (canBlock === (row.unbounce === 'nothing_to_lift')) {
    throw new PolicyTableError(
      `${name}: "unbounce" must be nothing_to_lift exactly when both effects are "soft".`,
    );
  }
}

function isSameStrikeRule({ permanent, transient }: PolicyRow): boolean {
  return (
    JSON.stringify(Object.entries(permanent).sort()) === JSON.stringify(Object.entries(transient).sort())
  );
}

function isEffect(effect: unknown): effect is Effect {
  if (effect === 'hard' || effect === 'soft') {
    return true;
  }
  if (typeof effect !== 'object' || effect === null) {
    return false;
  }
  const { strikes, overDays } = effect as Record<string, unknown>;
  return (
    Object.keys(effect).length === 2 && isWhole(strikes, 1, MAX_DAYS) && isWhole(overDays, 0, MAX_DAYS - 1)
  );
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !value.includes('\n');
}

/** FNV-1a, 32 bit: tells rule sets apart, protects nothing. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
