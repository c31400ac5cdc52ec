import { type Advice, adviceOn } from './advice.ts';
import { applyChanges, type Outcome } from './apply-changes.ts';
import { type AssessedIdentity, type AssessedSet, assess } from './assess.ts';
import type { Ears } from './find-stack.ts';
import { readSetup } from './read-setup.ts';
import type { SesClient } from './ses-client.ts';
import type { AccountSetup, Fault } from './ses-setup.ts';

/** What was found in a Region, what became of it, and what is left to a person. */
export interface RegionReport {
  readonly region: string;
  readonly account: AccountSetup | null;
  readonly identities: readonly AssessedIdentity[];
  readonly configurationSets: readonly AssessedSet[];
  readonly changes: readonly Outcome[];
  readonly advice: readonly Advice[];
  /** What could not be read. */
  readonly faults: readonly Fault[];
}

export interface ConnectOptions {
  readonly ears: Ears;
  readonly apply: boolean;
  readonly everySet: boolean;
  /** Told what is going on, in lines. */
  readonly onProgress: (line: string) => void;
}

/** One request a second: fewer are not worth a word. */
const WORTH_A_WORD = 20;

/** Looks at SES in one Region, and adds what is missing where that was asked for. */
export async function connectRegion(ses: SesClient, options: ConnectOptions): Promise<RegionReport> {
  const { ears, apply, everySet, onProgress } = options;
  const { topicArn } = ears;
  const onCount = (requests: number) => {
    if (requests > WORTH_A_WORD) onProgress(`${ses.region}: ${requests} requests to make, one a second`);
  };
  const setup = await readSetup(ses, { onCount });
  const assessment = assess(setup, { topicArn, everySet });
  const changes = apply
    ? await applyChanges(assessment.changes, ses, topicArn)
    : assessment.changes.map((change) => ({ ...change, outcome: 'proposed' as const }));
  const { identities, configurationSets } = assessment;
  return {
    region: setup.region,
    account: setup.account,
    identities,
    configurationSets,
    changes,
    advice: adviceOn(setup, assessment, ears),
    faults: setup.faults,
  };
}

/** Whether all could be read and made. */
export function isWhole({ faults, changes }: RegionReport): boolean {
  return faults.length === 0 && changes.every(({ outcome }) => outcome !== 'failed');
}
