import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startInstance } from '../local/instance.ts';
import { seededRandom } from '../support/random.ts';

// Ten thousand entries of another provider through `rebound import` and the stack on this machine: tried out, imported, and
// imported once more in another order. node test/soak/import-list.ts [ENTRIES]

const SEED = 20261123;
const HEADER = 'status,reason,email,created';
/** What SendGrid keeps of a bounce, with how often it comes. */
const BOUNCES = [
  {
    share: 0.5,
    status: '5.1.1',
    reason: '550 5.1.1 The email account that you tried to reach does not exist',
  },
  { share: 0.65, status: '5.2.2', reason: '552 5.2.2 Mailbox over quota' },
  { share: 0.75, status: '5.2.1', reason: '550 5.2.1 The account is disabled' },
  { share: 0.85, status: '5.7.1', reason: '550 5.7.1 Message refused by policy' },
  { share: 0.91, status: '', reason: 'Unable to resolve MX host' },
  { share: 0.96, status: '4.7.0', reason: '421 4.7.0 Try again later, rate limit exceeded' },
  { share: 1, status: '5.7.26', reason: '550 5.7.26 Unauthenticated mail is refused (DMARC policy)' },
];

const entries = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), 'rebound-soak-'));
const instance = startInstance(['--empty']);
try {
  process.exitCode = await soak();
} finally {
  await instance.clear();
  rmSync(folder, { recursive: true });
}

async function soak(): Promise<number> {
  await instance.ready();
  const random = seededRandom(SEED);
  const rows = Array.from({ length: entries }, (_, index) => rowOf(index, random()));
  const [list, again, refused] = ['bounces.csv', 'again.csv', 'refused.csv'].map((name) =>
    join(folder, name),
  );
  writeFileSync(list ?? '', [HEADER, ...rows, ''].join('\n'));
  writeFileSync(again ?? '', [HEADER, ...rows.toReversed(), ''].join('\n'));

  const tried = run(`import ${list} --dry-run`);
  const done = run(`import ${list} --refused ${refused}`);
  const repeated = run(`import ${again}`);
  const refusedRows =
    readFileSync(refused ?? '', 'utf8')
      .trim()
      .split('\n').length - 1;
  console.log(`${refusedRows} rows in the file of refused rows`);

  const faults = [
    ...(outcomesIn(tried) === outcomesIn(done) ? [] : ['The dry run did not predict the run.']),
    ...(/^ {2}suppressed /m.test(repeated) ? ['The same list in another order has suppressed more.'] : []),
    ...(refusedRows > 0 ? [] : ['No row was refused.']),
  ];
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

/** Some rows have no address, no date or no bounce; some addresses stand twice. */
function rowOf(index: number, share: number): string {
  const { status, reason } = BOUNCES.find((bounce) => share < bounce.share) ?? { status: '', reason: '' };
  const created = String(1_600_000_000 + index * 11_000);
  if (index % 997 === 5) return `${status},${reason},contact ${index} at example.com,${created}`;
  if (index % 1_511 === 7) return `${status},${reason},contact.${index}@example.com,yesterday`;
  if (index % 887 === 3) return `,unsubscribed,contact.${index}@example.com,${created}`;
  const whose = index % 1_301 === 9 ? index - 1 : index;
  return `${status},"${reason}",Contact.${whose}@Example.com,${created}`;
}

function run(line: string): string {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'cli/launch.js'), ...line.split(' ')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, REBOUND_STATE_DIR: instance.stateDir },
    encoding: 'utf8',
  });
  console.log(stdout);
  return stdout;
}

/** How many rows had each outcome. What a call that failed had written reads `nothing_new` when it is repeated: one sum for all. */
function outcomesIn(summary: string): string {
  const counts: Record<string, number> = {};
  for (const [, outcome = '', count = ''] of summary.matchAll(/^ {2}(\w+) +([\d,]+) /gm)) {
    const name = /suppressed|nothing_new/.test(outcome) ? 'blocked' : outcome;
    counts[name] = (counts[name] ?? 0) + Number(count.replaceAll(',', ''));
  }
  return JSON.stringify(Object.entries(counts).sort());
}
