import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReboundClient } from '../../client/index.ts';
import type { Wording } from '../texts/wording.ts';
import type { Route } from './routes.ts';

/** What every page is given. */
export interface Console {
  readonly account: string;
  /** Speaks for the account. */
  readonly client: ReboundClient;
  readonly wording: Wording;
  pathTo(route: Route): string;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('The page stands outside the console.');
  return value;
}

export function useWording(): Wording {
  return useConsole().wording;
}
