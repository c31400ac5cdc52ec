import type { DayStats } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { useWidth } from '../../parts/use-width.ts';
import { type NamedSeries, ticksTo } from './series.ts';

interface DailyChartProps {
  readonly days: readonly DayStats[];
  readonly series: readonly NamedSeries[];
  /** Says what the picture shows. */
  readonly summary: string;
}

const HEIGHT = 220;
const TOP = 8;
const BOTTOM = 24;
const LEFT = 40;
const PIXELS_PER_LABEL = 80;
const BAR_SHARE = 0.7;

/** Stacked bars, a day each. */
export function DailyChart({ days, series, summary }: DailyChartProps) {
  const { number, shortDay } = useWording();
  const [box, width] = useWidth();
  const ticks = ticksTo(Math.max(...days.map(({ total }) => total)));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const step = Math.max(0, width - LEFT) / days.length;
  const labelEvery = Math.max(1, Math.ceil(PIXELS_PER_LABEL / Math.max(step, 1)));
  return (
    <div ref={box} class="chart">
      <svg width={width} height={HEIGHT} role="img" aria-label={summary}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
            <text class="axis" x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {number(tick)}
            </text>
          </g>
        ))}
        {days.map(({ day }, index) => (
          <g key={day}>
            <DayBar
              {...{ index, series, y }}
              title={[shortDay(day), ...linesOf(index)].join('\n')}
              x={LEFT + step * (index + (1 - BAR_SHARE) / 2)}
              width={step * BAR_SHARE}
            />
            {(days.length - 1 - index) % labelEvery === 0 && (
              <text class="axis" x={LEFT + step * (index + 0.5)} y={HEIGHT - 6} text-anchor={anchorAt(index)}>
                {shortDay(day)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );

  function linesOf(index: number): string[] {
    return series.flatMap(({ name, counts }) => (counts[index] ? [`${name}: ${number(counts[index])}`] : []));
  }

  function anchorAt(index: number): 'start' | 'middle' | 'end' {
    const x = step * (index + 0.5);
    if (x < PIXELS_PER_LABEL / 2) return 'start';
    return width - LEFT - x < PIXELS_PER_LABEL / 2 ? 'end' : 'middle';
  }
}

interface DayBarProps {
  readonly index: number;
  readonly series: readonly NamedSeries[];
  readonly title: string;
  readonly x: number;
  readonly width: number;
  y(value: number): number;
}

function DayBar({ index, series, title, x, width, y }: DayBarProps) {
  let below = 0;
  const parts = series.map(({ key, counts }, colour) => {
    const from = below;
    below += counts[index] ?? 0;
    return { key, colour, from, to: below };
  });
  return (
    <g>
      <title>{title}</title>
      {parts
        .filter(({ from, to }) => to > from)
        .map(({ key, colour, from, to }) => (
          <rect
            key={key}
            class={`series-${colour}`}
            x={x}
            y={y(to)}
            width={width}
            height={Math.max(0, y(from) - y(to) - 0.5)}
          />
        ))}
    </g>
  );
}
