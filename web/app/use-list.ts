import { type Inputs, useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../client/index.ts';
import { keepList, listOnReturn } from './kept-lists.ts';
import { readNote } from './router.ts';

interface PageOf<Item> extends Page {
  readonly items: readonly Item[];
}

export interface List<Item> {
  readonly items: readonly Item[];
  readonly state: 'loading' | 'more' | 'end' | 'failed';
  readonly error: unknown;
  /** Goes on where the list stands, after a failure too. */
  more(): void;
}

interface Run {
  readonly abort: AbortController;
  cursor: string | undefined;
}

/** A page may be empty and still not be the last; the reader is asked before more than these are read. */
const MOST_PAGES_AT_ONCE = 10;

/** A list that grows page by page. It begins anew when the inputs change, and is as it was for whoever comes back to it. */
export function useList<Item>(
  read: (position: { readonly cursor?: string }, signal: AbortSignal) => Promise<PageOf<Item>>,
  inputs: Inputs,
): List<Item> {
  const [list, setList] = useState<Omit<List<Item>, 'more'>>(EMPTY);
  const run = useRef<Run | null>(null);
  const latest = useRef(list);
  latest.current = list;

  async function advance(): Promise<void> {
    const { current } = run;
    if (current === null) return;
    const { signal } = current.abort;
    const isCurrent = () => run.current === current && !signal.aborted;
    setList(({ items }) => ({ items, state: 'loading', error: null }));
    try {
      const found: Item[] = [];
      for (let pages = 0; pages < MOST_PAGES_AT_ONCE && found.length === 0; pages += 1) {
        const page = await read(current.cursor === undefined ? {} : { cursor: current.cursor }, signal);
        current.cursor = page.cursor;
        found.push(...page.items);
        if (page.cursor === undefined) break;
      }
      const state = current.cursor === undefined ? 'end' : 'more';
      if (isCurrent()) setList(({ items }) => ({ items: [...items, ...found], state, error: null }));
    } catch (error) {
      if (isCurrent()) setList(({ items }) => ({ items, state: 'failed', error }));
    }
  }

  useEffect(() => {
    const { href } = location;
    const before = listOnReturn<Item>(href);
    const begun: Run = { abort: new AbortController(), cursor: before?.cursor };
    run.current = begun;
    if (before === null) {
      setList(EMPTY);
      advance();
    } else {
      setList({ items: before.items, state: before.cursor === undefined ? 'end' : 'more', error: null });
    }
    return () => {
      begun.abort.abort();
      const { items, state } = latest.current;
      if (state === 'more' || state === 'end') keepList(href, { items, cursor: begun.cursor });
    };
  }, inputs);

  const isBack = list.items.length > 0 && readNote().scrollY !== undefined;
  useEffect(() => {
    if (isBack) scrollTo(0, readNote().scrollY ?? 0);
  }, [isBack]);

  return { ...list, more: () => void advance() };
}

const EMPTY = { items: [], state: 'loading', error: null } as const;
