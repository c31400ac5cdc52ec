import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Synthesizes the stack as it is deployed, plain and with everything switched on, and has cfn-lint read both templates.
// Each is synthesized twice: a template that differs from run to run would deploy changes that nobody made.
// node test/template/main.ts

const ROOT = path.resolve(import.meta.dirname, '../..');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const HOME = path.join(ROOT, '.rebound/cfn-lint');
const CONTEXTS = {
  plain: {},
  everything: {
    jwtIssuer: 'https://issuer.example',
    jwtAudience: 'rebound',
    jwtAccountClaim: 'account',
    eventsWithAddress: 'true',
    deliveryEvents: 'true',
    sesList: 'rebound',
    alarmEmail: 'ops@example.com',
  },
};

/** The CDK writes Fn::Join where Fn::Sub would do (I1022), and dependencies that a reference implies (W3005). */
const IGNORED = ['I1022', 'W3005'];

const folder = mkdtempSync(path.join(tmpdir(), 'rebound-template-'));
try {
  install();
  const results = Object.entries(CONTEXTS).map(([name, context]) => check(name, context));
  process.exitCode = results.every((isClean) => isClean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** As pinned, into a Python environment of its own, unless that has been done. */
function install(): void {
  const marker = path.join(HOME, 'requirements.txt');
  const isInstalled =
    existsSync(marker) && readFileSync(marker, 'utf8') === readFileSync(REQUIREMENTS, 'utf8');
  if (isInstalled) return;
  rmSync(HOME, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', HOME], { stdio: 'inherit', timeout: 120_000 });
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', REQUIREMENTS];
  execFileSync(path.join(HOME, 'bin/python'), args, { stdio: 'inherit', timeout: 300_000 });
  cpSync(REQUIREMENTS, marker);
}

function check(name: string, context: object): boolean {
  const [template, again] = ['first', 'second'].map((run) => synthesize(`${name}-${run}`, context));
  const isSame = template !== undefined && again !== undefined && read(template) === read(again);
  const args = [
    '--non-zero-exit-code',
    'informational',
    '--include-checks',
    'I',
    '--ignore-checks',
    ...IGNORED,
  ];
  const { status, stdout, stderr } = spawnSync(
    path.join(HOME, 'bin/cfn-lint'),
    [...args, '--', template ?? ''],
    { encoding: 'utf8', timeout: 300_000 },
  );
  process.stdout.write(`${stdout}${stderr}`);
  const findings = status === 0 ? 'nothing' : `something (exit code ${status})`;
  console.log(
    `${name}: cfn-lint finds ${findings}; synthesized twice it is ${isSame ? 'the same' : 'DIFFERENT'}`,
  );
  return status === 0 && isSame;
}

function synthesize(name: string, context: object): string {
  const outdir = path.join(folder, name);
  const { context: flags } = JSON.parse(read(path.join(ROOT, 'cdk.json'))) as { context: object };
  execFileSync(process.execPath, ['infra/main.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
    timeout: 300_000,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }) },
  });
  return path.join(outdir, 'Rebound.template.json');
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
