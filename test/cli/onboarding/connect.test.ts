import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Advice } from '../../../cli/onboarding/advice.ts';
import { connectRegion, isWhole } from '../../../cli/onboarding/connect-regions.ts';
import { findStack, type StackRegion } from '../../../cli/onboarding/find-stack.ts';
import { createSesClient } from '../../../cli/onboarding/ses-client.ts';
import { UsageError } from '../../../cli/shell.ts';
import { connectText } from '../../../cli/text/connect-text.ts';
import { createPacedCaller } from '../../../lib/ses/paced-caller.ts';
import { LOCAL_CREDENTIALS } from '../../../local/aws-clients.ts';
import { type AwsStub, REGION, STACKS_SET, type StubAccount, startAwsStub, TOPIC } from './aws-stub.ts';

const saysOf = (advice: readonly Advice[]) => advice.map(({ says }) => says);

const FOREIGN = `arn:aws:sns:${REGION}:111122223333:old-bounces`;
const TO_REBOUND = { name: 'rebound', enabled: true, topicArn: TOPIC, types: ['BOUNCE', 'COMPLAINT'] };
const STACKS_SETS = { [STACKS_SET]: [{ ...TO_REBOUND, name: 'Events' }] };
const EARS = { topicArn: TOPIC, configurationSet: STACKS_SET };

let stub: AwsStub | undefined;
let clients: readonly { destroy(): void }[] = [];
afterEach(async () => {
  for (const client of clients) client.destroy();
  await stub?.stop();
});

async function open(account: StubAccount, region = REGION) {
  stub = await startAwsStub(account);
  const { asked } = stub;
  const time = { now: 0 };
  const config = { endpoint: stub.endpoint, region, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 };
  const v1 = new SESClient(config);
  const v2 = new SESv2Client(config);
  clients = [v1, v2];
  const pauses: number[] = [];
  const clock = () => time.now;
  const sleep = async (durationInMs: number) => {
    pauses.push(durationInMs);
    time.now += durationInMs;
  };
  const ses = createSesClient({
    region,
    v1,
    v2,
    call: createPacedCaller({ clock, sleep, random: () => 0 }),
    clock,
  });
  const lines: string[] = [];
  const connect = (options: { apply?: boolean; everySet?: boolean } = {}) =>
    connectRegion(ses, {
      ears: EARS,
      apply: false,
      everySet: false,
      onProgress: (line) => void lines.push(line),
      ...options,
    });
  return {
    stub,
    connect,
    lines,
    pauses,
    time,
    what: () => asked.map(({ what }) => what),
    written: () => asked.map(({ what }) => what).filter((what) => /^(Set|Create)/.test(what)),
  };
}

/** Every way in which an identity may report, in one account. */
function aMixedAccount(): StubAccount {
  return {
    identities: {
      'silent.example.com': {},
      'half.example.com': { bounceTopic: TOPIC },
      'told.example.com': { bounceTopic: TOPIC, complaintTopic: TOPIC, forwarding: false },
      'foreign.example.com': { bounceTopic: FOREIGN, complaintTopic: FOREIGN, headers: true },
      'by-set.example.com': { defaultSet: STACKS_SET },
      'own-set.example.com': { defaultSet: 'marketing', bounceTopic: FOREIGN },
      'ada@example.com': { verified: false },
    },
    sets: {
      ...STACKS_SETS,
      marketing: [],
      plain: [{ ...TO_REBOUND, name: 'all', types: ['BOUNCE', 'OPEN'] }],
    },
  };
}

