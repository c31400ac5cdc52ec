import {
  type AddressStatus,
  type GlobalBounce,
  NO_STATUS,
  type StandingMark,
} from '../../policy/address-status.ts';
import { SES_LAYERS, type SesLayer } from '../../policy/layer.ts';
import { FACT_KEYS } from '../../policy/reason.ts';
import type { SesFacts, SesLayerFacts } from '../../policy/ses-layers.ts';
import { type Instant, toIso } from '../../policy/time.ts';
import { type Item, ItemReader, writeInstant } from './item.ts';

/** The sort key of the one item per address that answers the filter. */
export const STATUS_SCOPE = 'status';

// Attribute names carry a prefix per account, so that no account id can meet another attribute's name.
const SUPPRESSED_BY = 'a#';
const DEAD_REPORTS = 'd#';

/** Reads a status item. Attributes of later versions are left alone. */
export function readStatusItem(item: Item): AddressStatus {
  const reader = new ItemReader(item, 'status item');
  return {
    version: reader.whole('v'),
    suppressedBy: byAccount(reader, SUPPRESSED_BY, (name) => reader.list(name, readMark)),
    global: readGlobal(reader.map('global')),
    ses: readSes(reader.map('ses')),
    deadReports: byAccount(reader, DEAD_REPORTS, (name) => reader.texts(name)),
    releasedAt: reader.instantOrNull('releasedAt'),
    erasedAt: reader.instantOrNull('erasedAt'),
  };
}

/** The attributes of a status item, without its key and version. */
export function writeStatusItem(status: AddressStatus): Item {
  const item: Record<string, unknown> = {
    global: status.global === null ? undefined : writeGlobal(status.global),
    ses: Object.keys(status.ses).length === 0 ? undefined : writeSes(status.ses),
    releasedAt: writeInstant(status.releasedAt),
    erasedAt: writeInstant(status.erasedAt),
  };
  for (const [account, marks] of status.suppressedBy) {
    item[`${SUPPRESSED_BY}${account}`] = marks.map(writeMark);
  }
  for (const [account, days] of status.deadReports) {
    item[`${DEAD_REPORTS}${account}`] = days;
  }
  return item;
}

/** The status, absent item included. */
export function statusOf(item: Item | undefined): AddressStatus {
  return item === undefined ? NO_STATUS : readStatusItem(item);
}

function byAccount<T>(reader: ItemReader, prefix: string, read: (name: string) => T): ReadonlyMap<string, T> {
  return new Map(
    reader.names
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name.slice(prefix.length), read(name)]),
  );
}

function readMark(reader: ItemReader): StandingMark {
  return {
    key: reader.oneOf('code', FACT_KEYS),
    rule: reader.text('rule'),
    until: reader.instantOrNull('until'),
  };
}

function writeMark({ key, rule, until }: StandingMark): Item {
  return { code: key, rule, until: writeInstant(until) };
}

function readGlobal(reader: ItemReader | null): GlobalBounce | null {
  return reader === null ? null : { declaredAt: reader.instant('declaredAt'), rule: reader.text('rule') };
}

function writeGlobal({ declaredAt, rule }: GlobalBounce): Item {
  return { declaredAt: toIso(declaredAt), rule };
}

function readSes(reader: ItemReader | null): SesFacts {
  const layers: Partial<Record<SesLayer, SesLayerFacts>> = {};
  for (const layer of SES_LAYERS) {
    const stored = reader?.map(layer) ?? null;
    if (stored !== null) {
      layers[layer] = readLayerFacts(stored);
    }
  }
  return layers;
}

function readLayerFacts(reader: ItemReader): SesLayerFacts {
  const mark = reader.mapOrNull('mark');
  const removal = reader.mapOrNull('removal');
  const lifts = reader.map('liftedFor');
  const liftedFor: ReadonlyMap<string, Instant> =
    lifts === null ? new Map() : byAccount(lifts, SUPPRESSED_BY, (name) => lifts.instant(name));
  return {
    mark: mark && {
      sentAt: mark.instantOrNull('sentAt'),
      markedAt: mark.instantOrNull('markedAt'),
      listedFor: mark.oneOf('listedFor', ['bounce', 'complaint']),
      until: mark.instantOrNull('until'),
    },
    removal: removal && {
      requestedAt: removal.instant('requestedAt'),
      state: removal.oneOf('state', ['pending', 'confirmed', 'not_asked']),
    },
    liftedFor,
    tenants: reader.texts('tenants'),
  };
}

function writeSes(ses: SesFacts): Item {
  return Object.fromEntries(Object.entries(ses).map(([layer, facts]) => [layer, writeLayerFacts(facts)]));
}

function writeLayerFacts({ mark, removal, liftedFor, tenants }: SesLayerFacts): Item {
  const lifts = [...liftedFor].map(([account, at]) => [`${SUPPRESSED_BY}${account}`, toIso(at)]);
  return {
    mark: mark && {
      sentAt: writeInstant(mark.sentAt),
      markedAt: writeInstant(mark.markedAt),
      listedFor: mark.listedFor,
      until: writeInstant(mark.until),
    },
    removal: removal && { requestedAt: toIso(removal.requestedAt), state: removal.state },
    liftedFor: lifts.length === 0 ? undefined : Object.fromEntries(lifts),
    tenants: tenants.length === 0 ? undefined : tenants,
  };
}
