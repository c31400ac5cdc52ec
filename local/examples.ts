import { setTimeout as sleep } from 'node:timers/promises';

/** One notification file of `examples/notifications`. */
export interface ExampleFile {
  readonly name: string;
  /** JSON, one notification each. */
  readonly messages: readonly string[];
}

/** What of the answer about one address the table shows. */
export interface AddressState {
  readonly suppressed: boolean;
  readonly reason: string | null;
  readonly rule: string | null;
  readonly bounces: readonly unknown[];
  /** One for each strike day. */
  readonly strikes: readonly unknown[];
}

/** A running instance, as the examples see it. */
export interface ExamplesPort {
  publish(message: string): Promise<void>;
  /** Whether the queue holds nothing, waiting or in work. */
  isQueueEmpty(): Promise<boolean>;
  lookAt(address: string): Promise<AddressState>;
  /** Why each message lies in the dead-letter queue, by message id. */
  deadLetters(): Promise<ReadonlyMap<string, string>>;
}

/** What one file did to one address, or to no address. */
export interface ExampleRow {
  readonly file: string;
  readonly address: string;
  readonly effect: string;
}

/** For all files together. */
const MOST_WAIT_IN_MS = 10_000;
const POLL_INTERVAL_IN_MS = 25;

/** Publishes the files one after the other and tells what each of them did. */
export async function playExamples(files: readonly ExampleFile[], port: ExamplesPort): Promise<ExampleRow[]> {
  const deadline = Date.now() + MOST_WAIT_IN_MS;
  const rows: ExampleRow[] = [];
  for (const file of files) rows.push(...(await playExample(file, port, deadline)));
  return rows;
}

async function playExample(
  { name, messages }: ExampleFile,
  port: ExamplesPort,
  deadline: number,
): Promise<ExampleRow[]> {
  const addresses = messages.flatMap(recipientsOf);
  const before = await Promise.all(addresses.map((address) => port.lookAt(address)));
  const parkedBefore = await port.deadLetters();
  for (const message of messages) await port.publish(message);
  const isDone = await waitUntilEmpty(port, deadline);
  const parked = [...(await port.deadLetters())].filter(([id]) => !parkedBefore.has(id));
  const rows = await Promise.all(
    addresses.map(async (address, index) => {
      const effect = isDone ? effectOf(before[index], await port.lookAt(address)) : 'not processed yet';
      return { file: name, address, effect };
    }),
  );
  const parkedRows = parked.map(([, reason]) => ({
    file: name,
    address: '-',
    effect: `dead-letter queue: ${reason}`,
  }));
  return [...rows, ...parkedRows];
}

async function waitUntilEmpty(port: ExamplesPort, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if (await port.isQueueEmpty()) return true;
    await sleep(POLL_INTERVAL_IN_MS);
  }
  return false;
}

function effectOf(before: AddressState | undefined, after: AddressState): string {
  const isKnown = before !== undefined && before.bounces.length > 0;
  if (isKnown && before.bounces.length === after.bounces.length) return 'known already, nothing changed';
  if (after.suppressed) return `suppressed: ${after.reason} (rule ${after.rule})`;
  if (after.strikes.length > 0) return `strike ${after.strikes.length}, still sent to`;
  return after.bounces.length > 0 ? 'noted, still sent to' : 'no bounce, still sent to';
}

/** Who bounced or complained in a notification of either shape. */
function recipientsOf(message: string): string[] {
  const { bounce, complaint } = JSON.parse(message) as {
    bounce?: { bouncedRecipients: { emailAddress: string }[] };
    complaint?: { complainedRecipients: { emailAddress: string }[] };
  };
  const recipients = bounce?.bouncedRecipients ?? complaint?.complainedRecipients ?? [];
  return recipients.map(({ emailAddress }) => emailAddress);
}
