import type { BounceRate } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Badge } from '../../parts/badge.tsx';

/** Where SES looks at an account, and where it may stop it. Amazon SES developer guide, "Reputation metrics". */
const REVIEW_RATE = 0.05;
const STOP_RATE = 0.1;
const SCALE_END = 0.12;

/** SES's own bounce rate against its two lines. */
export function BounceRateCard({ rate }: { readonly rate: BounceRate | null }) {
  const { t, moment, percent } = useWording();
  if (rate === null) {
    return (
      <>
        <p>{t('overview.rate.none')}</p>
        <p class="quiet">{t('overview.rate.none.text')}</p>
        <RateScale rate={null} />
      </>
    );
  }
  return (
    <>
      <p class="figure">
        <span class="figure-number">{percent(rate.rate)}</span> <RateBadge rate={rate.rate} />
      </p>
      <RateScale rate={rate.rate} />
      <p>
        {t('overview.rate.lines')}{' '}
        {rate.complaintRate !== null && t('overview.rate.complaints', { rate: percent(rate.complaintRate) })}
      </p>
      <p class="quiet">{t('overview.rate.scope', { date: moment(rate.asOf) })}</p>
    </>
  );
}

function RateBadge({ rate }: { readonly rate: number }) {
  const { t } = useWording();
  if (rate >= STOP_RATE) return <Badge kind="danger">{t('overview.rate.stop')}</Badge>;
  if (rate >= REVIEW_RATE) return <Badge kind="warning">{t('overview.rate.review')}</Badge>;
  return <Badge kind="good">{t('overview.rate.good')}</Badge>;
}

/** Decoration: the figure and the badge say the same. */
function RateScale({ rate }: { readonly rate: number | null }) {
  const { percent } = useWording();
  const x = (share: number) => `${(Math.min(share, SCALE_END) / SCALE_END) * 100}%`;
  return (
    <svg class="scale" height="34" width="100%" aria-hidden="true">
      <rect class="scale-good" x="0" y="4" width={x(REVIEW_RATE)} height="8" />
      <rect class="scale-review" x={x(REVIEW_RATE)} y="4" width={x(STOP_RATE - REVIEW_RATE)} height="8" />
      <rect class="scale-stop" x={x(STOP_RATE)} y="4" width={x(SCALE_END - STOP_RATE)} height="8" />
      {rate !== null && <rect class="scale-mark" x={x(rate)} y="0" width="4" height="16" rx="2" />}
      {[REVIEW_RATE, STOP_RATE].map((line) => (
        <text key={line} class="axis" x={x(line)} y="30" text-anchor="middle">
          {percent(line)}
        </text>
      ))}
    </svg>
  );
}
