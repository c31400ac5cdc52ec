import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_IN_MS, toIso } from '../../lib/policy/time.ts';
import { bounce, complaint, failed, mail } from '../ses/build.ts';
import { type DynamoLocal, openDynamoLocal } from '../support/dynamo-local.ts';
import {
  CORRECT,
  ERASE,
  FILTER,
  GLOBAL_BOUNCE,
  LIST,
  PUT_ACCOUNT,
  RELEASE,
  SUPPRESSION,
  UNBOUNCE,
} from './api-harness.ts';
import { createDynamoRooms } from './dynamo-rooms.ts';

const ZOE = 'zoe.quagmire@example.com';
const WRITTEN = 'Zoe.Quagmire@Example.com';
/** The person's address and parts of it, in any spelling or encoding that something here could have written. */
const TRACES = /zoe|quagmire|zoe%2equagmire|em9lLnF1YWdtaXJl|Wm9lLlF1YWdtaXJl/i;
const OTHER = 'omar@example.com';
const ACCOUNTS = ['shop', 'news', 'forum', 'club'];
const HOUR_AGO = Date.now() - HOUR_IN_MS;

/** What SES says of these accounts' mail to Zoe, an hour ago. */
function notifications(accounts: readonly string[], diagnosticCode: string) {
  return accounts.map((account, index) =>
    bounce(
      {
        feedbackId: `feedback ${account} ${index}`,
        bouncedRecipients: [failed(WRITTEN, { diagnosticCode })],
        timestamp: toIso(HOUR_AGO + index),
      },
      { ...mailOf(account), messageId: `message ${account} ${index}` },
    ),
  );
}

function mailOf(account: string) {
  return mail({
    timestamp: toIso(HOUR_AGO),
    destination: [WRITTEN],
    tags: { account: [account], campaign: ['spring'] },
  });
}

const DEAD = notifications(['news', 'forum', 'club'], `smtp; 550 5.1.1 <${ZOE}>: user unknown`);
const REFUSED = notifications(['shop'], `smtp; 550 5.7.1 ${WRITTEN} refused by policy`);
const COMPLAINT = complaint(
  { complainedRecipients: [{ emailAddress: WRITTEN }], timestamp: toIso(HOUR_AGO + 9) },
  mailOf('club'),
);
const ECHO = bounce(
  { bounceSubType: 'Suppressed', bouncedRecipients: [{ emailAddress: WRITTEN }], timestamp: toIso(HOUR_AGO) },
  mailOf('shop'),
);
const FOR_OTHER = bounce({ bouncedRecipients: [failed(OTHER)] }, mailOf('shop'));

describe('after an erasure', () => {
  let dynamo: DynamoLocal;

  beforeAll(async () => {
    dynamo = await openDynamoLocal();
  });
  afterAll(() => dynamo?.close());

  async function stored(): Promise<string[]> {
    const tables = Object.values(dynamo.tables);
    const scans = tables.map(async (TableName) => {
      const { Items = [], LastEvaluatedKey } = await dynamo.context.client.send(
        new ScanCommand({ TableName }),
      );
      expect(LastEvaluatedKey).toBeUndefined();
      return Items.map((item) => JSON.stringify(unmarshall(item)));
    });
    return (await Promise.all(scans)).flat();
  }

  const tracesIn = (texts: readonly string[]) => texts.filter((text) => TRACES.test(text));

  test('no table and no line of the log has a trace of the person, replays included', async () => {
    const { call, record, lines } = createDynamoRooms(dynamo.context);
    const asked = { address: WRITTEN };
    for (const account of ACCOUNTS) {
      const body = { sendingIdentities: [`${account}.example`] };
      expect((await call(PUT_ACCOUNT, { account, body })).status).toBe(200);
    }
    expect(await record([...REFUSED, FOR_OTHER])).toBe(0);
    const evidence = { kind: `mail from ${ZOE}`, note: `Zoe says that ${WRITTEN} is hers.` };
    const unbounce = {
      ...asked,
      account: 'shop',
      headers: { 'Idempotency-Key': `unbounce-${ZOE}` },
      body: { confirmedValid: true, evidence },
    };
    expect((await call(UNBOUNCE, unbounce)).status).toBe(200);
    expect(await record([...DEAD, COMPLAINT, ECHO])).toBe(0);
    const filter = { account: 'shop', body: { recipients: [WRITTEN, OTHER], campaign: 'autumn' } };
    expect((await call(FILTER, filter)).body.notSent).toMatchObject([{ rule: 'P4' }, {}]);
    const reason = { reason: `${ZOE} is alive, her brother says.` };
    expect((await call(RELEASE, { ...asked, body: reason })).body).toMatchObject({ global: null });
    expect((await call(SUPPRESSION, { ...asked, account: 'shop' })).status).toBe(200);
    const window = { from: toIso(HOUR_AGO - HOUR_IN_MS), to: toIso(HOUR_AGO + HOUR_IN_MS / 2) };
    const correction = { ...window, apply: true, note: `The provider took ${WRITTEN} and others for dead.` };
    const { body: corrected } = await call(CORRECT, { account: 'forum', body: correction });
    expect(corrected).toMatchObject({ lifted: { addresses: 1 }, corrected: 1 });
    // Calls and notifications for which there is no time leave lines of their own.
    expect((await call(GLOBAL_BOUNCE, asked, 3_000)).status).toBe(503);
    expect(await record(DEAD, 3_000)).toBe(3);
    expect(tracesIn(await stored()).length).toBeGreaterThan(5);

    const erased = await call(ERASE, asked);
    expect(erased).toMatchObject({ status: 200, body: { erased: true, accounts: 4 } });
    expect(tracesIn(await stored())).toEqual([]);

    expect(await record([...REFUSED, ...DEAD, COMPLAINT, ECHO])).toBe(0);
    expect((await call(FILTER, filter)).status).toBe(200);
    expect((await call(ERASE, asked)).body).toMatchObject({ accounts: 4 });
    expect(tracesIn(await stored())).toEqual([]);
    expect(tracesIn(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);

    const { items } = (await call(LIST, { account: 'news' })).body;
    expect(items).toMatchObject([
      { id: erased.body.id, address: null, erased: true, reason: 'unknown_user' },
    ]);
    const { notSent } = (await call(FILTER, { account: 'news', body: { recipients: [ZOE] } })).body;
    expect(notSent).toMatchObject([{ rule: 'P2', code: 'hard_bounce' }]);
    expect((await stored()).some((text) => text.includes(OTHER))).toBe(true);
  });
});
