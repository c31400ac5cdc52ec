import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, startInstance } from '../local/instance.ts';
import { bounce, failed } from '../ses/build.ts';
import { accountFor } from './account-for.ts';
import { runFilter } from './filter-run.ts';
import { blockedAddresses, writePeople } from './people.ts';

// A million addresses through `rebound filter` and the stack on this machine, killed in the middle and resumed.
// node test/soak/main.ts [ROWS]

const MOST_MEMORY_IN_MB = 200;
const rows = Number(process.argv[2] ?? 1_000_000);

const folder = mkdtempSync(join(tmpdir(), 'rebound-soak-'));
const instance = startInstance(['--empty']);
try {
  process.exitCode = await soak();
} finally {
  await instance.clear();
  rmSync(folder, { recursive: true });
}

async function soak(): Promise<number> {
  const files = { list: pathOf('list.csv'), send: pathOf('send.csv'), notSent: pathOf('not-sent.csv') };
  await writePeople(files.list, rows);
  const { apiUrl } = await instance.ready();
  const blocked = blockedAddresses(rows);
  publishBounces(blocked);
  await untilSuppressed(apiUrl, blocked.at(-1) ?? '');
  console.log(`${rows} rows, ${statSync(files.list).size} bytes; ${blocked.length} addresses have bounced\n`);

  const args = [files.list, '--send', files.send, '--not-sent', files.notSent, '--campaign', 'soak'];
  const about = { stateDir: instance.stateDir, checkpoint: `${files.send}.checkpoint` };
  const killed = await runFilter(args, { ...about, killAtRows: rows * 0.4 });
  console.log(`-- killed (exit code ${killed.exitCode}), resumed --`);
  const resumed = await runFilter([...args, '--resume'], { ...about, killAtRows: null });

  const { counts, faults } = await accountFor(rows, files);
  const peakInMb = Math.max(killed.peakInMb, resumed.peakInMb);
  console.log('\nread back, each row once and in order:', counts);
  console.log(
    `peak memory ${killed.peakInMb.toFixed(0)} MB before the kill, ${resumed.peakInMb.toFixed(0)} MB after`,
  );
  for (const fault of faults) console.error(fault);
  return resumed.exitCode === 0 && faults.length === 0 && peakInMb < MOST_MEMORY_IN_MB ? 0 : 1;
}

function pathOf(name: string): string {
  return join(folder, name);
}

function publishBounces(addresses: readonly string[]): void {
  const file = pathOf('bounces.jsonl');
  const notifications = addresses.map((address) =>
    bounce(
      { feedbackId: `feedback ${address}`, bouncedRecipients: [failed(address)] },
      { destination: [address] },
    ),
  );
  writeFileSync(file, notifications.map((one) => `${JSON.stringify(one)}\n`).join(''));
  execFileSync(process.execPath, [join(ROOT, 'cli/notify.ts'), file], {
    env: { ...process.env, REBOUND_STATE_DIR: instance.stateDir },
  });
}

async function untilSuppressed(apiUrl: string, address: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${apiUrl}/v1/accounts/default/suppressions/${address}`);
    const { suppressed } = (await response.json()) as { suppressed: boolean };
    if (suppressed) return;
    await sleep(200);
  }
}
