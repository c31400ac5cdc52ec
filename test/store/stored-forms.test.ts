import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { addMark } from '../../lib/policy/ses-layers.ts';
import * as account from '../../lib/store/items/account-item.ts';
import * as day from '../../lib/store/items/bounce-count-item.ts';
import * as row from '../../lib/store/items/campaign-item.ts';
import * as campaign from '../../lib/store/items/campaign-registry-item.ts';
import * as correction from '../../lib/store/items/correction-item.ts';
import { CorruptItemError, type Item } from '../../lib/store/items/item.ts';
import * as quota from '../../lib/store/items/quota-item.ts';
import * as record from '../../lib/store/items/record-item.ts';
import * as release from '../../lib/store/items/release-item.ts';
import * as sesList from '../../lib/store/items/ses-list-item.ts';
import * as status from '../../lib/store/items/status-item.ts';
import { NO_COUNTS } from '../../lib/store/ses-list-port.ts';
import { aRecord, aStatus, NOW } from '../policy/builders.ts';

// What stands in the tables of those who deployed an earlier version. A changed line here is an upgrade that no longer
// finds, or no longer reads, what they have: it needs a way to get there.

const AT = '2026-11-23T12:00:00.000Z';
const DAY = '2026-11-23';

/** The item as DynamoDB gives it back. */
function stored(item: Item): Item {
  return unmarshall(marshall(item, { removeUndefinedValues: true }));
}

describe('the key of', () => {
  test.each<[string, () => unknown, unknown]>([
    ["an account's record of an address", () => record.recordScope('acme'), 'account#acme'],
    ['the status of an address', () => status.STATUS_SCOPE, 'status'],
    ["an account's settings", () => account.settingsKey('acme'), { account: 'acme', item: 'settings' }],
    [
      'the owner of an identity',
      () => account.ownerKey('example.com'),
      { account: 'identity#example.com', item: 'owner' },
    ],
    ['a registered account', () => account.registryKey('acme'), { account: '#accounts', item: 'acme' }],
    ['a counter', () => quota.counterKey('acme', '2026-11'), { account: 'acme', entry: '2026-11' }],
    [
      'a row of the ledger',
      () =>
        quota.ledgerKey({
          account: 'acme',
          addressHash: 'hash',
          unbounce: { month: '2026-11', unbouncedAt: NOW },
        }),
      { account: 'acme', entry: `2026-11#${AT}#hash` },
    ],
    [
      'a release',
      () => release.releaseKey('hash', NOW),
      { account: '#operator', entry: `release#hash#${AT}` },
    ],
    [
      'a correction',
      () => correction.correctionKey({ account: 'acme', id: 'c1' }),
      { account: '#corrections#acme', entry: 'correction#c1' },
    ],
    [
      'a corrected address',
      () => correction.correctedKey({ account: 'acme', id: 'c1' }, 'hash'),
      { account: '#corrections#acme', entry: 'corrected#c1#hash' },
    ],
    [
      'a campaign',
      () => campaign.campaignKey('acme', 'spring'),
      { account: 'acme', item: 'campaign#spring' },
    ],
    [
      'a campaign in the list',
      () => campaign.listedKey('acme', campaign.positionOf({ campaign: 'spring', firstSeenAt: NOW })),
      { account: 'acme', item: `campaigns#${AT}#spring` },
    ],
    ['a day', () => day.dayKey('acme', DAY), { campaignShard: 'acme', recipient: `day#${DAY}` }],
    ['a pending removal', () => sesList.pendingKey('hash'), { account: '#pending-removals', item: 'hash' }],
    [
      'an entry of the list of SES',
      () =>
        sesList.listedKey('eu-west-1', {
          addressHash: 'hash',
          capitals: '0.4',
          listedFor: 'bounce',
          seenAt: NOW,
        }),
      { account: '#ses-list#eu-west-1', item: 'hash#0.4' },
    ],
    [
      'a reading of that list',
      () => sesList.readingKey('eu-west-1'),
      { account: '#ses-list', item: 'eu-west-1' },
    ],
    [
      'the counts of a campaign',
      () => row.countKey({ account: 'acme', campaign: 'spring' }, 'f'),
      { campaignShard: 'acme#spring#f', recipient: 'count' },
    ],
  ])('%s', (_, key, expected) => {
    expect(key()).toEqual(expected);
  });
});

