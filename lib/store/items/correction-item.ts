import { REASONS } from '../../policy/reason.ts';
import type { Standing } from '../../policy/standing.ts';
import { toIso } from '../../policy/time.ts';
import type { BegunCorrection, CorrectionKey, StoredCorrection } from '../correction-port.ts';
import { type Item, ItemReader, writeInstant } from './item.ts';

/** What the sort keys of an account's corrections begin with. */
export const CORRECTIONS = 'correction#';
/** What the names of the attributes begin with that hold a lifted reason. */
const LIFTED = 'lifted#';

/** The partition of an account's corrections, apart from its quota. No account id holds a `#`. */
export function correctionPartition(account: string): string {
  return `#corrections#${account}`;
}

export function correctionKey({ account, id }: CorrectionKey): Item {
  return { account: correctionPartition(account), entry: `${CORRECTIONS}${id}` };
}

/** What the sort keys of the addresses begin with that a correction has changed. */
export function correctedPrefix(id: string): string {
  return `corrected#${id}#`;
}

export function correctedKey({ account, id }: CorrectionKey, addressHash: string): Item {
  return { account: correctionPartition(account), entry: `${correctedPrefix(id)}${addressHash}` };
}

/** A correction as it begins, without its key. */
export function writeCorrectionItem({ id, correction, by, note, begunAt }: BegunCorrection): Item {
  const { from, to, reason, rule, domain, campaign } = correction;
  return {
    id,
    from: toIso(from),
    to: toIso(to),
    reason: reason ?? undefined,
    rule: rule ?? undefined,
    domain: domain ?? undefined,
    campaign: campaign ?? undefined,
    by,
    note: note ?? undefined,
    begunAt: toIso(begunAt),
  };
}

export function readCorrectionItem(item: Item): StoredCorrection {
  const reader = new ItemReader(item, 'correction');
  return {
    id: reader.text('id'),
    correction: {
      from: reader.instant('from'),
      to: reader.instant('to'),
      reason: reader.oneOfOrNull('reason', REASONS),
      rule: reader.textOrNull('rule'),
      domain: reader.textOrNull('domain'),
      campaign: reader.textOrNull('campaign'),
    },
    by: reader.text('by'),
    note: reader.textOrNull('note'),
    begunAt: reader.instant('begunAt'),
    finishedAt: reader.instantOrNull('finishedAt'),
    corrected: reader.wholeOrNull('corrected'),
  };
}

/** The reasons that an address lost, each as an attribute of its own: a later run may add one. */
export function writeLifted(lifted: readonly Standing[]): Item {
  return Object.fromEntries(
    lifted.map(({ key, rule, bouncedAt, feedbackId, campaign }) => [
      `${LIFTED}${key}`,
      { rule, bouncedAt: writeInstant(bouncedAt), feedbackId, campaign: campaign ?? undefined },
    ]),
  );
}
