import type { Effect } from '../../lib/ses/effect.ts';

/** An effect in a few words, for tables. */
export function inShort(effect: Effect): string {
  switch (effect.kind) {
    case 'bounce':
      return [effect.bounce.key, effect.bounce.permanence, ...effect.remarks].join(' ');
    case 'mark':
      return `mark ${effect.mark.layer} ${effect.mark.listedFor}`;
    case 'nothing':
      return `nothing ${effect.why}`;
    case 'bad_recipient':
      return `bad_recipient ${effect.why}`;
    case 'delivery':
      return 'delivery';
  }
}
