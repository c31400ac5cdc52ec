import type { Instant } from './time.ts';

/** SES's own lists, each of which can block an address whatever an account's own state is. */
export const SES_LAYERS = ['sesAccountList', 'sesGlobalList', 'sesValidation'] as const;
export type SesLayer = (typeof SES_LAYERS)[number];

/** Who blocks an address; `input` for what is no address, or stands twice in a list. */
export type Layer = 'own' | 'global' | SesLayer | 'input';

export type LayerState = 'clear' | 'pending' | 'blocked' | 'unknown';

/** An echo of an earlier decision by SES: it marks a layer and is never evidence against the address. */
export interface SesMark {
  readonly layer: SesLayer;
  /** When SES accepted the mail that it then did not send; null when the notification does not say. */
  readonly sentAt: Instant | null;
  /** When SES said so; null when the notification does not say. */
  readonly markedAt: Instant | null;
  /** Why SES listed the address, where SES tells it apart. */
  readonly listedFor: 'bounce' | 'complaint';
}
