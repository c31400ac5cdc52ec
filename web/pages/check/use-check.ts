import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckRun, Progress } from './check-run.ts';

export interface Check {
  readonly progress: Progress;
  readonly state: 'running' | 'stopped' | 'failed' | 'done';
  readonly error: unknown;
  stop(): void;
  /** Goes on where it stands. */
  start(): void;
}

/** Checks what is left of a list, and begins at once. */
export function useCheck(run: CheckRun): Check {
  const [progress, setProgress] = useState(run.progress);
  const [state, setState] = useState<Check['state']>(() => (isDone(run) ? 'done' : 'running'));
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

  // Once for a run: each list has one of its own.
  useEffect(() => {
    if (!isDone(run)) start();
    return () => abort.current?.abort();
  }, [run]);

  return { progress, state, error, stop, start };
}

function isDone(run: CheckRun): boolean {
  const { done, total } = run.progress();
  return done === total;
}
