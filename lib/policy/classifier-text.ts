/** What a remote server said, prepared for matching; at most 2 KB of it. */
export interface PreparedText {
  /** Where codes and links are looked for. */
  readonly text: string;
  /** `text` without links, addresses, host names, reply codes and brackets: where meaning is looked for. */
  readonly words: string;
}

const HEAD_IN_CHARACTERS = 1536;
const TAIL_IN_CHARACTERS = 512;
const IP_PLACEHOLDER = 'ip-address';

/** What is cut out before meaning is looked for; strangers' texts meet these first, so each runs in linear time. */
export const TEXT_PATTERNS = {
  controls: /\p{Cc}/gu,
  invisible: /\p{Cf}/gu,
  latinAccents: /([a-z])[\u0300-\u036f]+/g,
  apostrophes: /[’‘`´]/g,
  spaces: /\s+/g,
  ipAddress: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g,
  /** `smtp;`, and Postfix's `host mx.example.com[192.0.2.1] said:`: who speaks is not what is said. */
  preamble: /^(?:[a-z0-9-]{1,20} ?; ?)?(?:host \S{1,300} said: ?)?/,
  inReplyTo: /\bin reply to (?:end of )?\S{1,10}(?: \S{1,10})? command/g,
  link: /\b(?:https?:\/\/|www\.)\S{0,2048}/g,
  address:
    /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w!#$%&'*+/=?^`{|}~-]{1,64}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,64}){0,8}@[\w.-]{1,255}/g,
  hostOrStatusCode: /(?<![a-z0-9.-])#?[a-z0-9-]{1,63}(?:\.[a-z0-9_-]{1,63}){2,30}/g,
  replyCode: /(?<![\w.])[45]\d\d(?:-|(?![\w.]))/g,
  brackets: /[<>()[\]{}"_*|«»„“”]/g,
} as const satisfies Record<string, RegExp>;

/** One line of plain lower-case text: the beginning and the end, where servers put what matters. */
export function plain(raw: string): string {
  return capped(raw)
    .replace(TEXT_PATTERNS.invisible, '')
    .replace(TEXT_PATTERNS.controls, ' ')
    .toLowerCase()
    .normalize('NFD')
    .replace(TEXT_PATTERNS.latinAccents, '$1')
    .normalize('NFC')
    .replace(TEXT_PATTERNS.apostrophes, "'")
    .replace(TEXT_PATTERNS.spaces, ' ')
    .trim();
}

/** Prepares what `plain` gave. */
export function prepare(line: string): PreparedText {
  const text = line.replace(TEXT_PATTERNS.ipAddress, IP_PLACEHOLDER);
  const words = text
    .replace(TEXT_PATTERNS.preamble, ' ')
    .replace(TEXT_PATTERNS.inReplyTo, ' ')
    .replace(TEXT_PATTERNS.link, ' ')
    .replace(TEXT_PATTERNS.address, ' ')
    .replace(TEXT_PATTERNS.hostOrStatusCode, ' ')
    .replace(TEXT_PATTERNS.replyCode, ' ')
    .replaceAll(IP_PLACEHOLDER, ' ')
    .replace(TEXT_PATTERNS.brackets, ' ')
    .replace(TEXT_PATTERNS.spaces, ' ')
    .trim();
  return { text, words };
}

/** Length costs nothing, whatever a stranger sends. */
function capped(raw: string): string {
  if (raw.length <= HEAD_IN_CHARACTERS + TAIL_IN_CHARACTERS) return raw;
  return `${raw.slice(0, HEAD_IN_CHARACTERS)} ${raw.slice(-TAIL_IN_CHARACTERS)}`;
}
