import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';
import type { ChosenList } from './check-page.tsx';
import { createCheckRun, type Progress } from './check-run.ts';

export interface Check {
  readonly progress: Progress;
  readonly state: 'running' | 'stopped' | 'failed' | 'done';
  readonly error: unknown;
  stop(): void;
  /** Goes on where it stands. */
  start(): void;
}

/** Checks a list, and begins at once. */
export function useCheck({ list, column }: ChosenList): Check {
  const { client } = useConsole();
  const run = useMemo(
    () =>
      createCheckRun(
        client,
        list.rows.map((row) => row[column] ?? ''),
      ),
    [client, list, column],
  );
  const [progress, setProgress] = useState(run.progress);
  const [state, setState] = useState<Check['state']>('running');
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);

  const start = async () => {
    const current = new AbortController();
    abort.current = current;
    setState('running');
    setError(null);
    try {
      await run.advance(current.signal, setProgress);
      setState('done');
    } catch (caught) {
      if (current.signal.aborted) return;
      setError(caught);
      setState('failed');
    }
  };
  const stop = () => {
    abort.current?.abort();
    setState('stopped');
  };

  // It runs once for a list: the page gives each list a check of its own.
  useEffect(() => {
    start();
    return () => abort.current?.abort();
  }, [run]);

  return { progress, state, error, stop, start };
}
