import type { Wording } from '../../texts/wording.ts';

/** Mail without a campaign belongs to `untagged-<UTC date>`, which is no name for people. */
export function campaignNameOf(campaign: string, { t, utcDay }: Wording): string {
  const [, day] = /^untagged-(\d{4}-\d{2}-\d{2})$/.exec(campaign) ?? [];
  return day === undefined ? campaign : t('campaigns.untagged', { date: utcDay(day) });
}
