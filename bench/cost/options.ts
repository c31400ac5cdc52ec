import { parseArgs } from 'node:util';
import type { Usage } from './estimate.ts';

/** An option is missing its value or has a wrong one; the message says what it must be. */
export class CostOptionError extends Error {
  override readonly name = 'CostOptionError';
}

export const COST_HELP = `What a month of Rebound costs, from counted DynamoDB units and list prices.

  npm run cost -- [--sends N] [--bounce-rate R] [--check-size K] [--unbounces N]

  --sends N         addresses checked before they are sent to (1000000)
  --bounce-rate R   of them, those that bounce for the first time, 0 to 1 (0.02)
  --check-size K    addresses of one filter call, 1 to 10000 (10000)
  --unbounces N     granted unbounces (1000)
`;

/** Null for `--help`. Throws CostOptionError, and TypeError for an option that there is not. */
export function readCostOptions(args: readonly string[]): Usage | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sends: { type: 'string', default: '1000000' },
      'bounce-rate': { type: 'string', default: '0.02' },
      'check-size': { type: 'string', default: '10000' },
      unbounces: { type: 'string', default: '1000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  return {
    sends: whole('--sends', values.sends, 0, 1e12),
    bounceRate: between('--bounce-rate', values['bounce-rate'], 0, 1),
    checkSize: whole('--check-size', values['check-size'], 1, 10_000),
    unbounces: whole('--unbounces', values.unbounces, 0, 1e9),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = between(name, text, least, most);
  return Number.isInteger(number) ? number : refuse(name, least, most, 'a whole number');
}

function between(name: string, text: string, least: number, most: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return number >= least && number <= most ? number : refuse(name, least, most, 'a number');
}

function refuse(name: string, least: number, most: number, what: string): never {
  throw new CostOptionError(`${name} must be ${what} from ${least} to ${most}.`);
}
