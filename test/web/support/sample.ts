import { bounceFor, complaintOf, listedBySes, type SampleReason } from './notification.ts';
import { type Stack, until } from './stack.ts';

const DAY_IN_MS = 86_400_000;
const CAMPAIGNS = [
  'winter-preview',
  'newsletter-november',
  'autumn-sale',
  'welcome-series',
  'product-survey',
];
const NAMES = [
  'ada',
  'bruno',
  'clara',
  'dmitri',
  'elena',
  'farid',
  'greta',
  'hugo',
  'ines',
  'jonas',
  'karin',
  'liam',
];
const DOMAINS = ['example.com', 'example.net', 'example.org', 'mail.example', 'office.example'];
/** How many of each there are in thirty days. */
const COUNTS: Readonly<Record<SampleReason, number>> = {
  unknown_user: 46,
  policy: 22,
  mailbox_full: 18,
  spam: 14,
  dns_failure: 9,
  mailbox_inactive: 7,
  content: 5,
  throttled: 6,
};

/** The addresses that the pictures and the checks of every page show. */
export const SAMPLE = {
  campaign: 'winter-preview',
  liftable: 'marta.keller@office.example',
  dead: 'old.account@example.net',
  listed: 'sam@lists.example',
} as const;

/** Fills the account `default` with a month of sample mail. All of it is made up. */
export async function fillWithSample(stack: Stack, now = Date.now()): Promise<void> {
  const client = stack.clientOf('default');
  await client.saveAccount({ contacts: 12_000, sendingIdentities: ['example.com'] });
  const bounces = sampleBounces(now);
  await stack.publish(bounces.map(({ text }) => text));
  const { campaign, liftable, dead, listed } = SAMPLE;
  const recently = { campaign, bouncedAt: now - 0.1 * DAY_IN_MS };
  await stack.publish([
    complaintOf({ to: 'tom@example.org', ...recently }),
    listedBySes({ to: listed, ...recently }),
    bounceFor('unknown_user', { to: dead, ...recently }),
    bounceFor('policy', { to: liftable, ...recently }),
  ]);
  await until(async () => {
    const { suppressed } = await client.readSuppression(liftable);
    const { days } = await client.readStats({ days: 90 });
    return suppressed && days.reduce((sum, { total }) => sum + total, 0) >= bounces.length;
  });
  for (const name of CAMPAIGNS) {
    const held = bounces.filter(({ campaign: own }) => own !== name).slice(0, 12 + 3 * name.length);
    await client.filterRecipients({ recipients: held.map(({ to }) => to), campaign: name });
  }
  for (const { to } of bounces.filter(({ reason }) => reason === 'policy').slice(0, 4)) {
    await client.unbounce(to, {
      confirmedValid: true,
      evidence: { kind: 'replied', note: 'Answered our survey.' },
    });
  }
}

interface SampleBounce {
  readonly to: string;
  readonly reason: SampleReason;
  readonly campaign: string;
  readonly text: string;
}

/** The same every time but for the date: no chance is involved. */
function sampleBounces(now: number): SampleBounce[] {
  const reasons = (Object.entries(COUNTS) as [SampleReason, number][]).flatMap(([reason, count]) =>
    Array.from({ length: count }, () => reason),
  );
  return reasons.map((reason, index) => {
    const spread = (index * 7919) % reasons.length;
    const daysAgo = 29 * (spread / reasons.length) ** 1.4;
    const name = NAMES[index % NAMES.length] ?? 'ada';
    const to = `${name}.${spread + 1}@${DOMAINS[index % DOMAINS.length] ?? 'example.com'}`;
    const campaign = CAMPAIGNS[Math.min(CAMPAIGNS.length - 1, Math.floor(daysAgo / 6))] ?? SAMPLE.campaign;
    const bouncedAt = now - (daysAgo + 0.2) * DAY_IN_MS;
    return { to, reason, campaign, text: bounceFor(reason, { to, campaign, bouncedAt }) };
  });
}
