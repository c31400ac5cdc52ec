import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readCsv } from '../../lib/http/csv.ts';
import { createRoomsFetch } from '../client/rooms-fetch.ts';
import { type Api, createRegisteredApi } from '../functions/api-harness.ts';
import { bounceFor, complaintOf, strikesOf } from '../functions/notifications.ts';
import { type FakeShellOptions, runCommand } from './fake-shell.ts';

let api: Api;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rebound-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  api = await createRegisteredApi();
  await api.record(
    bounceFor('policy', 'mia@example.com'),
    bounceFor('unknown_user', 'nora@example.com'),
    complaintOf(['eva@example.com']),
    ...strikesOf('tom@example.com'),
  );
});

/** What a command says about the account of these tests. */
function rebound(line: string, options: Partial<FakeShellOptions> = {}) {
  const args = [...line.split(' '), '--account', 'acme'];
  return runCommand(args, { fetch: createRoomsFetch(api), ...options });
}

describe('rebound show', () => {
  test('says why, since when, and whether an unbounce is possible', async () => {
    expect(await rebound('show mia@example.com')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `mia@example.com is not sent to: policy (P2, B7)
  meaning     A rule of the receiver refused the message.
  advice      Ask the administrator of the receiving domain to allow your mail
              before you unbounce.
  since       2026-11-23 12:00, until it is lifted
  layers      own blocked, global clear, sesAccountList unknown, sesGlobalList
              unknown, sesValidation unknown
  unbounce    possible; 10 of 10 left in 2026-11
  bounce      2026-11-22 12:00 policy, permanent, 5.7.1, campaign spring
              smtp; 550 5.7.1 message refused by policy
`,
    });
  });

  test('says which rules refuse an unbounce, and when a suppression ends', async () => {
    const { stdout: dead } = await rebound('show nora@example.com');
    expect(dead).toContain('  unbounce    U3 reason_not_unbounceable: The reason unknown_user cannot be');
    const { stdout: full } = await rebound('show tom@example.com');
    expect(full).toContain('  since       2026-11-23 12:00, until 2027-02-20 00:00\n');
    expect(full).toContain('  strikes     2026-11-03 mailbox_full, 2026-11-13 mailbox_full, 2026-11-22\n');
  });

  test('says of an address that it may be mailed', async () => {
    const { stdout } = await rebound('show ada@example.com');
    expect(stdout).toMatch(/^ada@example.com may be mailed \(P1\)\n {2}layers .*\n.*\n$/);
  });

  test('shows the answer of the API as JSON', async () => {
    const { stdout } = await rebound('show mia@example.com --json');
    expect(JSON.parse(stdout)).toEqual((await api.look('mia@example.com')).body);
  });
});

describe('rebound list', () => {
  test('shows the newest, and says when there are more', async () => {
    const { stdout, stderr } = await rebound('list --limit 3');
    expect(stdout).toMatch(/^ADDRESS +REASON +SINCE \(UTC\) +UNTIL\n/);
    expect(stdout.split('\n')).toHaveLength(5);
    expect(stderr).toBe('There are more: see --limit and rebound export.\n');
    expect((await rebound('list --limit 4')).stderr).toBe('');
  });

  test('takes a reason, and any number of pages', async () => {
    const { stdout } = await rebound('list --reason mailbox_full');
    expect(stdout).toBe(
      'ADDRESS          REASON        SINCE (UTC)       UNTIL\ntom@example.com  mailbox_full  2026-11-23 12:00  2027-02-20\n',
    );
    const all = JSON.parse((await rebound('list --json')).stdout);
    expect(all.items.map(({ address }: { address: string }) => address).sort()).toEqual([
      'eva@example.com',
      'mia@example.com',
      'nora@example.com',
      'tom@example.com',
    ]);
  });

  test('of nobody says so', async () => {
    expect(await rebound('list --reason spam')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No address is suppressed.\n',
    });
  });

  test('fits a terminal of 80 columns, and is cut nowhere else', async () => {
    const long = `${'x'.repeat(60)}@example.com`;
    await api.record(bounceFor('unknown_user', long));
    const lines = (await rebound('list', { isTTY: true })).stdout.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join('')).toContain('xxx…');
    expect((await rebound('list')).stdout).toContain(long);
  });
});

