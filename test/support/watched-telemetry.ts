import { createMemoryTelemetry, type MemoryTelemetry } from '../../lib/telemetry/memory-telemetry.ts';
import { readableAddressesIn } from './readable-addresses.ts';

/** What a test file's functions told of addresses, in words that somebody can read; empty where all is well. */
export const TOLD_ADDRESSES: string[] = [];

/** Looks for addresses in what is told or printed; the setup of every test file fails when there are any. */
export function watch(told: unknown): void {
  TOLD_ADDRESSES.push(...readableAddressesIn(told).map((address) => `${address} in ${excerpt(told)}`));
}

/** Telemetry in memory, every word of which is searched for addresses. */
export function createWatchedTelemetry(): MemoryTelemetry {
  const telemetry = createMemoryTelemetry();
  return {
    ...telemetry,
    count(metric, ...counted) {
      watch(counted);
      telemetry.count(metric, ...counted);
    },
    log(level, event, fields) {
      watch(fields);
      telemetry.log(level, event, fields);
    },
  };
}

function excerpt(told: unknown): string {
  return (typeof told === 'string' ? told : JSON.stringify(told)).slice(0, 300);
}
