import { beforeEach, describe, expect, test } from '@jest/globals';
import { addressHash } from '../../lib/store/address-hash.ts';
import { createRoomsFetch } from '../client/rooms-fetch.ts';
import { type Api, createRegisteredApi, NOW, PUT_ACCOUNT } from '../functions/api-harness.ts';
import { bounceFor } from '../functions/notifications.ts';
import { type FakeShellOptions, runCommand } from './fake-shell.ts';

const ADA = 'ada@example.com';

let api: Api;
beforeEach(async () => {
  api = await createRegisteredApi();
  for (const account of ['acme', 'news', 'shop']) {
    await api.call(PUT_ACCOUNT, { account, body: {} });
    await api.record(bounceFor('unknown_user', ADA, { account }));
  }
  api.time.now = NOW + 1;
});

function rebound(line: string, options: Partial<FakeShellOptions> = {}) {
  return runCommand(line.split(' '), { fetch: createRoomsFetch(api), ...options });
}

const sends = async (account: string) => (await api.filter([ADA], { account })).body.send.length === 1;

describe('rebound global', () => {
  test('says since when an address is dead for all accounts, and who said so', async () => {
    expect(await rebound(`global ${ADA}`)).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `ada@example.com is not sent to by any account since 2026-11-23 12:00 (G1).
  known to    3 accounts
  called dead acme on 2026-11-22
              news on 2026-11-22
              shop on 2026-11-22
  layers      global blocked, sesAccountList unknown, sesGlobalList unknown,
              sesValidation unknown
`,
    });
  });

  test('says so of an address that nobody called dead', async () => {
    const { stdout } = await rebound('global bob@example.com');
    expect(stdout).toMatch(
      /^bob@example.com is no global bounce\.\n {2}known to {4}0 accounts\n {2}called dead by nobody\n/,
    );
    expect((await rebound(`global ${ADA} --json`)).stdout).toMatch(/^\{"id":/);
  });
});

describe('rebound release', () => {
  const release = (more = '') =>
    runCommand(['release', ADA, '--reason', 'Ada called.', ...more.split(' ').filter(Boolean)], {
      fetch: createRoomsFetch(api),
    });

  test('ends the global bounce and leaves every account its own block', async () => {
    const { exitCode, stdout } = await release();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Released\.\nada@example.com is no global bounce\.\n/);
    expect(stdout).toMatch(/ {2}released {4}2026-11-23 12:00 by \S+ Ada\s+called\.\n$/);
    expect([await sends('acme'), await sends('default')]).toEqual([false, true]);
  });

  test('ends what the named account blocks as well', async () => {
    const { stdout } = await release('--account acme');
    expect(stdout).toContain('2026-11-23 12:00 for acme too by');
    expect([await sends('acme'), await sends('news')]).toEqual([true, false]);
  });

  test.each([
    [`release ${ADA}`, 2, '--reason'],
    [`release ${ADA} --reason alive --account nobody`, 3, 'unknown_account'],
    ['release nobody --reason alive', 3, 'invalid_address'],
  ])('%s ends with %i', async (line, exitCode, message) => {
    const result = await rebound(line);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain(message);
  });
});

describe('rebound erase', () => {
  test('removes the address, keeps the block, and names the address no more', async () => {
    expect(await rebound(`erase ${ADA} --yes`)).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `Erased in 3 accounts; what blocks the address goes on to do so.
  id          ${addressHash(ADA)}
  when        2026-11-23 12:00
`,
    });
    expect(await sends('acme')).toBe(false);
    expect((await rebound('list --account acme')).stdout).not.toContain('ada');
    expect((await rebound(`global ${addressHash(ADA)}`)).stdout).toContain(`${addressHash(ADA)} (erased)`);
  });

  test('asks to type the address again', async () => {
    const { exitCode, stderr } = await rebound(`erase ${ADA}`, { isTTY: true, stdin: `${ADA}\n` });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Nobody can bring back what is erased. Type ada@example.com again:');
  });

  test.each<[Partial<FakeShellOptions>, string]>([
    [{ isTTY: true, stdin: 'bob@example.com\n' }, 'The two differ. Nothing was done.'],
    [{}, 'Repeat it with --yes.'],
  ])('does nothing when that does not happen: %j', async (options, message) => {
    const { exitCode, stderr } = await rebound(`erase ${ADA}`, options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect((await rebound(`global ${ADA} --json`)).stdout).toContain('"erased":false');
  });
});