test('a day expires ten days after the last that asks for it', () => {
  expect(day.dayExpiry(DAY)).toBe(Date.parse('2027-03-03T00:00:00Z') / 1_000);
});

const CORRECTION = {
  id: 'c1',
  correction: {
    from: NOW - 3_600_000,
    to: NOW,
    reason: 'policy',
    rule: 'B7',
    domain: 'example.com',
    campaign: 'spring',
  },
  by: 'olga',
  note: 'A filter of theirs was broken.',
  begunAt: NOW,
} as const;
const CORRECTED = {
  id: 'c1',
  from: '2026-11-23T11:00:00.000Z',
  to: AT,
  reason: 'policy',
  rule: 'B7',
  domain: 'example.com',
  campaign: 'spring',
  by: 'olga',
  note: 'A filter of theirs was broken.',
  begunAt: AT,
};
const NAMED_NOTHING = { from: NOW, to: NOW, reason: null, rule: null, domain: null, campaign: null };
const READING = {
  region: 'eu-west-1',
  version: 3,
  startedAt: NOW,
  updatedAt: NOW,
  phase: 'read',
  pages: 2,
  position: 'next',
  lastDoneAt: NOW,
  counts: { entries: 7, unreadable: 1, blocked: 2, askedAgain: 3, inJobs: 4, jobsRefused: 5, ended: 6 },
} as const;
const READ = {
  startedAt: AT,
  updatedAt: AT,
  phase: 'read',
  pages: 2,
  position: 'next',
  lastDoneAt: AT,
  counts: READING.counts,
};
const LISTED = { addressHash: 'hash', capitals: '0.4', listedFor: 'complaint', seenAt: NOW } as const;
const MARK = { layer: 'sesGlobalList', sentAt: NOW, markedAt: NOW, listedFor: 'bounce' } as const;

