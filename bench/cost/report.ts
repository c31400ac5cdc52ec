import { type CostLine, SUPPRESSED_RATE, totalInUsd, type Usage } from './estimate.ts';
import { PRICED_SINCE } from './prices.ts';

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SMALL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** The bill as a table, with what it rests on above and what it comes to below. */
export function costReport(usage: Usage, lines: readonly CostLine[]): string {
  const { sends, bounceRate, checkSize, unbounces } = usage;
  const rows = lines.map(({ what, amount, unit, costInUsd }) =>
    [
      what.padEnd(40),
      (amount < 100 ? SMALL : WHOLE).format(amount).padStart(16),
      unit.padEnd(13),
      usd(costInUsd),
    ].join(' '),
  );
  const total = totalInUsd(lines);
  return [
    `${WHOLE.format(sends)} addresses checked, ${WHOLE.format(checkSize)} a call, ${SUPPRESSED_RATE * 100} % of them suppressed;`,
    `${WHOLE.format(Math.round(sends * bounceRate))} first bounces; ${WHOLE.format(unbounces)} unbounces. List prices since ${PRICED_SINCE}, us-east-1.`,
    '',
    ...rows,
    '',
    `${'together'.padEnd(71)} ${usd(total)}`,
    ...(sends === 0 ? [] : [`${'for a million addresses'.padEnd(71)} ${usd((total / sends) * 1e6)}`]),
  ].join('\n');
}

function usd(amount: number): string {
  return `${amount.toFixed(4).padStart(12)} USD`;
}
