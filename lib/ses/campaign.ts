import { dayOf, type Instant } from '../policy/time.ts';
import type { Mail } from './notification.ts';

const CAMPAIGN = /^[A-Za-z0-9_.@-]{1,256}$/;

/**
 * The campaign of a mail: its message tag of that name, else `untagged-<UTC day on which it was sent>`, or
 * the day of the bounce where the notification does not say, or `untagged-undated`.
 */
export function campaignOf(
  mail: Mail,
  { tag, happenedAt }: { tag: string; happenedAt: Instant | null },
): string {
  const tagged = mail.tags[tag]?.find((value) => CAMPAIGN.test(value));
  if (tagged !== undefined) return tagged;
  const at = mail.sentAt ?? happenedAt;
  return `untagged-${at === null ? 'undated' : dayOf(at)}`;
}
