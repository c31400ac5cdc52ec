import { closeHost } from './dynamo-local-host.ts';

/** Runs once, after all test files. */
export default async function tearDown(): Promise<void> {
  await closeHost();
}
