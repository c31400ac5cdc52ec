import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AddressRecord } from '../../lib/policy/address-record.ts';
import type { Release } from '../../lib/policy/release.ts';
import { writeAccountItem } from '../../lib/store/items/account-item.ts';
import { writeRowItem } from '../../lib/store/items/campaign-item.ts';
import { writeCorrectionItem } from '../../lib/store/items/correction-item.ts';
import { writeLedgerItem } from '../../lib/store/items/quota-item.ts';
import { writeRecordItem } from '../../lib/store/items/record-item.ts';
import { writeReleaseItem } from '../../lib/store/items/release-item.ts';
import { writeStatusItem } from '../../lib/store/items/status-item.ts';
import { accounts, records, statuses } from './arbitraries.ts';
import { campaignRows } from './campaign-rows.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/data-model.md'), 'utf8');

test.each([
  ['the record', '`scope = account#<account>`', records, writeRecordItem],
  ['the status', '`scope = status`', statuses, writeStatusItem],
  ['the settings', 'Accounts', accounts, writeAccountItem],
  ['the campaign rows', 'CampaignRecipients', campaignRows, writeRowItem],
  [
    'the ledger',
    'UnbounceQuotas',
    records.filter(({ unbounce }) => unbounce !== null),
    ({ unbounce }: AddressRecord) => (unbounce === null ? {} : writeLedgerItem('hash', unbounce)),
  ],
  [
    'the releases',
    'UnbounceQuotas',
    fc.constantFrom({ releasedAt: 0, by: 'olga', reason: 'It is alive.', account: 'acme' }),
    (release: Release) => writeReleaseItem('hash', release),
  ],
  [
    'the corrections',
    'UnbounceQuotas',
    fc.constantFrom(
      writeCorrectionItem({
        account: 'acme',
        id: 'one',
        correction: {
          from: 0,
          to: 1,
          reason: 'spam',
          rule: 'B6',
          domain: 'mail.example',
          campaign: 'spring',
        },
        by: 'olga',
        note: 'A bad link.',
        begunAt: 2,
      }),
    ),
    (item: object) => item,
  ],
] as const)('every attribute of %s is described', (_, heading, arbitrary, write) => {
  const section = sectionOf(heading);
  const items = fc.sample(arbitrary as fc.Arbitrary<never>, { seed: 1, numRuns: 100 }).map(write);
  const names = new Set(items.flatMap(Object.keys).map((name) => name.replace(/^([ad]#).*/s, '$1<account>')));
  expect([...names].filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  expect(names.size).toBeGreaterThan(1);
});

function sectionOf(heading: string): string {
  const sections = DOCUMENT.split(/^## /m).filter((section) => section.split('\n')[0]?.endsWith(heading));
  expect(sections).toHaveLength(1);
  return sections.join();
}
