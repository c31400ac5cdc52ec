import { DAY_IN_MS, type Instant, toIso } from '../lib/policy/time.ts';
import type { ExampleFile } from './examples.ts';

/** A time as it stands in a JSON text. */
const TIME = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"/g;

/**
 * Moves all times of the files by as many whole days as bring the latest into the last 24 hours, so that what happened
 * stays as it was, and shows among the bounces of these days.
 */
export function movedToPresent(files: readonly ExampleFile[], now: Instant): readonly ExampleFile[] {
  const times = files.flatMap(({ messages }) => messages.flatMap((message) => message.match(TIME) ?? []));
  const latest = Math.max(...times.map((time) => Date.parse(time.slice(1, -1))));
  const shiftInMs = Math.floor((now - latest) / DAY_IN_MS) * DAY_IN_MS;
  const move = (_: string, time: string) => JSON.stringify(toIso(Date.parse(time) + shiftInMs));
  return files.map(({ name, messages }) => ({
    name,
    messages: messages.map((message) => message.replace(TIME, move)),
  }));
}
