import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const MOST_INSTALL_IN_MS = 600_000;

/** Nothing shows the console here; the message says what to do. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** A Chromium on this machine, installed with apt-get where that is allowed. Throws NoBrowserError. */
export function findChromium(environment: NodeJS.ProcessEnv): string {
  const found = placesOf(environment).find((place) => existsSync(place));
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) return installChromium(environment);
  throw new NoBrowserError(
    'These tests need Chromium. Install it (Debian: sudo apt-get install chromium), or set CHROMIUM_PATH to one.',
  );
}

function installChromium(environment: NodeJS.ProcessEnv): string {
  console.log('Installing Chromium with apt-get');
  const options: ExecFileSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: MOST_INSTALL_IN_MS,
    env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  const found = placesOf(environment).find((place) => existsSync(place));
  if (found === undefined)
    throw new NoBrowserError('apt-get has installed chromium, but it is not where it should be.');
  return found;
}

function placesOf(environment: NodeJS.ProcessEnv): string[] {
  const given = environment['CHROMIUM_PATH'];
  return given === undefined || given === '' ? PLACES : [given];
}

/** How to start it. Root has no sandbox. */
export function launchOptionsOf(executablePath: string) {
  return { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}
