#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';

// The commands are TypeScript, which needs Node 24; the dependency `node` brings it where the system's is older.
const [major] = process.versions.node.split('.').map(Number);
const node = major >= 24 ? process.execPath : join(import.meta.dirname, '../node_modules/node/bin/node');
// What keeps a million rows under 200 MB: V8 and glibc would rather take memory than give it back. A cache of what was compiled
// spares the loading of the compiler, 30 MB and half of the start.
const flags = ['--max-old-space-size=128', '--max-semi-space-size=2'];
const environment = {
  MALLOC_ARENA_MAX: '1',
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/rebound'),
};

const child = spawn(node, [...flags, join(import.meta.dirname, 'rebound.ts'), ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...environment, ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(`Node 24 cannot be started: ${error.message}. Run npm ci in the checkout.`);
  process.exit(1);
});
child.once('exit', (exitCode, signal) => process.exit(exitCode ?? (signal === 'SIGKILL' ? 137 : 1)));
