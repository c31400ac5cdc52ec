import { applyEvent } from '../../lib/policy/address-event.ts';
import type { AddressSnapshot } from '../../lib/policy/address-status.ts';
import { type CountedBounce, isFirstTelling } from '../../lib/policy/bounce-statistics.ts';
import { withEchoedAddress } from '../../lib/policy/known-address.ts';
import type { Policy } from '../../lib/policy/policy.ts';
import { reasonOf } from '../../lib/policy/reason.ts';
import type { CampaignWriter } from '../../lib/store/campaign-port.ts';
import type { AddressStore } from '../../lib/store/port.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { allOf, eachOf } from '../../lib/work-pool.ts';
import { type Assignment, assignAccounts } from './assign-accounts.ts';
import type { BatchTime, OnFailure } from './batch.ts';
import { recordRows, rowsOf, type ToldRow } from './campaign-rows.ts';
import { type CountDependencies, countBounces } from './count-bounces.ts';
import type { Message } from './read-message.ts';
import { type AddressTidings, eventOf, groupByAddress, type Tiding } from './tidings.ts';

export interface RecordDependencies extends Assignment, CountDependencies {
  readonly addresses: Pick<AddressStore, 'updateAddress'>;
  readonly campaigns: CampaignWriter;
  readonly policy: Policy;
  /** Whether deliveries clear strikes; without it they are counted and ignored. */
  readonly deliveryEvents: boolean;
  /** Whether there is an SES that lists addresses, and is asked to take them off. */
  readonly asksSes: boolean;
  readonly telemetry: Telemetry;
}

const ADDRESSES_AT_ONCE = 16;

/** Records what the messages tell; those that met a passing fault are reported, the others are done. */
export async function recordMessages(
  messages: readonly Message[],
  deps: RecordDependencies,
  { onFailure, ...time }: BatchTime & { readonly onFailure: OnFailure },
): Promise<void> {
  const told = messages.flatMap((message) => message.told.map((one) => ({ ...one, messageId: message.id })));
  let accounts: readonly string[];
  try {
    accounts = await assignAccounts(
      told.map(({ senders }) => senders),
      deps,
      time.deadlineAt,
    );
  } catch (error) {
    onFailure(
      messages.map(({ id }) => id),
      error,
    );
    return;
  }
  const tidings = told.flatMap(({ messageId, effects }, index) =>
    effects.flatMap((effect): Tiding[] => {
      const event = eventOf(effect, deps);
      return event === null ? [] : [{ messageId, account: accounts[index] ?? deps.defaultAccount, event }];
    }),
  );
  const rows: ToldRow[] = [];
  const bounces: CountedBounce[] = [];
  await eachOf(groupByAddress(tidings), ADDRESSES_AT_ONCE, async (address) => {
    for (const group of address) {
      try {
        const { recorded, heard } = await recordAddress(group, deps, time);
        rows.push(...rowsOf(group, recorded, deps.policy));
        bounces.push(...heard);
      } catch (error) {
        onFailure(
          group.tidings.map(({ messageId }) => messageId),
          error,
        );
      }
    }
  });
  await allOf([recordRows(rows, deps.campaigns, { ...time, onFailure }), countBounces(bounces, deps, time)]);
}

interface Recorded {
  readonly recorded: AddressSnapshot;
  /** The bounces that nobody had heard of before. */
  readonly heard: readonly CountedBounce[];
}

async function recordAddress(
  { key, tidings }: AddressTidings,
  { addresses, policy, asksSes, telemetry }: RecordDependencies,
  { now, deadlineAt }: BatchTime,
): Promise<Recorded> {
  let news: Tiding[] = [];
  let heard: CountedBounce[] = [];
  let wasGlobal = false;
  const change = (before: AddressSnapshot): AddressSnapshot => {
    news = [];
    heard = [];
    wasGlobal = before.status.global !== null;
    return tidings.reduce((snapshot, tiding) => {
      const { event } = tiding;
      const next = applyEvent(snapshot, event, { policy, now, asksSes });
      if (next !== snapshot) {
        news.push(tiding);
        if (event.kind === 'bounce' && isFirstTelling(snapshot.record, event.bounce)) {
          heard.push({ account: key.account, bounce: event.bounce });
        }
      }
      return event.kind === 'mark' ? withEchoedAddress(next, event) : next;
    }, before);
  };
  const recorded = await addresses.updateAddress(key, { change, deadlineAt });
  for (const { event } of news) {
    countNews(event, telemetry);
  }
  if (recorded.status.global !== null && !wasGlobal) {
    telemetry.count('GlobalBounceDeclared');
  }
  if (news.length < tidings.length) {
    telemetry.count('NotificationRepeated', {}, tidings.length - news.length);
  }
  return { recorded, heard };
}

function countNews(event: Tiding['event'], telemetry: Telemetry): void {
  switch (event.kind) {
    case 'bounce':
      telemetry.count('BounceRecorded', { Reason: reasonOf(event.bounce.key) });
      break;
    case 'mark':
      telemetry.count('SesLayerMarked', { Layer: event.mark.layer });
      break;
    case 'delivery':
      telemetry.count('StrikesCleared');
      break;
  }
}
