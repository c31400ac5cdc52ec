import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import { runCommand } from './fake-shell.ts';

/** A `fetch` that answers this to everything, and keeps what it was asked. */
function answering(body: unknown, init: ResponseInit = {}) {
  const requests: { readonly url: string; readonly headers: Headers }[] = [];
  const fetch: typeof globalThis.fetch = async (input, { headers } = {}) => {
    requests.push({ url: String(input), headers: new Headers(headers) });
    return Response.json(body, init);
  };
  return { fetch, requests };
}

const QUOTA = {
  month: '2026-11',
  limit: 10,
  used: 0,
  remaining: 10,
  resetsAt: '2026-12-01T00:00:00.000Z',
  contacts: 5,
};

describe('the API', () => {
  const STACK = 'https://abc123.execute-api.eu-north-1.amazonaws.com';
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  let stateDir: string;

  beforeAll(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'rebound-state-'));
    writeFileSync(join(stateDir, 'local.json'), JSON.stringify({ apiUrl: 'http://127.0.0.1:8787' }));
  });
  afterAll(() => rmSync(stateDir, { recursive: true }));

  async function call(line: string, environment: Readonly<Record<string, string>>) {
    const { fetch, requests } = answering(QUOTA);
    const before = { ...process.env };
    Object.assign(process.env, KEYS);
    const result = await runCommand(line.split(' '), { fetch, environment });
    process.env = before;
    const [request] = requests;
    return { ...result, url: request?.url, authorization: request?.headers.get('authorization') };
  }

  test('is the stack on this machine where none is named, without credentials', async () => {
    expect(await call('quota', { REBOUND_STATE_DIR: stateDir })).toMatchObject({
      url: 'http://127.0.0.1:8787/v1/accounts/default/unbounce-quota',
      authorization: null,
    });
  });

  test.each([
    ['quota --api', { REBOUND_STATE_DIR: '/nowhere' }],
    ['quota', { REBOUND_API: STACK }],
  ])('is the one that is named, and the call is signed for its Region', async (line, environment) => {
    const { url, authorization } = await call(line.replace('--api', `--api ${STACK}`), {
      AWS_REGION: 'us-east-1',
      ...environment,
    });
    expect(url).toBe(`${STACK}/v1/accounts/default/unbounce-quota`);
    expect(authorization).toContain('AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/');
    expect(authorization).toContain('/eu-north-1/execute-api/aws4_request');
  });

  test.each([
    ['quota --region eu-west-1', {}],
    ['quota', { AWS_REGION: 'eu-west-1' }],
  ])('of another name is signed for the Region that is given: %s %j', async (line, environment) => {
    const { authorization } = await call(line, { REBOUND_API: 'https://rebound.example', ...environment });
    expect(authorization).toContain('/eu-west-1/execute-api/aws4_request');
  });

  test.each([
    ['quota --token abc', {}],
    ['quota', { REBOUND_TOKEN: 'abc' }],
  ])('gets the token: %s %j', async (line, environment) => {
    expect(await call(line, { REBOUND_API: STACK, ...environment })).toMatchObject({
      authorization: 'Bearer abc',
    });
  });

  test.each([
    ['quota', {}, 'Which API? Start the stack on this machine with npm start'],
    ['quota --api rebound.example', {}, '--api takes a URL like https://..., not rebound.example'],
    ['quota --api http://rebound.example', {}, '--api takes an https URL'],
    ['quota --api https://rebound.example', {}, 'Give it with --region.'],
  ])('must be known: %s', async (line, environment, message) => {
    const { exitCode, stderr, url } = await call(line, { REBOUND_STATE_DIR: '/nowhere', ...environment });
    expect({ exitCode, url }).toEqual({ exitCode: 2, url: undefined });
    expect(stderr).toContain(message);
  });

  test('is asked about the account that is named', async () => {
    const { url } = await call('--account acme quota', { REBOUND_STATE_DIR: stateDir });
    expect(url).toContain('/v1/accounts/acme/');
  });
});

