import assert from 'node:assert/strict';
import type fc from 'fast-check';
import { createHandler } from '../../../functions/unbounce/handler.ts';
import { applyEvent } from '../../../lib/policy/address-event.ts';
import { loadPolicy } from '../../../lib/policy/policy.ts';
import { monthOf } from '../../../lib/policy/time.ts';
import { UnavailableError } from '../../../lib/policy/unavailable.ts';
import { addressHash } from '../../../lib/store/address-hash.ts';
import { createMemoryStore } from '../../../lib/store/memory-store.ts';
import type { AddressUpdate, UnbounceWrite } from '../../../lib/store/port.ts';
import { apiEvent, signedBy } from '../../http/events.ts';
import { aBounce } from '../../policy/builders.ts';
import { createWatchedTelemetry } from '../../support/watched-telemetry.ts';
import {
  type Asking,
  isSuppressed,
  limitOf,
  noteWhatIsRight,
  personOf,
  type QuotaModel,
  usedIn,
} from './quota-model.ts';

export const ACCOUNT = 'acme';
const UNBOUNCE = 'POST /v1/accounts/{account}/suppressions/{address}/unbounce';
const POLICY = loadPolicy();
const SHARE_OF_LOST_ANSWERS = 0.1;

export type QuotaSystem = ReturnType<typeof createQuotaSystem>;

/**
 * The function that unbounces over the stores in memory. Every answer of a store waits until the scheduler lets it through, some
 * get lost, and every write is held against the model at the moment at which it is made.
 */
export function createQuotaSystem(model: QuotaModel, scheduler: fc.Scheduler, random: () => number) {
  let calls = 0;
  let losesAnswers = true;
  const store = createMemoryStore({ defaultAccount: ACCOUNT });
  const policy = POLICY;
  const scheduled = <T>(label: string, answer: Promise<T>) => scheduler.schedule(answer, label);
  const losing = async <T>(answer: Promise<T>): Promise<T> => {
    const isLost = losesAnswers && random() < SHARE_OF_LOST_ANSWERS;
    const value = await answer;
    if (isLost) throw new UnavailableError('Injected: the answer was lost.');
    return value;
  };
  const unbounce = createHandler({
    addresses: { readAddress: (key, at) => losing(scheduled('address', store.readAddress(key, at))) },
    accounts: { readAccount: (id, at) => losing(scheduled('account', store.readAccount(id, at))) },
    unbounces: {
      readUsed: (query) => losing(scheduled('used', store.readUsed(query))),
      grantUnbounce: (write) => losing(scheduled('grant', grant(write))),
    },
    policy,
    asksSes: false,
    clock: () => model.now,
    telemetry: createWatchedTelemetry(),
    callerOptions: { accountClaim: null, account: null, scopePrefix: '' },
  });

  /** The twin does its work before it answers: nothing comes between the write and the look at it. */
  function grant(write: UnbounceWrite) {
    const rowsBefore = store.ledger.length;
    const answer = store.grantUnbounce(write);
    const row = store.ledger[rowsBefore];
    if (row !== undefined) {
      const person = [...model.people].find(([name]) => addressHash(name) === row.addressHash)?.[1];
      const { month } = write.granted.unbounce;
      assert.ok(usedIn(model, month) < limitOf(model), `granted beyond the limit of ${limitOf(model)}`);
      assert.ok(person !== undefined && isSuppressed(person), 'granted to an address that is not suppressed');
      assert.equal(person.complainedAt, null, 'granted after a complaint');
      assert.equal(person.unbouncedAt, null, 'granted twice');
      model.used.set(month, usedIn(model, month) + 1);
      person.unbouncedAt = row.unbounce.unbouncedAt;
      person.grantedWith = row.unbounce.idempotencyKey;
      for (const { by, justified } of model.asking) {
        if (by === row.unbounce.by) justified.add(200);
      }
      noteWhatIsRight(model);
    }
    return answer;
  }

  async function change(name: string, update: AddressUpdate['change']): Promise<void> {
    const key = { account: ACCOUNT, addressHash: addressHash(name) };
    await store.updateAddress(key, { change: update, deadlineAt: model.now });
  }

  return {
    store,
    /** From now on no answer is lost. */
    calmDown(): void {
      losesAnswers = false;
    },
    async connect(contacts: number): Promise<void> {
      const before = await store.readAccount(ACCOUNT, model.now);
      assert.ok(before !== null);
      const sendingIdentities = [{ name: 'acme.example', verification: 'verified', checkedAt: 0 } as const];
      const saved = store.saveAccount({ before, contacts, sendingIdentities }, model.now);
      model.contacts = contacts;
      noteWhatIsRight(model);
      assert.equal((await saved).outcome, 'saved');
    },
    async bounce(name: string, key: 'policy' | 'complaint'): Promise<void> {
      const sentAt = model.now;
      const bounce = aBounce({ key, sentAt, feedbackId: `f-${sentAt}` });
      const event = { kind: 'bounce', address: name, spellings: [name], bounce } as const;
      const person = personOf(model, name);
      const recorded = change(name, (before) =>
        applyEvent(before, event, { policy, now: model.now, asksSes: false }),
      );
      if (key === 'policy') person.bounced.push(sentAt);
      else person.complainedAt = sentAt;
      noteWhatIsRight(model);
      await recorded;
    },
    /** Asks, and holds the answer against everything that was true while it was waited for. */
    async ask(name: string, idempotencyKey: string | null): Promise<number> {
      const by = `call-${++calls}`;
      const month = monthOf(model.now);
      const justified = new Set(losesAnswers ? [503] : []);
      const asking: Asking = { person: name, by, idempotencyKey, month, justified };
      model.asking.add(asking);
      noteWhatIsRight(model);
      const { statusCode = 0 } = await unbounce(
        apiEvent({
          routeKey: UNBOUNCE,
          pathParameters: { account: ACCOUNT, address: addressHash(name) },
          headers: idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey },
          authorizer: signedBy(by),
          body: JSON.stringify({ confirmedValid: true }),
        }),
        { getRemainingTimeInMillis: () => 29_000 },
      );
      model.asking.delete(asking);
      assert.ok(asking.justified.has(statusCode), `${name} was answered ${statusCode} for no reason`);
      return statusCode;
    },
  };
}
