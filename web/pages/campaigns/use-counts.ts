import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';

export interface CountsOf {
  readonly bounced: number;
  readonly notSent: number;
}

const CALLS_AT_ONCE = 3;

/** The counts of each campaign, read a few at a time; null while, and where, they are not known. */
export function useCounts(campaigns: readonly string[]): (campaign: string) => CountsOf | null {
  const { client } = useConsole();
  const [known, setKnown] = useState<ReadonlyMap<string, CountsOf>>(new Map());
  const asked = useRef(new Set<string>());
  const names = campaigns.join(' ');

  useEffect(() => {
    const abort = new AbortController();
    const waiting = names.split(' ').filter((name) => name !== '' && !asked.current.has(name));
    const work = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        asked.current.add(name);
        const campaign = name;
        const { counts } = await client.readCampaign(campaign, { signal: abort.signal });
        const found = { bounced: counts.bounced.total, notSent: counts.notSent.total };
        setKnown((before) => new Map([...before, [campaign, found]]));
      }
    };
    for (let worker = 0; worker < CALLS_AT_ONCE; worker += 1) work().catch(() => {});
    return () => {
      abort.abort();
      for (const name of waiting) asked.current.delete(name);
    };
  }, [client, names]);

  return (campaign) => known.get(campaign) ?? null;
}
