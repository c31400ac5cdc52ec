import { describe, expect, test } from '@jest/globals';
import { isProvenOff, knownFrom } from '../../functions/sync-ses-list/confirm-removal.ts';
import {
  isLeftToReading,
  type ListedIn,
  type Removal,
} from '../../functions/sync-ses-list/left-to-reading.ts';
import { HOUR_IN_MS } from '../../lib/policy/time.ts';
import { type ListReading, NO_COUNTS } from '../../lib/store/ses-list-port.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HERE = 'eu-central-1';
const THERE = 'us-east-1';
const REMOVAL: Removal = {
  plan: 'remove',
  requestedAt: NOW,
  address: 'ada@example.com',
  spellings: ['ada@example.com', 'Ada@Example.com'],
  tenants: [],
};

function listed(changes: Partial<ListedIn> = {}): ListedIn {
  return { region: HERE, addressHash: 'hash', capitals: '', listedFor: 'bounce', seenAt: NOW, ...changes };
}

function aReading(changes: Partial<ListReading> = {}): ListReading {
  return {
    region: HERE,
    version: 1,
    startedAt: NOW,
    updatedAt: NOW,
    phase: 'done',
    pages: 2,
    position: null,
    lastDoneAt: null,
    counts: NO_COUNTS,
    ...changes,
  };
}

describe('SES is known to list an address no more', () => {
  test.each<[string, Partial<Removal>, readonly ListedIn[], number | null, boolean]>([
    ['once a reading begun after the request found it nowhere', {}, [], NOW + 1, true],
    ['not by one begun with the request', {}, [], NOW, false],
    ['not before all Regions are read', {}, [], null, false],
    ['not while an entry of it is noted', {}, [listed({ region: THERE })], NOW + 1, false],
    ['not where a tenant may list it', { tenants: ['tenant-7'] }, [], NOW + 1, false],
    ['not in a spelling that cannot be read', { spellings: ['ada@@example.com'] }, [], NOW + 1, false],
  ])('%s', (_, changes, entries, readFrom, expected) => {
    expect(isProvenOff({ ...REMOVAL, ...changes }, entries, readFrom)).toBe(expected);
  });

  test.each<[string, readonly (ListReading | null)[], number | null]>([
    ['without a Region nothing is known', [], null],
    ['one that was never read', [aReading(), null], null],
    ['one that is being swept', [aReading(), aReading({ phase: 'sweep' })], null],
    ['all that were read, since the earliest began', [aReading(), aReading({ startedAt: NOW - 9 })], NOW - 9],
  ])('of the Regions: %s', (_, readings, expected) => {
    expect(knownFrom(readings)).toBe(expected);
  });
});

describe('a removal is left to the readings and their jobs', () => {
  const lists = [
    { region: HERE, jobs: {} },
    { region: THERE, jobs: null },
  ] as never;

  test.each<[string, Partial<Removal>, readonly ListedIn[], boolean]>([
    ['where it is not known whether SES lists it', {}, [], true],
    ['where SES takes jobs', {}, [listed(), listed({ capitals: '0' })], true],
    ['not in a Region without jobs', {}, [listed(), listed({ region: THERE })], false],
    ['not where SES lists it for a complaint', {}, [listed({ listedFor: 'complaint' })], false],
    ['not on the list of a tenant', { tenants: ['tenant-7'] }, [], false],
    ['for six hours', { requestedAt: NOW - 6 * HOUR_IN_MS + 1 }, [listed()], true],
    ['and not for longer', { requestedAt: NOW - 6 * HOUR_IN_MS }, [listed()], false],
  ])('%s', (_, changes, entries, expected) => {
    expect(isLeftToReading({ ...REMOVAL, ...changes }, entries, { lists, clock: () => NOW })).toBe(expected);
  });
});