describe('what is written of', () => {
  test.each<[string, () => Item, Item]>([
    ['an address of which nothing is known', () => record.writeRecordItem(aRecord()), { account: 'acme' }],
    ['a status that says nothing', () => status.writeStatusItem(aStatus()), {}],
    [
      'a mark of a layer',
      () => status.writeStatusItem(aStatus({ ses: addMark({}, MARK, { isSimulator: false }) })),
      {
        ses: {
          sesGlobalList: {
            mark: { sentAt: AT, listedFor: 'bounce', until: '2026-12-07T12:00:00.000Z', markedAt: AT },
            removal: null,
          },
        },
      },
    ],
    [
      'settings without contacts',
      () => account.writeAccountItem({ contacts: null, sendingIdentities: [] }),
      { sendingIdentities: [] },
    ],
    [
      'a release',
      () =>
        release.writeReleaseItem('hash', {
          releasedAt: NOW,
          by: 'olga',
          reason: 'It lives.',
          account: 'acme',
        }),
      { addressHash: 'hash', releasedAt: AT, by: 'olga', reason: 'It lives.', releasedAccount: 'acme' },
    ],
    [
      'a release for nobody, whose person was erased',
      () => release.writeReleaseItem('hash', { releasedAt: NOW, by: 'olga', reason: null, account: null }),
      { addressHash: 'hash', releasedAt: AT, by: 'olga' },
    ],
    ['a correction', () => correction.writeCorrectionItem({ account: 'acme', ...CORRECTION }), CORRECTED],
    [
      'a correction that names nothing',
      () =>
        correction.writeCorrectionItem({
          account: 'acme',
          ...CORRECTION,
          correction: NAMED_NOTHING,
          note: null,
        }),
      { id: 'c1', from: AT, to: AT, by: 'olga', begunAt: AT },
    ],
    [
      'what an address lost by a correction',
      () =>
        correction.writeLifted([
          {
            key: 'policy',
            rule: 'B7',
            until: null,
            sentAt: NOW,
            bouncedAt: NOW,
            feedbackId: 'f',
            status: null,
            campaign: 'spring',
          },
          {
            key: 'timeout',
            rule: 'B9',
            until: NOW,
            sentAt: NOW,
            bouncedAt: null,
            feedbackId: '',
            status: null,
            campaign: null,
          },
        ]),
      {
        'lifted#policy': { rule: 'B7', bouncedAt: AT, feedbackId: 'f', campaign: 'spring' },
        'lifted#timeout': { rule: 'B9', feedbackId: '' },
      },
    ],
    [
      'an entry of the list of SES',
      () => sesList.writeListedItem('eu-west-1', LISTED),
      { account: '#ses-list#eu-west-1', item: 'hash#0.4', listedFor: 'complaint', seenAt: AT },
    ],
    ['a reading of that list', () => sesList.writeReadingItem(READING), READ],
    [
      'a first reading at its end',
      () =>
        sesList.writeReadingItem({
          ...READING,
          position: null,
          lastDoneAt: null,
          phase: 'done',
          counts: NO_COUNTS,
        }),
      { startedAt: AT, updatedAt: AT, phase: 'done', pages: 2, counts: NO_COUNTS },
    ],
  ])('%s', (_, written, expected) => {
    expect(stored(written())).toEqual(expected);
  });

  test('a campaign, once to find it and once to list it', () => {
    const seen = { campaign: 'spring', firstSeenAt: AT };
    expect(campaign.writeCampaignItems('acme', { campaign: 'spring', firstSeenAt: NOW })).toEqual([
      { account: 'acme', item: 'campaign#spring', ...seen },
      { account: 'acme', item: `campaigns#${AT}#spring`, ...seen },
    ]);
  });
});

