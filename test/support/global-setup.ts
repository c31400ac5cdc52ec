import { HOST_VARIABLE, openHost } from './dynamo-local-host.ts';

/** Runs once, before all test files. */
export default async function setUp(): Promise<void> {
  process.env[HOST_VARIABLE] = await openHost();
}
