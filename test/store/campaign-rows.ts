import fc from 'fast-check';
import {
  bouncedRow,
  type CampaignRow,
  KEPT_CODES,
  KEPT_LAYERS,
  notSentRow,
  OUTCOMES,
} from '../../lib/policy/campaign-row.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { addressHash } from '../../lib/store/address-hash.ts';
import { bouncesSent, moments } from '../policy/arbitraries.ts';
import { ADDRESS, POLICY } from '../policy/builders.ts';

const SPAN = { fromDay: -5, toDay: 5 };

const keys = fc.record({
  account: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  campaign: fc.stringMatching(/^[A-Za-z0-9_.@-]{1,256}$/),
  addressHash: fc.string().map(addressHash),
});

const bounced = fc
  .record({ key: keys, bounce: bouncesSent(SPAN) })
  .map(({ key, bounce }) =>
    bouncedRow(
      key,
      { address: ADDRESS, bounce: { ...bounce, campaign: key.campaign }, erasedAt: null },
      POLICY,
    ),
  );

const notSent = fc
  .record({
    key: keys,
    code: fc.constantFrom(...KEPT_CODES),
    layer: fc.constantFrom(...KEPT_LAYERS),
    reason: fc.option(fc.constantFrom(...REASONS)),
    status: fc.option(fc.constant('5.1.1')),
    at: moments(SPAN),
  })
  .map(({ key, code, layer, reason, status, at }) => {
    const standing = reason === null ? null : { key: reason, rule: 'B1', until: null };
    return notSentRow(key, { verdict: { rule: 'P2', code, layer, until: null, standing }, status, at });
  })
  .filter((row) => row !== null);

/** Rows of both outcomes, of all accounts and campaigns that there can be. */
export const campaignRows: fc.Arbitrary<CampaignRow> = fc
  .constantFrom(...OUTCOMES)
  .chain((outcome) => (outcome === 'bounced' ? bounced : notSent));
