import { createInterface } from 'node:readline/promises';
import { printable } from '../printable.ts';
import { type Shell, UsageError } from '../shell.ts';

/** Lets somebody type an address again before what cannot be undone. Throws UsageError when the two differ. */
export async function expectTypedAgain(
  address: string,
  { because, shell: { stdin, stderr } }: { readonly because: string; readonly shell: Shell },
): Promise<void> {
  if (!stdin.isTTY) {
    throw new UsageError('There is no terminal to type the address again on. Repeat it with --yes.');
  }
  const terminal = createInterface({ input: stdin, output: stderr });
  const typed = await terminal
    .question(`${because} Type ${printable(address)} again: `)
    .finally(() => terminal.close());
  if (typed.trim() !== address.trim()) throw new UsageError('The two differ. Nothing was done.');
}
