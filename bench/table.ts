import type { Measurement, Ratio, Spread } from './bench.ts';

const WHAT_WIDTH = 58;

/** The measurements as lines: what, the median with its spread, and each ratio with its spread and target. */
export function tableOf(measurements: readonly Measurement[]): string {
  return measurements
    .map(({ what, value, unit, spread, ratios = [], note = '' }) =>
      [
        what.padEnd(WHAT_WIDTH),
        `${figure(value)} ${unit.padEnd(5)}`,
        spreadText(spread).padEnd(19),
        ...ratios.map(ratioText),
        note,
      ]
        .join(' ')
        .trimEnd(),
    )
    .join('\n');
}

function ratioText({ to, value, spread, target }: Ratio): string {
  const verdict =
    target === undefined ? '' : value <= target ? ` (at most ${target})` : ` (MISSED: at most ${target})`;
  return `${value.toFixed(2)} x ${to}${spread === undefined ? '' : ` ${spreadText(spread)}`}${verdict}`.padEnd(
    44,
  );
}

function spreadText(spread: Spread | undefined): string {
  return spread === undefined ? '' : `[${spread.map((end) => trimmed(end)).join(' .. ')}]`;
}

function figure(value: number): string {
  return trimmed(value).padStart(10);
}

function trimmed(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