describe('rebound campaign', () => {
  beforeEach(async () => {
    await rebound('filter - --campaign spring', { stdin: 'mia@example.com\nada@example.com\n' });
  });

  test('shows numbers', async () => {
    expect((await rebound('campaigns')).stdout).toBe(
      'CAMPAIGN  FIRST SEEN (UTC)\nspring    2026-11-23 12:00\n',
    );
    expect((await rebound('campaign spring')).stdout).toBe(
      `spring, first seen 2026-11-23 12:00
  bounced                             4  (3 hard, 1 soft)
    policy                            1
    unknown_user                      1
    complaint                         1
    mailbox_full                      1
  not sent                            1
    hard_bounce                       1
`,
    );
  });

  test('lists who bounced, and who was not sent to', async () => {
    const { stdout: bounced } = await rebound('campaign spring --outcome bounced --reason policy');
    expect(bounced).toBe(
      'ADDRESS          KIND  REASON  STATUS  BOUNCED (UTC)\nmia@example.com  hard  policy  5.7.1   2026-11-22 12:00\n',
    );
    const { stdout: notSent } = await rebound('campaign spring --outcome not-sent');
    expect(notSent).toBe(
      'ADDRESS          CODE         REASON  DAY (UTC)\nmia@example.com  hard_bounce  policy  2026-11-23\n',
    );
  });

  test('exports both as one table, and as one document', async () => {
    const [columns = [], ...rows] = readCsv((await rebound('export campaign spring')).stdout);
    const cells = (name: string) => rows.map((row) => row[columns.indexOf(name)]);
    expect(cells('outcome')).toEqual(['bounced', 'bounced', 'bounced', 'bounced', 'not-sent']);
    expect(new Set(cells('address')).size).toBe(4);

    const ndjson = (await rebound('export campaign spring --format ndjson')).stdout;
    const json = JSON.parse((await rebound('export campaign spring --format json')).stdout);
    expect(json.items).toEqual(
      ndjson
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    expect(json.items.map(({ address }: { address: string }) => address)).toEqual(cells('address'));
    const notSent = (await rebound('export campaign spring --outcome not-sent --format ndjson')).stdout;
    expect(ndjson.endsWith(notSent)).toBe(true);
  });
});

describe('rebound unbounce', () => {
  const LINE = 'unbounce mia@example.com --confirm-valid --evidence replied --note ok';

  test('asks to type the address again', async () => {
    const { stdout, stderr, exitCode } = await rebound(LINE, { isTTY: true, stdin: 'mia@example.com\n' });
    expect(stderr).toContain('An address is unbounced once, ever. Type mia@example.com again: ');
    expect(stdout).toMatch(/^mia@example.com may be mailed again; its one unbounce is used.\n/);
    expect(stdout).toContain('  evidence    replied: ok\n');
    expect(stdout).toContain('  unbounces   9 of 10 left in 2026-11\n');
    expect(exitCode).toBe(0);
    expect((await rebound('unbounces')).stdout).toMatch(
      /^ADDRESS .*\nmia@example.com {2}2026-11-23 12:00 {2}policy {2}fine\n {2}by \S+; evidence: replied: ok\n$/,
    );
    expect((await rebound('show mia@example.com')).stdout).toContain(
      '  unbounce    granted 2026-11-23 12:00',
    );
  });

  test('does nothing when something else is typed, or nobody is there to type', async () => {
    const typed = await rebound(LINE, { isTTY: true, stdin: 'mia@example.org\n' });
    expect(typed).toMatchObject({ exitCode: 2, stdout: '' });
    expect(typed.stderr).toContain('The two differ. Nothing was done.\n');
    expect(await rebound(LINE)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'There is no terminal to type the address again on. Repeat it with --yes.\n',
    });
    expect((await api.quota()).body.used).toBe(0);
  });

  test('does not ask after --yes, and says every rule that refuses', async () => {
    const { exitCode, stderr } = await rebound('unbounce nora@example.com --confirm-valid --yes');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /^Rebound refused:\n {2}U3 reason_not_unbounceable: The reason unknown_user .*\n$/,
    );
  });

  test('lists nothing where nothing was unbounced', async () => {
    expect(await rebound('unbounces --month 2026-10')).toMatchObject({
      exitCode: 0,
      stderr: 'Nothing was unbounced in that month.\n',
    });
  });
});