describe('what is read of', () => {
  test.each<[string, () => unknown, unknown]>([
    ['a registered account', () => account.readRegistryItem({ account: '#accounts', item: 'acme' }), 'acme'],
    [
      'the owner of an identity',
      () => account.readOwnerItem({ account: 'identity#example.com', item: 'owner', owner: 'acme' }),
      ['example.com', 'acme'],
    ],
    [
      'a release',
      () =>
        release.readReleaseItem({ releasedAt: AT, by: 'olga', reason: 'It lives.', releasedAccount: 'acme' }),
      { releasedAt: NOW, by: 'olga', reason: 'It lives.', account: 'acme' },
    ],
    [
      'a correction that runs',
      () => correction.readCorrectionItem(CORRECTED),
      { ...CORRECTION, finishedAt: null, corrected: null },
    ],
    [
      'a correction that names nothing and has ended',
      () =>
        correction.readCorrectionItem({
          id: 'c1',
          from: AT,
          to: AT,
          by: 'olga',
          begunAt: AT,
          finishedAt: AT,
          corrected: 9,
        }),
      { ...CORRECTION, correction: NAMED_NOTHING, note: null, finishedAt: NOW, corrected: 9 },
    ],
    [
      'a campaign',
      () => campaign.readCampaignItem({ campaign: 'spring', firstSeenAt: AT }),
      { campaign: 'spring', firstSeenAt: NOW },
    ],
    [
      'a day, of which a reason that nobody knows is left out',
      () =>
        day.readDayItem({
          campaignShard: 'acme',
          recipient: `day#${DAY}`,
          policy: 3,
          spam: 0,
          bad_weather: 4,
        }),
      {
        day: DAY,
        counts: new Map([
          ['spam', 0],
          ['policy', 3],
        ]),
      },
    ],
    [
      'a pending removal',
      () => sesList.readPendingItem({ item: 'hash', requestedAt: AT, queuedAt: AT }),
      { addressHash: 'hash', requestedAt: NOW, queuedAt: NOW },
    ],
    [
      'an entry of the list of SES',
      () => sesList.readListedItem({ item: 'hash#0.4', listedFor: 'complaint', seenAt: AT }),
      LISTED,
    ],
    [
      'an entry as it is spelled here',
      () => sesList.readListedItem({ item: 'hash#', listedFor: 'bounce', seenAt: AT }),
      { ...LISTED, capitals: '', listedFor: 'bounce' },
    ],
    ['a reading of that list', () => sesList.readReadingItem({ item: 'eu-west-1', v: 3, ...READ }), READING],
    ...(['sweep', 'done'] as const).map((phase): [string, () => unknown, unknown] => [
      `a reading of the time before jobs, in its phase "${phase}"`,
      () =>
        sesList.readReadingItem({
          item: 'eu-west-1',
          v: 3,
          startedAt: AT,
          updatedAt: AT,
          phase,
          pages: 2,
          counts: { entries: 7, unreadable: 1, blocked: 2, askedAgain: 3, ended: 6 },
        }),
      {
        ...READING,
        phase,
        position: null,
        lastDoneAt: null,
        counts: { ...READING.counts, inJobs: 0, jobsRefused: 0 },
      },
    ]),
    ['an address that has no item', () => record.recordOf('acme', undefined), aRecord()],
    [
      'an address that has one',
      () => record.recordOf('acme', { account: 'acme', v: 4 }),
      aRecord({ version: 4 }),
    ],
    ['a status that has no item', () => status.statusOf(undefined), aStatus()],
    ['a status that has one', () => status.statusOf({ v: 4 }), aStatus({ version: 4 })],
    [
      'the counts of a campaign',
      () => row.readCountItem({ 'bounced#policy#hard': 2, 'x-bounced#policy#hard': 'later', expiresAt: 1 }),
      { counts: new Map([['bounced#policy#hard', 2]]), expiresAt: 1_000 },
    ],
  ])('%s', (_, read, expected) => {
    expect(read()).toEqual(expected);
  });
});

describe('an item that lacks what it needs is named:', () => {
  test.each<[string, (item: Item) => unknown]>([
    ['registered account: "item" must be text.', account.readRegistryItem],
    ['identity owner: "account" must be text.', account.readOwnerItem],
    ['ledger row: "account" must be text.', quota.readLedgerItem],
    [
      'ledger row: "month" must be text.',
      (item) => quota.readLedgerItem({ ...item, account: 'acme', addressHash: 'hash', unbouncedAt: AT }),
    ],
    ['release: "releasedAt" must be text.', release.readReleaseItem],
    ['correction: "id" must be text.', correction.readCorrectionItem],
    ['campaign: "campaign" must be text.', campaign.readCampaignItem],
    ['bounces of a day: "recipient" must be text.', day.readDayItem],
    ['campaign row: "campaignShard" must be text.', row.readRowItem],
    ['campaign counts: "expiresAt" must be a whole number.', row.readCountItem],
    ['pending removal: "item" must be text.', sesList.readPendingItem],
    ['listed address: "item" must be text.', sesList.readListedItem],
    ['reading of SES\'s list: "item" must be text.', sesList.readReadingItem],
    [
      'reading of SES\'s list: "counts" must be there.',
      () => sesList.readReadingItem({ item: 'eu-west-1', v: 3, ...READ, counts: undefined }),
    ],
  ])('%s', (message, read) => {
    expect(() => read({})).toThrow(new CorruptItemError(message));
  });

  test('by an error that says what it is', () => {
    expect(new CorruptItemError('').name).toBe('CorruptItemError');
  });
});
