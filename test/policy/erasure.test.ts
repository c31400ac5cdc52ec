import { describe, expect, test } from '@jest/globals';
import { eraseRecord, eraseStatus } from '../../lib/policy/erasure.ts';
import { ADDRESS, aBounce, afterBounces, aRecord, aStatus, hoursAfter, NOW } from './builders.ts';

const DIAGNOSTIC = 'smtp; 550 5.1.1 Ada Lovelace has left';
const { record } = afterBounces([aBounce({ diagnostic: DIAGNOSTIC }), aBounce({ key: 'spam' })], {
  spellings: ['Ada@Example.com'],
});
const UNBOUNCE = {
  unbouncedAt: hoursAfter(-1),
  month: '2026-11',
  by: 'anna',
  evidence: { kind: 'phone', note: 'Ada says that she reads it.' },
  idempotencyKey: 'k1',
  lifted: null,
};

describe('an erased record', () => {
  const erased = eraseRecord({ ...record, unbounce: UNBOUNCE }, NOW);

  test('holds no readable word', () => {
    expect(erased).toMatchObject({ address: null, spellings: [], erasedAt: NOW });
    expect(JSON.stringify(erased)).not.toMatch(/ada|lovelace/i);
  });

  test('suppresses as before, by the same facts', () => {
    const { facts, suppression } = record;
    expect(erased).toMatchObject({ facts, suppression });
    expect(erased.bounces.map(({ feedbackId }) => feedbackId)).toEqual(
      record.bounces.map(({ feedbackId }) => feedbackId),
    );
  });

  test('says who unbounced it, when and by which kind of evidence', () => {
    expect(erased.unbounce).toEqual({ ...UNBOUNCE, evidence: { kind: 'phone', note: '' } });
  });

  test.each([
    ['a key', { idempotencyKey: `unbounce ${ADDRESS}` }, { idempotencyKey: 'unbounce [address]' }],
    [
      'a kind of evidence',
      { evidence: { kind: `mail from ${ADDRESS}`, note: '' } },
      { evidence: { kind: 'mail from [address]', note: '' } },
    ],
    [
      'no evidence and no key',
      { evidence: null, idempotencyKey: null },
      { evidence: null, idempotencyKey: null },
    ],
  ])('has no address in %s', (_, written, kept) => {
    const unbounce = { ...UNBOUNCE, ...written };
    expect(eraseRecord({ ...record, unbounce }, NOW).unbounce).toMatchObject(kept);
  });

  test('is left alone when it is erased again, and loses what was written since', () => {
    expect(eraseRecord(erased, hoursAfter(1))).toBe(erased);
    const since = eraseRecord({ ...erased, address: ADDRESS }, hoursAfter(1));
    expect(since).toMatchObject({ address: null, erasedAt: hoursAfter(1) });
    const earlier = eraseRecord({ ...erased, address: ADDRESS }, hoursAfter(-1));
    expect(earlier).toMatchObject({ address: null, erasedAt: NOW });
  });

  test('is one also where it never held a word', () => {
    expect(eraseRecord(aRecord(), NOW)).toEqual(aRecord({ erasedAt: NOW }));
  });
});

test('an erased status says since when; the newest erasure counts', () => {
  const status = eraseStatus(aStatus({ releasedAt: NOW }), NOW);
  expect(status).toEqual(aStatus({ releasedAt: NOW, erasedAt: NOW }));
  expect(eraseStatus(status, hoursAfter(1)).erasedAt).toBe(hoursAfter(1));
  expect(eraseStatus(status, hoursAfter(-1)).erasedAt).toBe(NOW);
});
