import { describe, expect, test } from '@jest/globals';
import { type AddressState, type ExamplesPort, playExamples } from '../../local/examples.ts';
import { curlLines, formatRows } from '../../local/examples-text.ts';
import { movedToPresent } from '../../local/examples-time.ts';

/** An instance that suppresses who bounced for good, counts or notes the others, and parks what names nobody. */
function createInstance(): ExamplesPort {
  const states = new Map<string, AddressState & { readonly ids: Set<string> }>();
  const parked = new Map<string, string>();
  return {
    async publish(message) {
      const { bounce } = JSON.parse(message);
      if (bounce === undefined) {
        parked.set(`m${parked.size}`, 'no_recipients');
        return;
      }
      for (const { emailAddress } of bounce.bouncedRecipients) {
        const ids = (states.get(emailAddress)?.ids ?? new Set<string>()).add(bounce.feedbackId);
        const suppressed = bounce.bounceType === 'Permanent';
        const decided = suppressed ? { reason: 'unknown_user', rule: 'B1' } : { reason: null, rule: null };
        const strikes = bounce.bounceType === 'Transient' ? [...ids] : [];
        states.set(emailAddress, { suppressed, ...decided, bounces: [...ids], strikes, ids });
      }
    },
    isQueueEmpty: async () => true,
    lookAt: async (address) =>
      states.get(address) ?? { suppressed: false, reason: null, rule: null, bounces: [], strikes: [] },
    deadLetters: async () => new Map(parked),
  };
}

function bounceOf(feedbackId: string, bounceType: string, ...addresses: string[]): string {
  const bouncedRecipients = addresses.map((emailAddress) => ({ emailAddress }));
  return JSON.stringify({ bounce: { feedbackId, bounceType, bouncedRecipients } });
}

test('each file is told with what it did to each of its addresses', async () => {
  const dead = bounceOf('1', 'Permanent', 'a@example.com', 'b@example.com');
  const rows = await playExamples(
    [
      { name: 'dead.json', messages: [dead] },
      { name: 'full.json', messages: [bounceOf('2', 'Transient', 'c@example.com')] },
      { name: 'soft.json', messages: [bounceOf('3', 'Undetermined', 'd@example.com')] },
      { name: 'dead-again.json', messages: [dead] },
      { name: 'malformed.json', messages: ['{}'] },
    ],
    createInstance(),
  );
  expect(rows.map(({ file, address, effect }) => `${file} ${address} ${effect}`)).toEqual([
    'dead.json a@example.com suppressed: unknown_user (rule B1)',
    'dead.json b@example.com suppressed: unknown_user (rule B1)',
    'full.json c@example.com strike 1, still sent to',
    'soft.json d@example.com noted, still sent to',
    'dead-again.json a@example.com known already, nothing changed',
    'dead-again.json b@example.com known already, nothing changed',
    'malformed.json - dead-letter queue: no_recipients',
  ]);
});

test('an address that nothing is kept of was no bounce', async () => {
  const instance = { ...createInstance(), publish: async () => {} };
  const reply = { name: 'reply.json', messages: [bounceOf('1', 'Transient', 'a@example.com')] };
  expect(await playExamples([reply], instance)).toEqual([
    { file: 'reply.json', address: 'a@example.com', effect: 'no bounce, still sent to' },
  ]);
});

test('the files are moved to the present together, by whole days', () => {
  const files = [
    { name: 'one.json', messages: ['{"timestamp":"2026-03-02T09:00:04.512Z","id":"2026-03-02"}'] },
    { name: 'two.json', messages: ['{"timestamp":"2026-03-02T18:45:12Z"}', 'no JSON at all'] },
  ];
  expect(movedToPresent(files, Date.parse('2027-01-05T18:45:11Z'))).toEqual([
    { name: 'one.json', messages: ['{"timestamp":"2027-01-04T09:00:04.512Z","id":"2026-03-02"}'] },
    { name: 'two.json', messages: ['{"timestamp":"2027-01-04T18:45:12.000Z"}', 'no JSON at all'] },
  ]);
});

describe('the text', () => {
  test('stands in columns and names a file once', () => {
    expect(
      formatRows([
        { file: 'two.json', address: 'a@example.com', effect: 'x' },
        { file: 'two.json', address: 'long@example.com', effect: 'y' },
        { file: 'z.json', address: '-', effect: 'z' },
      ]),
    ).toBe(
      [
        '  two.json  a@example.com     x',
        '            long@example.com  y',
        '  z.json    -                 z',
      ].join('\n'),
    );
  });

  test('offers three calls of the given API', () => {
    const lines = curlLines('http://127.0.0.1:1').map(({ line }) => line);
    expect(lines.map((line) => /http:\S+/.exec(line)?.[0])).toEqual([
      'http://127.0.0.1:1/v1/accounts/default/recipients/filter',
      'http://127.0.0.1:1/v1/accounts/default/suppressions/mia.falk@bank.example',
      'http://127.0.0.1:1/v1/accounts/default/suppressions/mia.falk@bank.example/unbounce',
    ]);
  });
});
