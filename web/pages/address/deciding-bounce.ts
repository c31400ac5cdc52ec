import type { Bounce, Suppression } from '../../../client/index.ts';

/** The newest bounce of the reason that stands; null when a layer blocks, or its evidence is gone. */
export function decidingBounceOf({ reason, bounces }: Suppression): Bounce | null {
  return bounces.find((bounce) => bounce.reason === reason) ?? null;
}
