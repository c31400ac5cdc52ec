import type { LocalState } from '../../../local/state-file.ts';

/** Where the stack of this run is reached. Throws Error outside of `npm run test:web`. */
export function stateOfRun(): LocalState {
  const text = process.env['REBOUND_LOCAL_STATE'];
  if (text === undefined) throw new Error('Nothing runs here: use npm run test:web.');
  return JSON.parse(text) as LocalState;
}
