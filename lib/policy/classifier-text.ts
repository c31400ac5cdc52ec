/** What a remote server said, prepared for matching. */
export interface PreparedText {
  /** Capped, lower-case, Latin accents dropped, white space collapsed: where codes and links are looked for. */
  readonly text: string;
  /** `text` without links, addresses, host names, numbers of replies and brackets: where meaning is looked for. */
  readonly words: string;
}

const HEAD_IN_CHARACTERS = 3072;
const TAIL_IN_CHARACTERS = 1024;

/** Keeps the beginning and the end, where servers put what matters, so that length costs nothing. */
export function capped(raw: string): string {
  if (raw.length <= HEAD_IN_CHARACTERS + TAIL_IN_CHARACTERS) return raw;
  return `${raw.slice(0, HEAD_IN_CHARACTERS)} ${raw.slice(-TAIL_IN_CHARACTERS)}`;
}

/** Prepares a diagnostic of any length and content. */
export function prepare(raw: string): PreparedText {
  const text = fold(capped(raw)).replace(IP_ADDRESS, IP_PLACEHOLDER);
  const words = text
    .replace(PREAMBLE, ' ')
    .replace(IN_REPLY_TO, ' ')
    .replace(LINK, ' ')
    .replace(ADDRESS, ' ')
    .replace(HOST_OR_CODE, ' ')
    .replace(REPLY_CODE, ' ')
    .replaceAll(IP_PLACEHOLDER, ' ')
    .replace(BRACKETS, ' ')
    .replace(SPACES, ' ')
    .trim();
  return { text, words };
}

/** `smtp;`, and Postfix's `host mx.example.com[192.0.2.1] said:`: who speaks is not what is said. */
const PREAMBLE = /^(?:[a-z0-9-]{1,20} ?; ?)?(?:host \S{1,300} said: ?)?/;
const IN_REPLY_TO = /\bin reply to (?:end of )?\S{1,10}(?: \S{1,10})? command/g;
const LINK = /\b(?:https?:\/\/|www\.)\S*/g;
const IP_PLACEHOLDER = 'ip-address';
const IP_ADDRESS = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g;
const ADDRESS = /[\w!#$%&'*+/=?^`{|}~-]{1,64}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,64}){0,8}@[\w.-]{1,255}/g;
const HOST_OR_CODE = /#?[a-z0-9-]{1,63}(?:\.[a-z0-9_-]{1,63}){2,30}/g;
const REPLY_CODE = /(?<![\w.])[45]\d\d(?:-|(?![\w.]))/g;
const BRACKETS = /[<>()[\]{}"_*|«»„“”]/g;
const SPACES = /\s+/g;
const APOSTROPHES = /[’‘`´]/g;
const LATIN_ACCENTS = /([a-z])[\u0300-\u036f]+/g;
const CONTROLS = /\p{Cc}/gu;
const INVISIBLE = /\p{Cf}/gu;

function fold(raw: string): string {
  return raw
    .replace(INVISIBLE, '')
    .replace(CONTROLS, ' ')
    .toLowerCase()
    .normalize('NFD')
    .replace(LATIN_ACCENTS, '$1')
    .normalize('NFC')
    .replace(APOSTROPHES, "'")
    .replace(SPACES, ' ')
    .trim();
}
