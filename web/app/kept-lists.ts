import { readNote } from './router.ts';

/** A list as it was when its page was left. */
export interface KeptList<Item> {
  readonly items: readonly Item[];
  /** Where it goes on; undefined when it was whole. */
  readonly cursor: string | undefined;
}

/** By the URL of the page, while the console is open. */
const kept = new Map<string, KeptList<unknown>>();

export function keepList(url: string, list: KeptList<unknown>): void {
  kept.set(url, list);
}

/** The list of the page that somebody has come back to; null when they come anew. */
export function listOnReturn<Item>(url: string): KeptList<Item> | null {
  if (readNote().scrollY === undefined) return null;
  return (kept.get(url) as KeptList<Item> | undefined) ?? null;
}

/** What was kept may no longer be so. */
export function forgetLists(): void {
  kept.clear();
}