describe('a failure', () => {
  const problem = { headers: { 'content-type': 'application/problem+json' } };
  const refused = (status: number, code: string, more = {}) =>
    answering({ type: '', title: '', status, detail: 'Do this.', code, ...more }, { status, ...problem });
  const refusals = [
    { rule: 'U3', code: 'reason_not_unbounceable', message: 'Never.' },
    { rule: 'U6', code: 'quota_exhausted', message: 'None left.' },
  ];
  const failing = (error: unknown) => ({ fetch: () => Promise.reject(error) });
  const refusing = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });

  test.each([
    [3, 'Rebound refused (unknown_account): Do this.\n', refused(404, 'unknown_account')],
    [
      3,
      'Rebound refused:\n  U3 reason_not_unbounceable: Never.\n  U6 quota_exhausted: None left.\n',
      refused(409, 'reason_not_unbounceable', { refusals }),
    ],
    [
      3,
      'Rebound refused:\n  U6 quota_exhausted: None left.\n',
      refused(429, 'quota_exhausted', { refusals: refusals.slice(1) }),
    ],
    [1, 'Rebound failed (internal): Do this.\n', refused(500, 'internal')],
    [
      3,
      'The gateway answered 403: Forbidden\nCheck the credentials or the token, and that they may do this for this account.\n',
      answering({ message: 'Forbidden' }, { status: 403 }),
    ],
    [
      3,
      'The gateway answered 404: Not Found\nCheck --api: the outputs of the stack name the address.\n',
      answering({ message: 'Not Found' }, { status: 404 }),
    ],
    [1, 'The gateway answered 502: Bad Gateway\n', answering({ message: 'Bad Gateway' }, { status: 502 })],
    [1, 'The API does not answer (ECONNREFUSED). Does it run, and is this its address?\n', failing(refusing)],
    [1, 'The API did not answer in time. Try again later.\n', failing(new DOMException('', 'TimeoutError'))],
    [
      2,
      'No AWS credentials were found to sign with. Set AWS_PROFILE or AWS_ACCESS_KEY_ID, or give a token.\n',
      failing(Object.assign(new Error(), { name: 'CredentialsProviderError' })),
    ],
    [
      3,
      'Rebound refused (unknown_account): \\u001b[2J\\u202e\n',
      refused(404, 'unknown_account', { detail: '\u001b[2J\u202e' }),
    ],
  ])('ends with %i and says %j', async (exitCode, stderr, { fetch }) => {
    expect(await runCommand(['quota'], { fetch })).toEqual({ exitCode, stderr, stdout: '' });
  });

  test('that passes is waited for', async () => {
    const answers = [
      Response.json({ message: 'Too Many Requests' }, { status: 429, headers: { 'retry-after': '0' } }),
      Response.json(
        { type: '', title: '', status: 503, detail: '', code: 'try_again' },
        { status: 503, headers: { ...problem.headers, 'retry-after': '0' } },
      ),
      Response.json({ send: ['ada@example.com'], notSent: [], unbounce: { refusals: [] } }),
    ];
    const fetch = async () => answers.shift() ?? Response.error();
    const result = await runCommand(['filter', '-'], { fetch, stdin: 'ada@example.com\n' });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'ada@example.com\n' });
  });

  test('of the program itself is not hidden', async () => {
    const { fetch } = failing(new RangeError('a fault'));
    await expect(runCommand(['quota'], { fetch })).rejects.toThrow('a fault');
  });
});

describe('the help', () => {
  const shell = { stdout: process.stdout, stderr: process.stderr } as never;
  const lines = linesOf(createProgram(shell));

  /** Every command, as it is typed. */
  function linesOf(command: Command, before: readonly string[] = []): string[][] {
    return [[...before], ...command.commands.flatMap((sub) => linesOf(sub, [...before, sub.name()]))];
  }

  test('knows every command', () => {
    expect(lines.map((line) => line.join(' ')).sort()).toEqual([
      '',
      'account',
      'account set',
      'account show',
      'campaign',
      'campaigns',
      'connect',
      'correct',
      'corrections',
      'erase',
      'export',
      'export campaign',
      'export suppressions',
      'export unbounces',
      'filter',
      'global',
      'import',
      'import-ses',
      'incidents',
      'list',
      'quota',
      'redrive',
      'release',
      'show',
      'stats',
      'unbounce',
      'unbounces',
    ]);
  });

  test.each(lines.map((line) => [line.join(' '), line]))('of "%s" fits 80 columns', async (_name, line) => {
    const { fetch } = answering(null);
    const { exitCode, stdout } = await runCommand([...line, '--help'], { fetch, isTTY: true });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: rebound/);
    expect(stdout.split('\n').filter((text) => text.length > 80)).toEqual([]);
  });

  test('says the exit codes', async () => {
    const { stdout } = await runCommand(['--help'], answering(null));
    expect(stdout).toContain('Exit codes: 0 done, 1 failed');
  });

  test.each([
    [[], 'Usage: rebound'],
    [['filtre'], "error: unknown command 'filtre'"],
    [['show'], "error: missing required argument 'address'"],
    [['show', 'a', 'b'], 'error: too many arguments'],
    [['list', '--limit', 'x'], 'It is a number from 1 to 1000000.'],
    [['export', 'campaign', 'x', '--format', 'xml'], 'Allowed choices are csv, ndjson, json.'],
    [['account', 'set'], 'Say what to set: --contacts, --identity or both.'],
    [['campaign', 'x', '--reason', 'spam'], '--reason needs --outcome.'],
    [['unbounce', 'a@example.com', '--yes'], "required option '--confirm-valid' not specified"],
    [['unbounce', 'a@example.com', '--yes', '--confirm-valid', '--note', 'x'], '--note needs --evidence.'],
  ])('%j is wrong usage', async (args, message) => {
    const { exitCode, stderr, stdout } = await runCommand(args, answering(null));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