describe('a look', () => {
  test('says of every identity where its feedback goes, and changes nothing', async () => {
    const account = aMixedAccount();
    const before = structuredClone(account);
    const { connect, written } = await open(account);
    const { identities, configurationSets } = await connect();
    const elsewhere = { way: 'elsewhere', topicArn: FOREIGN };
    expect(
      Object.fromEntries(identities.map(({ name, ways }) => [name, [ways.bounce, ways.complaint]])),
    ).toEqual({
      'silent.example.com': [{ way: 'nowhere' }, { way: 'nowhere' }],
      'half.example.com': [{ way: 'topic' }, { way: 'nowhere' }],
      'told.example.com': [{ way: 'topic' }, { way: 'topic' }],
      'foreign.example.com': [elsewhere, elsewhere],
      'by-set.example.com': [
        { way: 'set', set: STACKS_SET },
        { way: 'set', set: STACKS_SET },
      ],
      'own-set.example.com': [elsewhere, { way: 'nowhere' }],
      'ada@example.com': [{ way: 'nowhere' }, { way: 'nowhere' }],
    });
    expect(configurationSets.map(({ name, missing }) => [name, missing])).toEqual([
      [STACKS_SET, []],
      ['marketing', ['bounce', 'complaint']],
      ['plain', ['complaint']],
    ]);
    expect(written()).toEqual([]);
    expect(account).toEqual(before);
  });

  test('asks once a second, a hundred identities at a time for their topics, and says that it takes long', async () => {
    const identities = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`d${index}.example.com`, {}]),
    );
    const { stub, connect, what, pauses, lines } = await open({ identities, sets: {} });
    stub.pageSize = 50;
    expect((await connect()).identities).toHaveLength(120);
    const counts = Map.groupBy(what(), (one) => one.split(' ')[0]);
    expect([...counts].map(([name, calls]) => [name, calls.length])).toEqual([
      ['GetAccount', 1],
      ['ListIdentities', 3],
      ['ListSets', 1],
      ['GetIdentityNotificationAttributes', 2],
      ['GetIdentity', 120],
    ]);
    expect(pauses).toEqual(Array(126).fill(1_000));
    expect(lines).toEqual([`${REGION}: 122 requests to make, one a second`]);
  });

  test.each(['GetAccount', 'GetIdentityNotificationAttributes', 'GetIdentity silent'])(
    'asks again when SES throttles %s, or fails',
    async (name) => {
      const { stub, connect, what } = await open(aMixedAccount());
      stub.fail(name, 'throttled');
      stub.fail(name, 'server_error');
      const report = await connect();
      expect(isWhole(report)).toBe(true);
      expect(report.identities).toHaveLength(7);
      expect(what().filter((one) => one.startsWith(name))).toHaveLength(3);
    },
  );

  test('names what it may not read, and reads the rest', async () => {
    const { stub, connect } = await open(aMixedAccount());
    stub.fail('GetAccount', 'denied');
    stub.fail('GetIdentity told', 'denied');
    stub.fail('GetDestinations plain', 'denied');
    const report = await connect();
    expect(report.faults.map(({ what }) => what)).toEqual([
      'the account',
      'identity told.example.com',
      'configuration set plain',
    ]);
    expect(report.faults[0]?.error).toBe('AccessDeniedException: You are not authorized to do that');
    expect([report.identities.length, report.configurationSets.length]).toEqual([6, 2]);
    expect(isWhole(report)).toBe(false);
  });

  test('names an identity of whose feedback SES says nothing', async () => {
    const identities = { 'a.example.com': { isUnknownToV1: true }, 'b.example.com': {} };
    const { connect } = await open({ identities, sets: {} });
    const report = await connect();
    expect(report.identities.map(({ name }) => name)).toEqual(['b.example.com']);
    expect(report.faults).toEqual([
      { what: 'identity a.example.com', error: 'Error: SES lists it and says nothing of its feedback.' },
    ]);
  });

  test.each<[string, Partial<StubAccount>, RegExp]>([
    ['the sandbox', { sandbox: true }, /sandbox/],
    ['that sending is off', { sending: false }, /switched off/],
    ['a review', { standing: 'PROBATION' }, /under review \(PROBATION\)/],
    ["that SES's own list is off", { listsFor: [] }, /takes nobody up/],
  ])('tells of %s', async (_, changes, words) => {
    const { connect } = await open({ identities: {}, sets: {}, ...changes });
    const { advice } = await connect();
    expect(saysOf(advice)).toEqual([expect.stringMatching(words)]);
  });

  test('tells what forwarding by mail and original headers are to Rebound', async () => {
    const { connect } = await open(aMixedAccount());
    const { advice } = await connect();
    expect(saysOf(advice)).toContainEqual(
      expect.stringMatching(
        /mails bounces and complaints of silent\.example\.com, half\.example\.com, foreign\.example\.com and 2 more/,
      ),
    );
    expect(saysOf(advice)).toContainEqual(
      expect.stringMatching(/^Notifications of foreign\.example\.com carry the original headers/),
    );
  });

  test('of another Region than the topic changes nothing, and says why', async () => {
    const { connect, written } = await open(aMixedAccount(), 'us-east-1');
    const { changes, advice } = await connect({ apply: true });
    expect([changes, written()]).toEqual([[], []]);
    expect(saysOf(advice)).toContainEqual(
      expect.stringMatching(
        /^SES publishes to topics of its own Region only, and Rebound's is in eu-central-1/,
      ),
    );
  });
});

