import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NODE = path.join(ROOT, 'node_modules/node/bin/node');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'rebound-classify-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

const UNKNOWN = { id: 'a', bounceType: 'Permanent', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
const FULL = { bounceType: 'Transient', bounceSubType: 'MailboxFull' };
const LISTED = { id: 3, bounceType: 'Permanent', bounceSubType: 'Suppressed' };

describe('npm run classify', () => {
  test('prints one line per bounce', () => {
    const { status, lines, stderr } = classifyFile([UNKNOWN, FULL, LISTED].map(toLine).join('\n'));
    expect(lines).toEqual([
      {
        id: 'a',
        reason: 'unknown_user',
        permanence: 'permanent',
        kind: 'hard',
        rule: 'words.unknown_user',
      },
      {
        id: null,
        reason: 'mailbox_full',
        permanence: 'transient',
        kind: 'strikes',
        rule: 'subtype.mailbox_full',
      },
      { id: 3, reason: 'suppressed', permanence: 'permanent', kind: 'soft', rule: 'subtype.suppressed' },
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('reads standard input, and explains the rule', () => {
    const { lines } = run(['-', '--explain'], toLine(UNKNOWN));
    expect(lines).toMatchObject([{ evidence: expect.stringContaining('RFC 3463 X.1.1') }]);
  });

  test('names what it cannot read, and goes on', () => {
    const { status, lines, stderr } = run(['-'], `${toLine(UNKNOWN)}\n{oops\n${toLine(FULL)}\n`);
    expect(lines).toMatchObject([{ reason: 'unknown_user' }, { reason: 'mailbox_full' }]);
    expect(stderr).toContain('Line 2 is not JSON');
    expect(status).toBe(1);
  });

  test('scores a labelled corpus, and leaves the rest of it out', () => {
    const labelled = { ...UNKNOWN, reason: 'unknown_user', alsoAcceptable: [], tier: 'A' };
    const { status, stdout } = run(['-', '--score'], JSON.stringify([labelled, FULL]));
    expect(stdout).toContain('accuracy, tier A          1.0000  1 of 1');
    expect(status).toBe(0);
  });

  test('prints nothing that could steer a terminal', () => {
    const { stdout, lines } = run(['-'], toLine({ ...UNKNOWN, id: '\u001b[2J\u202e' }));
    expect(stdout).toMatch(/^[\x20-\x7e]+\n$/);
    expect(lines).toMatchObject([{ id: '\u001b[2J\u202e' }]);
  });

  test('ends with 1 and one line when the file is missing, and with 2 and the help on wrong usage', () => {
    const missing = run([path.join(FOLDER, 'missing')]);
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('missing cannot be read: ENOENT');
    const wrong = run(['--loud']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('Usage: npm run classify');
  });

  test('shows its help', () => {
    const { status, stdout } = run(['--help']);
    expect(stdout).toContain('Exit codes: 0 every bounce was classified');
    expect(status).toBe(0);
  });
});

function classifyFile(text: string) {
  const file = path.join(FOLDER, 'bounces.jsonl');
  writeFileSync(file, text);
  return run([file]);
}

function run(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(NODE, ['cli/classify.ts', ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    timeout: 100_000,
  });
  const isAnswer = stdout.startsWith('{');
  const lines = isAnswer
    ? stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    : [];
  return { status, stdout, stderr, lines };
}

function toLine(value: unknown): string {
  return JSON.stringify(value);
}
