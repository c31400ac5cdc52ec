import type { AccountQuota } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';

/** How much of the month's quota is left, what it is counted from and when it starts again. */
export function QuotaCard({ quota }: { readonly quota: AccountQuota }) {
  const { t, month, number, utcDay } = useWording();
  const { contacts, limit, remaining, resetsAt, used } = quota;
  const left = t('quota.left', { count: remaining, limit: number(limit) });
  return (
    <>
      <p class="figure">
        <span class="figure-number">{number(remaining)}</span> <span class="quiet">/ {number(limit)}</span>
      </p>
      <meter
        class="meter"
        min={0}
        max={limit}
        low={limit * 0.2}
        high={limit * 0.5}
        optimum={limit}
        value={remaining}
        aria-label={t('quota.title')}
        aria-valuetext={left}
      >
        {left}
      </meter>
      <p>
        {remaining === 0 && <strong>{t('quota.exhausted')}. </strong>}
        {t('quota.used', { used, month: month(quota.month) })} {t('quota.resets', { date: utcDay(resetsAt) })}
      </p>
      <p class="quiet">{contacts === null ? t('quota.noBasis') : t('quota.basis', { count: contacts })}</p>
    </>
  );
}
