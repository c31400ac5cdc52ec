import { isUtf8 } from 'node:buffer';

// A list's bytes travel as Latin-1 text, one character a byte, so whatever encoding its columns have comes out as it went in.

const ASCII = /^\p{ASCII}*$/u;

/** What the bytes say: UTF-8, or Latin-1 where they are no UTF-8. */
export function fromBytes(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : bytes;
}

/** Text as the bytes of its UTF-8. */
export function toBytes(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}
