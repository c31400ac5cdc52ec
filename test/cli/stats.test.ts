import { describe, expect, test } from '@jest/globals';
import { DAY_IN_MS } from '../../lib/policy/time.ts';
import type { Reputation } from '../../lib/ses/reputation.ts';
import { createRoomsFetch } from '../client/rooms-fetch.ts';
import { createRegisteredApi, NOW } from '../functions/api-harness.ts';
import { bounceFor } from '../functions/notifications.ts';
import { runCommand } from './fake-shell.ts';

const RATES: Reputation = { bounceRate: 0.0123, complaintRate: 0.0002, asOf: NOW };

async function stats(line: string, known: Reputation | null = null) {
  const api = await createRegisteredApi({ reputation: { readReputation: async () => known } });
  await api.record(
    bounceFor('unknown_user', 'ada@example.com', { sentAt: NOW }),
    bounceFor('unknown_user', 'bob@example.com', { sentAt: NOW - DAY_IN_MS }),
    bounceFor('policy', 'carl@example.com', { sentAt: NOW - DAY_IN_MS }),
  );
  return await runCommand([...line.split(' '), '--account', 'acme'], { fetch: createRoomsFetch(api) });
}

describe('rebound stats', () => {
  test('says how many bounced, by reason and day, and what SES says of all mail', async () => {
    expect(await stats('stats', RATES)).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `acme: about 3 bounces from 2026-10-25 to 2026-11-23
  unknown_user                        2
  policy                              1
by day
  2026-11-22                          2
  2026-11-23                          1
Of all mail of the AWS account in this Region, 1.23 % bounced and 0.02 %
complained, says SES as of 2026-11-23 12:00.
`,
    });
  });

  test('goes as far back as it is told', async () => {
    const { stdout } = await stats('stats --days 1');
    expect(stdout).toBe(`acme: about 1 bounce from 2026-11-23 to 2026-11-23
  unknown_user                        1
by day
  2026-11-23                          1
No bounce rate: there is no SES here, or it has none to tell.
`);
    expect(await stats('stats --days 91')).toMatchObject({ exitCode: 2 });
  });

  test('says where nobody has complained yet, and answers as the API does with --json', async () => {
    const { stdout } = await stats('stats', { ...RATES, complaintRate: null });
    expect(stdout).toContain('1.23 % bounced and no complaint\nrate yet, says SES');
    expect(JSON.parse((await stats('stats --json')).stdout)).toMatchObject({
      account: 'acme',
      approximate: true,
    });
  });
});
