import { beforeEach, describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS } from '../../lib/policy/time.ts';
import { createRoomsFetch } from '../client/rooms-fetch.ts';
import { type Api, createRegisteredApi, ERASE, NOW, PUT_ACCOUNT } from '../functions/api-harness.ts';
import { bounceFor, complaintOf } from '../functions/notifications.ts';
import { type FakeShellOptions, runCommand } from './fake-shell.ts';

const hoursAgo = (hours: number) => NOW - hours * HOUR_IN_MS;
const MEANT = { sentAt: hoursAgo(5) };
const WINDOW = '--from 2026-11-23T06:00Z --to 2026-11-23T09:00Z';

let api: Api;
beforeEach(async () => {
  api = await createRegisteredApi();
});

function rebound(line: string, options: Partial<FakeShellOptions> = {}) {
  return runCommand(line.split(' '), { fetch: createRoomsFetch(api), ...options });
}

const correct = (line = '', options: Partial<FakeShellOptions> = {}) =>
  rebound(`correct --account acme ${WINDOW}${line}`, options);

async function recordIncident(): Promise<void> {
  await api.record(
    bounceFor('unknown_user', 'ada@mail.example', MEANT),
    bounceFor('unknown_user', 'bob@mail.example', MEANT),
    bounceFor('policy', 'bob@mail.example', { sentAt: hoursAgo(40) }),
    bounceFor('unknown_user', 'dan@mail.example', { sentAt: hoursAgo(48) }),
    bounceFor('unknown_user', 'dan@mail.example', MEANT),
    complaintOf(['eva@mail.example'], MEANT),
  );
}

