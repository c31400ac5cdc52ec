import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRoomsFetch } from '../../client/rooms-fetch.ts';
import { type Api, createRegisteredApi } from '../../functions/api-harness.ts';
import { type FakeShellOptions, runCommand } from '../fake-shell.ts';

let api: Api;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rebound-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  api = await createRegisteredApi();
});

interface Run extends Partial<FakeShellOptions> {
  readonly list: string;
}

/** Imports a list from standard input. */
async function imported(options: string, { list, ...shell }: Run) {
  const args = ['import', '-', '--account', 'acme', ...options.split(' ').filter((one) => one !== '')];
  const run = await runCommand(args, { fetch: createRoomsFetch(api), stdin: list, ...shell });
  return { ...run, stdout: run.stdout.replace(/ in (?:less|\d).*?(?=;|\n)/, ' in no time') };
}

const MAILGUN = `address,code,error,created_at
ada@example.com,550,"5.1.1 user unknown","Fri, 21 Oct 2011 11:02:55 GMT"
bob@example.com,452,4.2.2 mailbox full,"Fri, 21 Oct 2011 11:02:55 GMT"

"cleo
at example.com",550,no such user,
dan@example.com,550,rejected,soon
`;

describe('rebound import', () => {
  test('says whose list it is, what became of its rows, and that some could not be read', async () => {
    expect(await imported('', { list: MAILGUN })).toEqual({
      exitCode: 3,
      stdout: `4 rows in no time
  suppressed                    1  not sent to from now on
  strike                        1  counted, not enough to block
  invalid_date                  1  a date that cannot be read, or in the future
  invalid_address               1  no address
`,
      stderr: `standard input: a list of Mailgun; address in "address", status in "code", diagnostic in "error", date in "created_at"
2 rows could not be read: left out. Name a file with --refused to see which, and why.
`,
    });
    expect((await api.look('ada@example.com')).body).toMatchObject({
      reason: 'unknown_user',
      bounces: [{ bouncedAt: '2011-10-21T11:02:55.000Z', diagnostic: '5.1.1 user unknown' }],
    });
  });

  test('writes the refused rows with line and cause, fit for a spreadsheet', async () => {
    const refused = join(folder, 'refused.csv');
    const { stderr, stdout } = await imported(`--refused ${refused}`, { list: MAILGUN });
    expect(stderr).toContain(`2 rows could not be read: left out. See ${refused}.`);
    expect(stdout).toContain(`2 rows not taken over: ${refused}`);
    expect(
      readFileSync(refused, 'utf8'),
    ).toBe(`rebound_line,rebound_outcome,rebound_detail,address,code,error,created_at
5,invalid_address,This is no e-mail address.,"cleo
at example.com",550,no such user,
7,invalid_date,"The date cannot be read, or lies in the future.",dan@example.com,550,rejected,soon
`);
  });

  test('tries it out: nothing is written, and the run then does as it said', async () => {
    const list = 'email,reason,date\na@example.com,bounce,2024-03-05\nA@example.com,complaint,2024-03-06\n';
    const tried = await imported('--dry-run', { list });
    expect(tried).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('; nothing was written') });
    expect((await api.look('a@example.com')).body.suppressed).toBe(false);
    const { stdout } = await imported('', { list });
    expect(stdout).toBe(tried.stdout.replace('; nothing was written', ''));
    const { stdout: again } = await imported('--json', { list });
    expect(JSON.parse(again)).toMatchObject({
      rows: 2,
      dryRun: false,
      byOutcome: { nothing_new: 2 },
      refused: 0,
    });
  });

  test('sends a long list in calls of 1,000 rows, and predicts repeats that lie in other calls', async () => {
    const calls: number[] = [];
    const rooms = createRoomsFetch(api);
    const fetch: typeof rooms = (input, init) => {
      calls.push(JSON.parse(String(init?.body)).rows.length);
      return rooms(input, init);
    };
    const lines = Array.from(
      { length: 2_500 },
      (_, index) => `person${index % 2_400}@example.com,bounce,2024-03-05`,
    );
    const list = ['email,reason,date', ...lines, 'person7@example.com,complaint,2024-03-05', ''].join('\n');
    const { stdout } = await imported('--dry-run --json', { list, fetch });
    expect(calls).toEqual([1_000, 1_000, 501]);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 2_501,
      byOutcome: { suppressed: 2_400, already_suppressed: 1, nothing_new: 100 },
    });
    expect(JSON.parse((await imported('--json', { list })).stdout).byOutcome).toEqual({
      suppressed: 2_400,
      already_suppressed: 1,
      nothing_new: 100,
    });
  });

  test.each<[string, string, string, string]>([
    ['a list of addresses with a reason for all', '--reason complaint', 'ada@example.com\n', 'complaint'],
    ['a list without a header, as SES takes it', '', 'ada@example.com,BOUNCE\n', 'other'],
    [
      'a column by name and one by number',
      '--columns reason=why,address=1',
      'who,why\nada@example.com,policy\n',
      'policy',
    ],
    [
      "Brevo's spam, which is a complaint",
      '',
      'email,reason,blockedAt\nada@example.com,spam,2024-03-05\n',
      'complaint',
    ],
    ['spam as a reason of ours', '', 'email,reason\nada@example.com,spam\n', 'spam'],
    [
      "HubSpot's reason",
      '',
      'Email,Portal Bounce,Portal Spam Report\nada@example.com,UNKNOWN_USER,FALSE\n',
      'unknown_user',
    ],
    [
      "HubSpot's flag",
      '',
      'Email,Portal Bounce,Portal Spam Report\nada@example.com,UNKNOWN_USER,TRUE\n',
      'complaint',
    ],
    [
      "Mailchimp's cleaned contacts",
      '',
      'Email Address,CLEAN_TIME\nada@example.com,2021-03-05 12:34:56\n',
      'other',
    ],
    ['a date by its order', '--dates dmy', 'email;reason;date\nada@example.com;policy;3/5/2024\n', 'policy'],
  ])('takes %s', async (_what, options, list, reason) => {
    expect(await imported(options, { list })).toMatchObject({ exitCode: 0 });
    expect((await api.look('ada@example.com')).body).toMatchObject({ suppressed: true, reason });
  });

  test('takes no unsubscribes and no contacts that never bounced', async () => {
    const hubspot = `Email,Portal Bounce,Portal Unsubscribe,Portal Spam Report
ada@example.com,,TRUE,FALSE
bob@example.com,FALSE,FALSE,FALSE
`;
    expect(await imported('', { list: hubspot })).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('not_a_bounce                  1'),
    });
    const contacts = 'email,bounce reason\nada@example.com,unsubscribed\nbob@example.com,\n';
    const { stdout } = await imported('', { list: contacts });
    expect(stdout).toContain('no_reason                     1');
    expect((await api.filter(['ada@example.com', 'bob@example.com'])).body.notSent).toEqual([]);
  });

  test('is done with exit code 0 where nothing but unsubscribes was left out', async () => {
    const list = 'email,reason\nada@example.com,unsubscribed\nbob@example.com,bounce\n';
    expect(await imported('', { list })).toMatchObject({ exitCode: 0 });
  });

  test.each<[string, string, string, number, string]>([
    ['without a word of why', '', 'ada@example.com\n', 2, 'No column says why.'],
    [
      'with a column that is not there',
      '--columns date=When',
      'email,reason\na@example.com,x\n',
      2,
      'no column "When"',
    ],
    [
      'with a field that is none',
      '--columns when=date',
      'email,reason\na@example.com,x\n',
      2,
      'address=..., reason=',
    ],
    ['that is no text', '', 'PK\u0000\u0003', 2, 'This is no text'],
    [
      'of an account that nobody registered',
      '--account nobody',
      'email,reason\na@example.com,bounce\n',
      3,
      'unknown_account',
    ],
  ])('refuses a list %s', async (_what, options, list, exitCode, message) => {
    const run = await imported(options, { list });
    expect(run.exitCode).toBe(exitCode);
    expect(run.stderr).toContain(message);
  });

  test('says that repeating it is safe when a call fails on the way', async () => {
    let calls = 0;
    const rooms = createRoomsFetch(api);
    const fetch: typeof rooms = async (input, init) => {
      calls += 1;
      if (calls > 1) throw new TypeError('fetch failed');
      return await rooms(input, init);
    };
    const lines = Array.from({ length: 1_500 }, (_, index) => `person${index}@example.com,bounce`);
    const list = ['email,reason', ...lines].join('\n');
    const run = await imported('--concurrency 1', { list, fetch });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('Repeat the command: what is done already changes nothing.');
    expect(JSON.parse((await imported('--json', { list })).stdout).byOutcome).toEqual({
      suppressed: 500,
      nothing_new: 1_000,
    });
  });

  test('reads a file, and never writes to it', async () => {
    const file = join(folder, 'bounces.csv');
    writeFileSync(file, 'email,reason\nada@example.com,bounce\n');
    const args = ['import', file, '--account', 'acme'];
    const fetch = createRoomsFetch(api);
    expect(await runCommand([...args, '--refused', file], { fetch })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is named twice'),
    });
    expect(await runCommand(args, { fetch })).toMatchObject({ exitCode: 0 });
  });
});