test('rebound account sets what is named, and shows it; quota says what is left', async () => {
  const { stdout } = await rebound('account set --contacts 1200 --identity acme.example news@acme.example');
  expect(stdout).toBe(`acme
  contacts    1,200
  identities  acme.example (verified, 2026-11-23 12:00)
              news@acme.example (verified, 2026-11-23 12:00)
  unbounces   24 of 24 left in 2026-11
`);
  expect((await rebound('account set --contacts 600')).stdout).toContain('news@acme.example');
  expect((await rebound('account show')).stdout).toContain('  contacts    600\n');
  expect((await rebound('quota')).stdout).toBe(
    'Unbounces: 12 of 12 left in 2026-11. Counted from 600 contacts.\n',
  );
});

describe('rebound filter', () => {
  const LIST = 'email,name\nmia@example.com,Mia\nada@example.com,=1+1\nMIA@example.com,Mia\n';

  test('prints the rows to send, keeps the others with the reason, and says what it did', async () => {
    const notSent = join(folder, 'not-sent.csv');
    const { stdout, stderr, exitCode } = await rebound(`filter - --not-sent ${notSent}`, { stdin: LIST });
    expect(stdout).toBe('email,name\nada@example.com,=1+1\n');
    expect(readFileSync(notSent, 'utf8')).toContain(
      'hard_bounce,P2,own,policy,5.7.1,2026-11-22T12:00:05.000Z,,allowed,mia@example.com,Mia\n',
    );
    expect(stderr).toMatch(/^standard input: CSV with a header, addresses in column "email"\n3 rows in .+\n/);
    expect(exitCode).toBe(0);
  });

  test('writes files, and says as JSON what it did', async () => {
    const list = join(folder, 'list.csv');
    const send = join(folder, 'send.csv');
    writeFileSync(list, LIST);
    const { stdout, stderr } = await rebound(`filter ${list} --send ${send} --json`);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({
      rows: 3,
      send: 1,
      notSent: 2,
      byCode: { hard_bounce: 1, duplicate: 1 },
    });
    expect(readFileSync(send, 'utf8')).toBe('email,name\nada@example.com,=1+1\n');
  });

  test.each([
    ['filter - --resume', '--resume needs --send FILE.'],
    ['filter /nowhere/list.csv --send /nowhere/list.csv', 'is named twice'],
    ['filter - --concurrency 0', 'It is a number from 1 to 32.'],
    ['filter - --column name', 'There is no column "name"'],
  ])('%s is wrong usage', async (line, message) => {
    const { exitCode, stderr } = await rebound(line, { stdin: 'ada@example.com\n' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('prints no header where the call is refused', async () => {
    const { exitCode, stdout } = await rebound('filter - --campaign a/b', { stdin: LIST });
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  });

  test('fails where the file cannot be read', async () => {
    const { exitCode, stderr } = await rebound('filter /nowhere/list.csv');
    expect(exitCode).toBe(1);
    expect(stderr).toBe("ENOENT: no such file or directory, open '/nowhere/list.csv'\n");
  });
});

describe('whatever an answer says', () => {
  const EVIL = '\u001b[2J\u0007\u202egnp.\u200b\u2028';

  /** The same answer with this in all of its texts. */
  function spoilt(value: unknown): unknown {
    if (typeof value === 'string') return EVIL;
    if (Array.isArray(value)) return value.map(spoilt);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spoilt(member)]));
  }

  test.each([
    'show mia@example.com',
    'list',
    'campaigns',
    'campaign spring',
    'campaign spring --outcome bounced',
    'campaign spring --outcome not-sent',
    'unbounces',
    'account show',
    'unbounce mia@example.com --confirm-valid --yes',
  ])('nothing in it steers the terminal: %s', async (line) => {
    await rebound('filter - --campaign spring', { stdin: 'nora@example.com\n' });
    await api.unbounce('mia@example.com');
    const rooms = createRoomsFetch(api);
    const fetch: typeof globalThis.fetch = async (...request) =>
      Response.json(spoilt(await (await rooms(...request)).json()));
    for (const options of [{ isTTY: true }, { isTTY: false }]) {
      const { stdout } = await rebound(line, { fetch, ...options });
      expect(stdout).toContain('\\u202e');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
    const { stdout } = await rebound(`${line} --json`, { fetch });
    expect(stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