describe('--apply', () => {
  test('adds topics where there are none, and destinations to sets, and replaces no topic', async () => {
    const account = aMixedAccount();
    const { connect, written } = await open(account);
    const report = await connect({ apply: true });
    expect(report.changes.map(({ outcome }) => outcome)).toEqual(Array(5).fill('done'));
    expect(written()).toEqual([
      'SetIdentityNotificationTopic silent.example.com Bounce',
      'SetIdentityNotificationTopic silent.example.com Complaint',
      'SetIdentityNotificationTopic half.example.com Complaint',
      'CreateDestination marketing',
      'CreateDestination plain',
    ]);
    expect(account.identities).toMatchObject({
      'silent.example.com': { bounceTopic: TOPIC, complaintTopic: TOPIC },
      'half.example.com': { bounceTopic: TOPIC, complaintTopic: TOPIC },
      'foreign.example.com': { bounceTopic: FOREIGN, complaintTopic: FOREIGN },
      'own-set.example.com': { bounceTopic: FOREIGN },
    });
    expect(account.identities['ada@example.com']).toEqual({ verified: false });
    expect(account.sets['marketing']).toEqual([TO_REBOUND]);
  });

  test('for the second time changes nothing', async () => {
    const { connect, written } = await open({
      ...aMixedAccount(),
      sets: { ...STACKS_SETS, marketing: [] },
    });
    expect((await connect({ apply: true })).changes).toHaveLength(4);
    const before = written().length;
    const { changes, identities } = await connect({ apply: true });
    expect([changes, written().length]).toEqual([[], before]);
    const unheard = identities.filter(
      ({ isVerified, ways }) => isVerified && !['topic', 'set'].includes(ways.bounce.way),
    );
    expect(unheard.map(({ name }) => name)).toEqual(['foreign.example.com']);
  });

  test('one that fails does not stop the others, and says why', async () => {
    const account = aMixedAccount();
    account.sets['plain']?.push({ ...TO_REBOUND, enabled: false });
    const { stub, connect } = await open(account);
    stub.fail('SetIdentityNotificationTopic silent.example.com Bounce', 'denied');
    const report = await connect({ apply: true });
    expect(report.changes.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'done',
      'done',
      'done',
      'failed',
    ]);
    expect(report.changes[0]).toMatchObject({ error: 'AccessDenied: You are not authorized to do that' });
    // Its name is taken by a destination that somebody switched off.
    expect(report.changes[4]).toMatchObject({
      set: 'plain',
      error: expect.stringMatching(/^AlreadyExistsException: .* Enable or delete its destination rebound/),
    });
    expect(isWhole(report)).toBe(false);
  });

  test('leaves configuration sets alone where every identity tells; --sets asks for them', async () => {
    const account = { identities: { 'silent.example.com': {} }, sets: { ...STACKS_SETS, other: [] } };
    const { connect } = await open(account);
    const { changes, advice } = await connect();
    expect(changes.map(({ change }) => change)).toEqual(['set_topic', 'set_topic']);
    expect(saysOf(advice)).toContainEqual(
      expect.stringMatching(
        /^What becomes of mail that names other is seen by way of its identity, without message tags/,
      ),
    );
    const all = await connect({ everySet: true });
    expect(all.changes.at(-1)).toEqual({
      change: 'add_destination',
      set: 'other',
      feedback: ['bounce', 'complaint'],
      outcome: 'proposed',
    });
  });

  test('says how both are told of an identity that reports elsewhere', async () => {
    const { connect } = await open(aMixedAccount());
    const { advice } = await connect({ apply: true });
    expect(advice[0]).toEqual({
      says: `foreign.example.com reports to ${FOREIGN}, which is left as it is. Make Rebound's configuration set its default, and both are told:`,
      command: `aws sesv2 put-email-identity-configuration-set-attributes --email-identity foreign.example.com --configuration-set-name ${STACKS_SET}`,
    });
  });
});

test('the report is readable in 80 columns', async () => {
  const { connect } = await open(aMixedAccount());
  const text = connectText([await connect()], 80);
  expect(text).toContain('Rebound does not see what becomes of the mail of 4 of 6 verified identities.');
  expect(text).toContain('With --apply it would:\n  - send each bounce of silent.example.com to the topic\n');
  const long = text.split('\n').filter((line) => line.length > 80 && !/^ {6}aws /.test(line));
  expect(long).toEqual([]);
});

describe('the stack', () => {
  const answering = (answer: object | Error): StackRegion => ({
    send: (async () => {
      if (answer instanceof Error) throw answer;
      return { Stacks: [answer] };
    }) as StackRegion['send'],
  });
  const MISSING = answering(new Error('Stack with id Rebound does not exist'));
  const FOUND = answering({ Outputs: [{ OutputKey: 'TopicArn', OutputValue: TOPIC }] });

  test('is looked for in one Region after the other', async () => {
    expect(await findStack([MISSING, FOUND], 'Rebound')).toEqual({ topicArn: TOPIC, configurationSet: null });
    await expect(findStack([MISSING, MISSING], 'Rebound')).rejects.toThrow(UsageError);
  });

  test('is not looked for elsewhere where nobody may ask', async () => {
    await expect(findStack([answering(new Error('AccessDenied')), FOUND], 'Rebound')).rejects.toThrow(
      'AccessDenied',
    );
  });
});
