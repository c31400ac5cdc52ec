import { dayOf, HOUR_IN_MS, type Instant } from '../../../lib/policy/time.ts';
import type { Draw } from './draw.ts';
import { WORDS, type Words } from './words.ts';
import { defaultAccountOf, LIFTED_AT, type World } from './world.ts';

/** A draw with the names of its world. */
export interface Scene {
  /** Tells the notice from the others of its log. */
  readonly id: string;
  readonly draw: Draw;
  readonly account: string;
  readonly addresses: readonly string[];
  /** As SES writes them. */
  readonly written: readonly string[];
  /** When it bounced; null when the notification does not say. */
  readonly at: Instant | null;
  /** Null where the mail has no such tag. */
  readonly taggedCampaign: string | null;
  readonly tenants: readonly string[];
}

export function sceneOf(draw: Draw, world: World, number: number): Scene {
  const account = world.accounts[draw.account] ?? defaultAccountOf(world);
  const addresses = draw.people.flatMap((person) => world.addresses[person] ?? []);
  const tenant = draw.route === 'tenant' ? account : draw.tenant === null ? null : `tenant-${draw.tenant}`;
  const { sentAt, delayInHours } = draw;
  return {
    id: String(number).padStart(5, '0'),
    draw,
    account,
    addresses,
    written: addresses.map((address, place) => writtenAs(address, draw.spelling + place)),
    at: delayInHours === null ? null : (sentAt ?? LIFTED_AT) + delayInHours * HOUR_IN_MS,
    taggedCampaign: world.campaigns[draw.campaign] ?? null,
    tenants: tenant === null ? [] : [tenant],
  };
}

/** The campaign of mail without the tag. */
export function untaggedCampaign({ draw, at }: Scene): string {
  const when = draw.sentAt ?? at;
  return `untagged-${when === null ? 'undated' : dayOf(when)}`;
}

/** One type holds for the whole notification: where a recipient's words say another, the first one's count. */
export function wordsFor({ draw }: Scene, place: number): Words {
  const [first, ...others] = draw.words.map((index) => WORDS[index] as Words);
  const word = place === 0 ? first : others[place - 1];
  return word?.bounceType === first?.bounceType ? (word as Words) : (first as Words);
}

/** The address without the display name in front. */
export function withoutName(written: string): string {
  return written.replace(/^.*<|>$/g, '');
}

function writtenAs(address: string, spelling: number): string {
  switch (spelling % 4) {
    case 0:
      return address;
    case 1:
      return address.toUpperCase();
    case 2:
      return `"Somebody, Known" <${address}>`;
    default:
      return address.slice(0, 1).toUpperCase() + address.slice(1);
  }
}
