import { useState } from 'preact/hooks';
import type { Stats } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { nameOf } from '../../parts/reason.ts';
import { DailyChart } from './daily-chart.tsx';
import { DailyTable } from './daily-table.tsx';
import { REST, seriesOf } from './series.ts';

/** Bounces by day and reason, as a chart or as a table. */
export function DailyBounces({ stats }: { readonly stats: Stats }) {
  const wording = useWording();
  const { t, number, utcDay } = wording;
  const [asTable, setAsTable] = useState(false);
  const series = seriesOf(stats);
  const total = stats.days.reduce((sum, day) => sum + day.total, 0);
  const most = Math.max(...stats.days.map((day) => day.total), 0);
  const summary = t('overview.chart.summary', {
    count: total,
    from: utcDay(stats.from),
    to: utcDay(stats.to),
    most,
  });
  const nameOfSeries = (key: (typeof series)[number]['key']) =>
    key === REST ? t('overview.chart.rest') : nameOf(key, wording);
  const named = series.map((one) => ({ ...one, name: nameOfSeries(one.key) }));
  return (
    <section class="card" aria-labelledby="daily">
      <div class="card-head">
        <h2 id="daily">{t('overview.chart')}</h2>
        {total > 0 && (
          <button type="button" class="button button-quiet" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'overview.chart.asChart' : 'overview.chart.asTable')}
          </button>
        )}
      </div>
      {total === 0 && <p class="quiet">{t('overview.chart.none')}</p>}
      {total > 0 && !asTable && (
        <>
          <DailyChart days={stats.days} series={named} summary={summary} />
          <ul class="legend">
            {named.map(({ key, name, total: count }, index) => (
              <li key={key}>
                <span class={`swatch series-${index}`} aria-hidden="true" />
                <span>
                  {name} <span class="quiet">{number(count)}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {total > 0 && asTable && <p class="quiet">{summary}</p>}
      {total > 0 && asTable && <DailyTable days={stats.days} series={named} caption={summary} />}
      {total > 0 && <p class="quiet">{t('overview.chart.approximate')}</p>}
    </section>
  );
}
