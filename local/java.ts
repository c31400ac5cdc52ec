import { spawnSync } from 'node:child_process';
import { StartError } from './start-error.ts';

const OLDEST_JAVA = 17;
const ADVICE =
  'Install one (https://adoptium.net), or set DYNAMODB_ENDPOINT to a DynamoDB Local that runs elsewhere.';

/** Major version in what `java -version` prints, null when it names none; Java 8 calls itself 1.8. */
export function javaMajorVersion(output: string): number | null {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return null;
  return Number(first === '1' && second !== undefined ? second : first);
}

/** Throws StartError unless a Java that can run DynamoDB Local is on the PATH. */
export function checkJava(): void {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8', timeout: 10_000 });
  const version = javaMajorVersion(stderr ?? '');
  if (version === null) {
    throw new StartError(`DynamoDB Local needs Java ${OLDEST_JAVA} or later, and none was found. ${ADVICE}`);
  }
  if (version < OLDEST_JAVA) {
    throw new StartError(`DynamoDB Local needs Java ${OLDEST_JAVA} or later, not Java ${version}. ${ADVICE}`);
  }
}