describe('rebound correct', () => {
  test('says what it would lift, by reason and provider, and what it would keep, and why', async () => {
    await recordIncident();
    expect(await correct(' --domain mail.example')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `Dry run: nothing is changed
  bounces from 2026-11-23 06:00 to 2026-11-23 09:00 (UTC) of account acme, to
  mail.example

  looked at                           4
  would be lifted                     2
  by reason
    unknown_user                      2
  by provider
    mail.example                      2
  afterwards
    another reason blocks             1
    may be mailed                     1
  kept                                2
    bounced before it, too            1
    complaint, not named              1

ADDRESS           REASON        BOUNCED (UTC)     KEPT
bob@mail.example  unknown_user  2026-11-23 07:00
ada@mail.example  unknown_user  2026-11-23 07:00
dan@mail.example  unknown_user  2026-11-23 07:00  bounced_before
eva@mail.example  complaint     2026-11-23 07:00  complaint

To lift them, repeat the command with --apply. It may be repeated and
interrupted: an address is lifted once.
`,
    });
    expect((await api.filter(['ada@mail.example'])).body.send).toEqual([]);
  });

  test('lifts with --apply, and counts once however often it is repeated', async () => {
    await recordIncident();
    const { stdout } = await correct(' --apply --note for@example.com');
    expect(stdout).toMatch(/^Correction\n/);
    expect(stdout).toMatch(/ {2}lifted {28,} 2\n/);
    expect(stdout).toMatch(/Correction 20261123T060000Z-\S+ has lifted 2 addresses in all its runs\.\n$/);
    expect((await api.filter(['ada@mail.example'])).body.send).toEqual(['ada@mail.example']);
    const again = await correct(' --apply');
    expect(again.stdout).toMatch(/ {2}lifted {28,} 0\n/);
    expect(again.stdout).toContain('has lifted 2 addresses in all its runs.');
    const { stdout: listed } = await rebound('corrections --account acme');
    expect(listed).toMatch(/^FROM \(UTC\) +TO \(UTC\) +ADDRESSES +MEANT\n/);
    expect(listed).toMatch(
      /2026-11-23 06:00 +2026-11-23 09:00 +2 +every bounce\n {2}begun 2026-11-23 12:00 by \S+ \[address\]\n/,
    );
  });

  test('says so when there is nothing to lift', async () => {
    expect((await correct()).stdout).toMatch(/Nothing would be lifted\.\n$/);
    expect((await correct(' --apply')).stdout).toMatch(/Nothing was lifted\.\n$/);
    expect((await rebound('corrections')).stderr).toBe('Nothing was corrected.\n');
  });

  test('goes through all accounts, and says how many addresses of each', async () => {
    await recordIncident();
    await api.call(PUT_ACCOUNT, { account: 'shop', body: {} });
    await api.record(bounceFor('unknown_user', 'ada@mail.example', { ...MEANT, account: 'shop' }));
    const { stdout } = await rebound(`correct ${WINDOW} --all-accounts --apply`);
    expect(stdout).toContain('of all accounts\n');
    expect(stdout).toMatch(/by account\n +acme +2\n +shop +1\n/);
    expect((await api.filter(['ada@mail.example'], { account: 'shop' })).body.send).toHaveLength(1);
  });

  test('prints JSON, and keeps silent besides', async () => {
    await recordIncident();
    const { stdout, stderr } = await correct(' --json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ accounts: 1, examined: 4, lifted: { addresses: 2 } });
  });

  test('shows no erased address', async () => {
    await api.record(bounceFor('unknown_user', 'ada@mail.example', MEANT));
    await api.call(ERASE, { address: 'ada@mail.example' });
    const { stdout } = await correct();
    expect(stdout).toMatch(/by provider\n +erased +1\n/);
    expect(stdout).not.toContain('ada@');
  });

  test.each([
    ['', 'Stopped. Nothing was changed.'],
    [' --apply', 'Stopped. What is lifted stays lifted; repeat the command to lift the rest.'],
  ])('that is interrupted says what that means: %s', async (line, message) => {
    await recordIncident();
    let stop = () => {};
    const fetch = createRoomsFetch(api);
    const stopping: typeof fetch = async (input, init) => {
      stop();
      return await fetch(input, init);
    };
    const onStop = (listener: () => void) => {
      stop = listener;
    };
    expect((await correct(line, { fetch: stopping, onStop })).stderr).toContain(message);
  });

  test('that fails on its way says that it can be gone on with', async () => {
    await recordIncident();
    await api.call(PUT_ACCOUNT, { account: 'shop', body: {} });
    const fetch = createRoomsFetch(api);
    const failing: typeof fetch = async (input, init) => {
      if (String(input).includes('/shop/')) throw new TypeError('fetch failed');
      return await fetch(input, init);
    };
    const { exitCode, stderr, stdout } = await rebound(`correct ${WINDOW} --all-accounts --apply`, {
      fetch: failing,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/does not answer[^\n]*\nWhat is lifted stays lifted; repeat the command/);
    expect((await api.filter(['ada@mail.example'])).body.send).toHaveLength(1);
  });

  test.each([
    ['correct --to 2026-11-23', 2, '--from'],
    ['correct --from yesterday --to 2026-11-23', 2, 'It is a time such as 2026-11-22T14:00Z, or a date.'],
    ['correct --from 2026-11-23 --to 2026-11-22', 2, '--from must lie before --to.'],
    [`correct ${WINDOW} --all-accounts --account acme`, 2, 'not both'],
    [`correct ${WINDOW} --account acme --reason bad`, 3, 'The member "reason" must be one of'],
    [`correct ${WINDOW} --account nobody`, 3, 'unknown_account'],
  ])('%s ends with %i', async (line, exitCode, message) => {
    const result = await rebound(line);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain(message);
  });

  test.each([
    ['--from 2026-11-23', '--to 2026-11-23T11:00', '2026-11-23 00:00 to 2026-11-23 11:00'],
    ['--from 2026-11-22', '--to 2026-11-22', '2026-11-22 00:00 to 2026-11-22 23:59'],
    ['--from 2026-11-23T08:00+02:00', '--to 2026-11-23T09:30:15Z', '2026-11-23 06:00 to 2026-11-23 09:30'],
  ])('takes %s %s as %s', async (from, to, shown) => {
    const { stdout } = await rebound(`correct --account acme ${from} ${to}`);
    expect(stdout).toContain(shown);
  });
});
