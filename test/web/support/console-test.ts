import { randomUUID } from 'node:crypto';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import { stateOfRun } from './run-state.ts';
import { createStack, type Stack } from './stack.ts';

export { expect };

interface Fixtures {
  /** An account of this test's own, with a quota of ten and a sending identity. */
  readonly account: string;
  /** Whom the page may talk to besides the API. */
  readonly otherOrigins: string[];
  /** Holds for every test: no other host is asked, no policy is broken, no script fails. */
  readonly isWellBehaved: undefined;
}

/** A test of the console in a browser, against the running stack. */
export const test = base.extend<Fixtures, { readonly stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      await use(createStack(stateOfRun()));
    },
    { scope: 'worker' },
  ],
  account: async ({ stack }, use) => {
    const account = `web-${randomUUID().slice(0, 8)}`;
    await stack
      .clientOf(account)
      .saveAccount({ contacts: 500, sendingIdentities: [`${account}.example.com`] });
    await use(account);
  },
  otherOrigins: [[], { option: true }],
  isWellBehaved: [
    async ({ context, otherOrigins, stack }, use) => {
      const misdeeds = watch(context, [stack.apiUrl, ...otherOrigins]);
      await use(undefined);
      expect(misdeeds).toEqual([]);
    },
    { auto: true },
  ],
});

function watch(context: BrowserContext, origins: readonly string[]): string[] {
  const misdeeds: string[] = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !origins.includes(origin)) misdeeds.push(`asked ${request.url()}`);
  });
  context.on('weberror', (error) => misdeeds.push(`failed: ${error.error().message}`));
  context.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) misdeeds.push(message.text());
  });
  context.on('dialog', (dialog) => {
    misdeeds.push(`opened a dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  return misdeeds;
}
