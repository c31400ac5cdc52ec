import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';

export interface CountsOf {
  readonly bounced: number;
  readonly notSent: number;
}

/** `failed` where nobody could say. */
export type KnownCounts = ReadonlyMap<string, CountsOf | 'failed'>;

const CALLS_AT_ONCE = 3;

/** The counts of each campaign, read a few at a time; undefined as long as they are awaited. */
export function useCounts(campaigns: readonly string[]): KnownCounts {
  const { client } = useConsole();
  const [known, setKnown] = useState<KnownCounts>(new Map());
  const waiting = useRef<string[]>([]);
  const asked = useRef(new Set<string>());
  const working = useRef(0);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const work = async () => {
    working.current += 1;
    for (let name = waiting.current.shift(); name !== undefined; name = waiting.current.shift()) {
      const campaign = name;
      const counts = await client.readCampaign(campaign, { signal: abort.current.signal }).then(
        ({ counts: { bounced, notSent } }) => ({ bounced: bounced.total, notSent: notSent.total }),
        () => 'failed' as const,
      );
      setKnown((before) => new Map([...before, [campaign, counts]]));
    }
    working.current -= 1;
  };

  useEffect(() => {
    const fresh = campaigns.filter((campaign) => !asked.current.has(campaign));
    for (const campaign of fresh) asked.current.add(campaign);
    waiting.current.push(...fresh);
    while (working.current < CALLS_AT_ONCE && waiting.current.length > working.current) work();
  }, [campaigns.length]);

  return known;
}
