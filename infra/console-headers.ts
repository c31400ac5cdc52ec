/** What the browser is told with every file of the console, wherever it is served. Names in lower case. */
export type ConsoleHeaders = Readonly<Record<string, string>>;

/**
 * The console runs its own scripts and styles alone, is shown in no frame, and talks to its own host and to these origins.
 * Source: W3C, "Content Security Policy Level 3"; OWASP, "HTTP Security Response Headers Cheat Sheet".
 */
export function consoleHeaders(signInOrigins: readonly string[]): ConsoleHeaders {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': ["'self'", ...signInOrigins].join(' '),
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** How long a browser keeps a file: one whose name says its content for good, any other not without asking. */
export const CONSOLE_CACHING = {
  asset: 'public, max-age=31536000, immutable',
  other: 'no-cache',
} as const;
