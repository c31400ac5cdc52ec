import { useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';
import { useResource } from '../../app/use-resource.ts';
import { Failure } from '../../parts/failure.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { Select } from '../../parts/select.tsx';
import { BounceRateCard } from './bounce-rate-card.tsx';
import { DailyBounces } from './daily-bounces.tsx';
import { QuotaCard } from './quota-card.tsx';
import { TopReasons } from './top-reasons.tsx';

const PERIODS = ['7', '30', '90'] as const;
type Period = (typeof PERIODS)[number];

/** How the account does: its quota, its bounces and what helps. */
export function OverviewPage() {
  const { client, wording } = useConsole();
  const { t } = wording;
  const [period, setPeriod] = useState<Period>('30');
  const quota = useResource((signal) => client.readUnbounceQuota({ signal }), [client]);
  const stats = useResource(
    (signal) => client.readStats({ days: Number(period) }, { signal }),
    [client, period],
  );
  if (quota.state === 'failed') {
    return (
      <>
        <PageTitle title={t('overview.title')} />
        <Failure error={quota.error} onRetry={quota.reload} />
      </>
    );
  }
  return (
    <>
      <div class="title-row">
        <PageTitle title={t('overview.title')} />
        <Select
          label={t('overview.period')}
          hasHiddenLabel
          value={period}
          options={PERIODS.map((days) => [days, t('overview.days', { count: Number(days) })] as const)}
          onChoose={(chosen) => setPeriod(chosen)}
        />
      </div>
      <div class="pair">
        <section class="card" aria-labelledby="quota">
          <h2 id="quota">{t('quota.title')}</h2>
          {quota.state === 'ready' ? <QuotaCard quota={quota.value} /> : <Loading />}
        </section>
        <section class="card" aria-labelledby="rate">
          <h2 id="rate">{t('overview.rate')}</h2>
          {stats.state === 'loading' && <Loading />}
          {stats.state !== 'loading' && (
            <BounceRateCard rate={stats.state === 'ready' ? stats.value.bounceRate : null} />
          )}
        </section>
      </div>
      {stats.state === 'failed' && <Failure error={stats.error} onRetry={stats.reload} />}
      {stats.state === 'loading' && (
        <section class="card">
          <Loading lines={8} />
        </section>
      )}
      {stats.state === 'ready' && (
        <>
          <DailyBounces stats={stats.value} />
          <TopReasons reasons={stats.value.byReason} />
        </>
      )}
    </>
  );
}
