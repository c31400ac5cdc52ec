import { hash } from 'node:crypto';
import type { Announcement } from '../../lib/policy/announcement.ts';
import { type Instant, toIso } from '../../lib/policy/time.ts';

/** Raised when a member changes its meaning or goes away. Further members may come at any time. */
const SCHEMA_VERSION = 1;

/** An event as it goes on the bus. */
export interface OutgoingEvent {
  readonly type: Announcement['type'];
  /** The members of `docs/events`. */
  readonly detail: object;
}

/** An announcement, and the item that it was read from. */
export interface Told {
  readonly addressHash: string;
  /** Of the item after the change. */
  readonly version: number;
  readonly announcement: Announcement;
}

interface Wording {
  /** Whether the readable address is told too. */
  readonly withAddress: boolean;
}

/** Says an announcement in the words of `docs/events.md`. */
export function outgoingEvent(told: Told, wording: Wording): OutgoingEvent {
  const { addressHash: id, announcement } = told;
  const head = { schemaVersion: SCHEMA_VERSION, eventId: eventIdOf(told), id };
  const detail = { ...head, ...membersOf(announcement, wording), at: toIso(announcement.at) };
  return { type: announcement.type, detail };
}

/** The same for the same change however often it is told, and for no other one. 43 characters. */
function eventIdOf({ addressHash, version, announcement }: Told): string {
  const { type, at } = announcement;
  const account = 'account' in announcement ? announcement.account : null;
  return hash('sha256', JSON.stringify([type, account, addressHash, version, at]), 'base64url');
}

function membersOf(announcement: Announcement, { withAddress }: Wording): object {
  switch (announcement.type) {
    case 'Address Suppressed': {
      const { account, address, change, reason, rule, policyVersion } = announcement;
      const { until, campaign, status, bouncedAt } = announcement;
      const ends = { until: isoOrNull(until), policyVersion };
      const bounce = { campaign, status, bouncedAt: isoOrNull(bouncedAt) };
      return { account, ...(withAddress && { address }), change, reason, rule, ...ends, ...bounce };
    }
    case 'Address Unbounced': {
      const { account, address, reason, rule } = announcement;
      return { account, ...(withAddress && { address }), reason, rule };
    }
    case 'Global Bounce Declared':
    case 'Global Bounce Released':
      return { rule: announcement.rule };
  }
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}
