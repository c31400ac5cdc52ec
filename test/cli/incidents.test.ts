import { beforeEach, describe, expect, test } from '@jest/globals';
import { DAY_IN_MS, HOUR_IN_MS } from '../../lib/policy/time.ts';
import { createRoomsFetch } from '../client/rooms-fetch.ts';
import { type Api, createRegisteredApi, NOW, PUT_ACCOUNT } from '../functions/api-harness.ts';
import { bounceFor, complaintOf } from '../functions/notifications.ts';
import { type FakeShellOptions, runCommand } from './fake-shell.ts';

const hoursAgo = (hours: number) => NOW - hours * HOUR_IN_MS;
const COMMAND =
  'rebound correct --from 2026-11-22T20:00Z --to 2026-11-22T22:00Z --rule B1 --domain gmail.com';

let api: Api;
beforeEach(async () => {
  api = await createRegisteredApi();
  for (const account of ['acme', 'shop']) {
    await api.call(PUT_ACCOUNT, { account, body: {} });
    const usual = Array.from({ length: 60 }, (_, index) => {
      const sentAt = NOW - (2 + (index % 20)) * DAY_IN_MS - index * HOUR_IN_MS;
      return bounceFor('unknown_user', `u${index}@${index % 3 === 0 ? 'gmail.com' : 'web.example'}`, {
        sentAt,
        account,
      });
    });
    await api.record(...usual);
  }
});

function incidents(line: string, options: Partial<FakeShellOptions> = {}) {
  const args = ['incidents', ...line.split(' ').filter(Boolean)];
  return runCommand(args, { fetch: createRoomsFetch(api), clock: () => NOW, ...options });
}

function people(count: number, start: number, domain = 'googlemail.com') {
  return Array.from({ length: count }, (_, index) => `p${start + index}@${domain}`);
}

async function recordIncident(account = 'acme'): Promise<void> {
  const told = (addresses: string[], hours: number) =>
    addresses.map((address) => bounceFor('unknown_user', address, { sentAt: hoursAgo(hours), account }));
  await api.record(...told(people(40, 0), 15.5), ...told(people(30, 40), 14.5));
}

describe('rebound incidents', () => {
  test('points at a burst, with the command that says what could be lifted', async () => {
    await recordIncident();
    expect(await incidents('--account acme')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `1 burst of hard bounces since 2026-11-16 12:00 in account acme, compared with 28
days before: 130 suppressions.

gmail.com, unknown_user (B1): 70 from 2026-11-22 20:00 to 2026-11-22 22:00,
where fewer than one was to be expected
  ${COMMAND} --account acme
`,
    });
  });

  test('prints a command that works', async () => {
    await recordIncident();
    const line = (await incidents('--account acme')).stdout
      .split('\n')
      .find((text) => text.includes('rebound correct'));
    const args = (line ?? '').trim().split(' ').slice(1);
    const { stdout } = await runCommand(args, { fetch: createRoomsFetch(api) });
    expect(stdout).toMatch(/would be lifted +70\n/);
  });

  test('takes all accounts together', async () => {
    await recordIncident('acme');
    await recordIncident('shop');
    const { stdout } = await incidents('--all-accounts --hours 24');
    expect(stdout).toMatch(/^1 burst of hard bounces since 2026-11-22 12:00 in all accounts/);
    expect(stdout).toContain('gmail.com, unknown_user (B1): 140 from');
    expect(stdout).toContain(`${COMMAND} --all-accounts\n`);
  });

  test('says that there is none, and looks no farther back than it is told', async () => {
    expect((await incidents('--account acme')).stdout).toMatch(/^No bursts of hard bounces since/);
    await recordIncident();
    expect((await incidents('--account acme --hours 6')).stdout).toMatch(/^No bursts/);
    expect((await incidents('--account acme --days 1')).stdout).toMatch(/^1 burst/);
  });

  test('counts no complaint and nothing that ends by itself', async () => {
    const at = { sentAt: hoursAgo(15) };
    await api.record(...people(30, 0).map((address) => complaintOf([address], at)));
    await api.record(
      ...people(30, 0, 'simulator.amazonses.com').map((address) =>
        bounceFor('policy', address, { sentAt: hoursAgo(0.1) }),
      ),
    );
    expect((await incidents('--account acme')).stdout).toMatch(/^No bursts/);
  });

  test('prints JSON', async () => {
    await recordIncident();
    expect(JSON.parse((await incidents('--account acme --json')).stdout)).toEqual({
      read: 130,
      bursts: [
        {
          provider: 'gmail.com',
          reason: 'unknown_user',
          rule: 'B1',
          from: '2026-11-22T20:00:00.000Z',
          to: '2026-11-22T22:00:00.000Z',
          bounces: 70,
          expected: expect.any(Number),
          command: `${COMMAND} --account acme`,
        },
      ],
    });
  });

  test.each([
    ['--days 0', 'It is a number from 1 to 60.'],
    ['--days 1 --hours 1', 'Say --days or --hours, not both.'],
  ])('refuses %s', async (line, message) => {
    const { exitCode, stderr } = await incidents(line);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
