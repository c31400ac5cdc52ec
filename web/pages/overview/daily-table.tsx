import type { DayStats } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import type { NamedSeries } from './series.ts';

interface DailyTableProps {
  readonly days: readonly DayStats[];
  readonly series: readonly NamedSeries[];
  readonly caption: string;
}

/** The chart in numbers, the latest day first. */
export function DailyTable({ days, series, caption }: DailyTableProps) {
  const { t, number, shortDay } = useWording();
  const rows = days.map((day, index) => ({ ...day, index })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.chart.day')}</th>
            <th scope="col" class="number">
              {t('overview.chart.total')}
            </th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, total, index }) => (
            <tr key={day}>
              <th scope="row">{shortDay(day)}</th>
              <td class="number">{number(total)}</td>
              {series.map(({ key, counts }) => (
                <td key={key} class="number">
                  {number(counts[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
