import fc from 'fast-check';
import type { Account } from '../../lib/policy/account.ts';
import type { AddressRecord, Suppression, Unbounce } from '../../lib/policy/address-record.ts';
import type { AddressStatus } from '../../lib/policy/address-status.ts';
import type { Bounce } from '../../lib/policy/bounce.ts';
import type { Facts } from '../../lib/policy/facts.ts';
import { SES_LAYERS } from '../../lib/policy/layer.ts';
import { FACT_KEYS } from '../../lib/policy/reason.ts';
import type { SesLayerFacts } from '../../lib/policy/ses-layers.ts';
import type { Standing } from '../../lib/policy/standing.ts';
import { dayOf } from '../../lib/policy/time.ts';

// Whatever can be stored, not only what the policy makes of facts.
const key = fc.constantFrom(...FACT_KEYS);
const instant = fc.integer({ min: 0, max: Date.parse('2099-12-31T23:59:59.999Z') });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
const list = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 4 });
const version = fc.integer({ min: 1, max: 1_000_000 });
const accountId = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'default'),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
);

function byKey<T>(member: fc.Arbitrary<T>): fc.Arbitrary<Partial<Record<(typeof FACT_KEYS)[number], T>>> {
  return fc.dictionary(key, member, { maxKeys: 4, noNullPrototype: true });
}

function byAccount<T>(member: fc.Arbitrary<T>): fc.Arbitrary<ReadonlyMap<string, T>> {
  return fc
    .uniqueArray(fc.tuple(accountId, member), { maxLength: 4, selector: ([id]) => id })
    .map((entries) => new Map(entries));
}

const strikeDays = fc.dictionary(instant.map(dayOf), fc.record({ sentAt: instant, messageId: text }), {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true,
});

const facts: fc.Arbitrary<Facts> = fc.record({
  hard: byKey(
    fc.record({
      sentAt: instant,
      bouncedAt: maybe(instant),
      feedbackId: text,
      status: maybe(text),
      campaign: text,
    }),
  ),
  strikes: byKey(strikeDays),
  unbouncedAt: maybe(instant),
  releasedAt: maybe(instant),
  corrections: byKey(instant),
});

const bounce: fc.Arbitrary<Bounce> = fc.record({
  key,
  permanence: fc.constantFrom('permanent', 'transient'),
  classifiedBy: text,
  feedbackId: text,
  messageId: maybe(text),
  campaign: text,
  sentAt: maybe(instant),
  bouncedAt: maybe(instant),
  bounceType: maybe(text),
  bounceSubType: maybe(text),
  status: maybe(text),
  diagnostic: maybe(text),
});

const standing: fc.Arbitrary<Standing> = fc.record({
  key,
  rule: text,
  until: maybe(instant),
  sentAt: instant,
  bouncedAt: maybe(instant),
  feedbackId: text,
  status: maybe(text),
  campaign: maybe(text),
});

const suppression: fc.Arbitrary<Suppression> = fc.record({
  suppressedAt: instant,
  policyVersion: text,
  standing: list(standing),
});

const unbounce: fc.Arbitrary<Unbounce> = fc.record({
  unbouncedAt: instant,
  month: fc.constantFrom('2026-11', '2026-12'),
  by: text,
  evidence: maybe(fc.record({ kind: text, note: text })),
  idempotencyKey: maybe(text),
  lifted: maybe(fc.record({ reason: text, rule: text })),
});

export const records: fc.Arbitrary<AddressRecord> = fc.record({
  version,
  account: accountId,
  address: maybe(text),
  spellings: list(text),
  facts,
  bounces: list(bounce),
  suppression: maybe(suppression),
  unbounce: maybe(unbounce),
  erasedAt: maybe(instant),
});

const layerFacts: fc.Arbitrary<SesLayerFacts> = fc.record({
  mark: maybe(
    fc.record({
      sentAt: maybe(instant),
      markedAt: maybe(instant),
      listedFor: fc.constantFrom('bounce', 'complaint'),
      until: maybe(instant),
    }),
  ),
  removal: maybe(
    fc.record({ requestedAt: instant, state: fc.constantFrom('pending', 'confirmed', 'not_asked') }),
  ),
  liftedFor: byAccount(instant),
  tenants: list(text),
});

export const statuses: fc.Arbitrary<AddressStatus> = fc.record({
  version,
  suppressedBy: byAccount(list(fc.record({ key, rule: text, until: maybe(instant) }))),
  global: maybe(fc.record({ declaredAt: instant, rule: text })),
  ses: fc.dictionary(fc.constantFrom(...SES_LAYERS), layerFacts, { noNullPrototype: true }),
  deadReports: byAccount(list(instant.map(dayOf))),
  releasedAt: maybe(instant),
  erasedAt: maybe(instant),
});

export const accounts: fc.Arbitrary<Account> = fc.record({
  id: accountId,
  version,
  contacts: maybe(fc.maxSafeNat()),
  sendingIdentities: list(
    fc.record({
      name: text,
      verification: fc.constantFrom('verified', 'unverified', 'not_checked'),
      checkedAt: instant,
    }),
  ),
});
