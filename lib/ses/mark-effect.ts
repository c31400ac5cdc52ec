import type { SesLayer } from '../policy/layer.ts';
import type { Instant } from '../policy/time.ts';
import type { ReportedAddress } from './address-book.ts';
import { isTenantEcho } from './bounce-types.ts';
import type { MarkEffect } from './effect.ts';
import type { Mail } from './notification.ts';
import { namedTenants } from './sender.ts';

interface Echo {
  readonly layer: SesLayer;
  readonly listedFor: 'bounce' | 'complaint';
  readonly subType: string | null;
  readonly mail: Mail;
  readonly campaign: string;
  readonly happenedAt: Instant | null;
}

/** The mark that SES's echo of its own list leaves on an address. */
export function markEffect(
  reported: ReportedAddress,
  { layer, listedFor, subType, mail, campaign, happenedAt }: Echo,
): MarkEffect {
  const mark = { layer, sentAt: mail.sentAt, markedAt: happenedAt, listedFor };
  return { kind: 'mark', ...reported, mark, campaign, ...(isTenantEcho(subType) && namedTenants(mail)) };
}
