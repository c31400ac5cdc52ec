import { type Inputs, useCallback, useEffect, useState } from 'preact/hooks';

/** What is loaded for a page. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown };

export type Resource<T> = Loaded<T> & { reload(): void };

/** Loads when the inputs change, which are what `load` depends on, and when asked again; what comes too late is dropped. */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>, inputs: Inputs): Resource<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const settle = (next: Loaded<T>) => {
      if (!abort.signal.aborted) setLoaded(next);
    };
    setLoaded({ state: 'loading' });
    load(abort.signal).then(
      (value) => settle({ state: 'ready', value }),
      (error: unknown) => settle({ state: 'failed', error }),
    );
    return () => abort.abort();
  }, [...inputs, round]);
  const reload = useCallback(() => setRound((last) => last + 1), []);
  return { ...loaded, reload };
}
