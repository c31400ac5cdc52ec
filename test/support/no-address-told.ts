import { afterEach, expect } from '@jest/globals';
import { TOLD_ADDRESSES, watch } from './watched-telemetry.ts';

// Runs before every test file: what its functions print or tell their operator holds no readable address.

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  const watched = (text: string | Uint8Array, ...rest: unknown[]) => {
    watch(String(text));
    return (write as (...args: unknown[]) => boolean)(text, ...rest);
  };
  const name = stream === process.stdout ? 'stdout' : 'stderr';
  Object.defineProperty(process, name, {
    value: Object.create(stream, { write: { value: watched, writable: true } }),
    configurable: true,
    writable: true,
  });
}

// What Jest puts in place of the console does not print to the streams of this process.
for (const method of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) {
  const print = console[method].bind(console);
  console[method] = (...told: unknown[]) => {
    for (const one of told) watch(one instanceof Error ? String(one.stack) : one);
    print(...told);
  };
}

afterEach(() => {
  expect(TOLD_ADDRESSES.splice(0)).toEqual([]);
});
