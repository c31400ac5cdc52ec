/** A connection that broke, or could not be made for now: of Node's `fetch`. Nobody listens (ECONNREFUSED) is none of them. */
const BROKEN = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/** What Chrome, Firefox and Safari say; they name no cause, and say the same of a page that may not call. */
const BROWSERS_WORDS =
  /^(Failed to fetch|NetworkError when attempting to fetch resource\.|Load failed|network error)$/;

/** Whether the error is of the connection, so that nobody knows whether the call arrived, and another try may succeed. */
export function isBrokenConnection(error: unknown): boolean {
  const { name, message, cause } = (error ?? {}) as Partial<Error>;
  if (name !== 'TypeError') return false;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? BROKEN.has(code) : BROWSERS_WORDS.test(message ?? '');
}
