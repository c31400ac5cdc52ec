import { describe, expect, test } from '@jest/globals';
import {
  hasConnectedIdentity,
  isAccountId,
  isCampaignId,
  unsetAccount,
  type Verification,
} from '../../lib/policy/account.ts';
import { anAccount, NOW } from './builders.ts';

describe('the id of an account', () => {
  test.each(['a', 'acme', 'ACME_eu-1', '__proto__', 'x'.repeat(64)])('%j is one', (id) => {
    expect(isAccountId(id)).toBe(true);
  });

  test.each(['', 'a#b', 'a b', 'a/b', 'a.b', 'ä', 'acme\n', 'x'.repeat(65)])('%j is none', (id) => {
    expect(isAccountId(id)).toBe(false);
  });
});

describe('the id of a campaign', () => {
  test.each(['spring', 'untagged-2026-11-23', 'Spring_2026.v2@acme', 'x'.repeat(256)])('%j is one', (id) => {
    expect(isCampaignId(id)).toBe(true);
  });

  test.each(['', 'a#b', 'a b', 'a/b', 'spring\n', 'x'.repeat(257)])('%j is none', (id) => {
    expect(isCampaignId(id)).toBe(false);
  });
});

describe('U7: a connected sending identity', () => {
  function accountWith(...verifications: Verification[]) {
    const sendingIdentities = verifications.map((verification, index) => ({
      name: `${index}.example`,
      verification,
      checkedAt: NOW,
    }));
    return anAccount({ sendingIdentities });
  }

  test.each<{ verifications: Verification[]; connected: boolean }>([
    { verifications: [], connected: false },
    { verifications: ['unverified'], connected: false },
    { verifications: ['verified'], connected: true },
    { verifications: ['not_checked'], connected: true },
    { verifications: ['unverified', 'verified'], connected: true },
  ])('U7: $verifications is connected: $connected', ({ verifications, connected }) => {
    expect(hasConnectedIdentity(accountWith(...verifications))).toBe(connected);
  });

  test('U7: the default account has none before it is set up', () => {
    expect(hasConnectedIdentity(unsetAccount('default'))).toBe(false);
    expect(unsetAccount('default')).toMatchObject({ id: 'default', version: 0, contacts: null });
  });
});
