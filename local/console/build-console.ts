import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CONSOLE_PAGE } from '../../infra/console-files.ts';
import { endWithUs } from '../children.ts';

export interface ConsoleBuild {
  /** The project's directory. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  report(line: string): void;
}

/** What the console is made of, below the project's directory. */
const SOURCES = ['web', 'client', 'package-lock.json'];
/** Written by the build, or by an editor. */
const NO_SOURCE = new Set(['dist', 'node_modules']);
const FAILED = 'The console could not be built; npm run build:web says why.';

/**
 * Creates what builds the console when it is asked for and is missing or older than its sources. It waits for the first
 * request, so that a start costs nothing to those who never open it. Throws Error when there is nothing to serve.
 */
export function createConsoleBuild({ root, environment, report }: ConsoleBuild): () => Promise<void> {
  let running: Promise<void> | null = null;
  let failedAt = 0;

  const build = async () => {
    const [builtAt, changedAt] = await Promise.all([
      modifiedAt(path.join(root, 'web/dist', CONSOLE_PAGE)),
      newestOf(root, SOURCES),
    ]);
    if (builtAt > changedAt) return;
    if (failedAt < changedAt) {
      report('Building the console (npm run build:web)');
      const startedAt = Date.now();
      if (await runBuild(root, environment)) return;
      failedAt = startedAt;
      report(builtAt > 0 ? `${FAILED} Serving the last one.` : FAILED);
    }
    if (builtAt === 0) throw new Error(FAILED);
  };

  return () => {
    running ??= build().finally(() => {
      running = null;
    });
    return running;
  };
}

async function runBuild(root: string, environment: ConsoleBuild['environment']): Promise<boolean> {
  const npm = endWithUs(
    spawn('npm', ['run', '--silent', 'build:web'], { cwd: root, env: { ...environment } }),
  );
  const exitCode = new Promise<number | null>((resolve) => {
    npm.once('error', () => resolve(null));
    npm.once('close', resolve);
  });
  const [code] = await Promise.all([exitCode, text(npm.stdout), text(npm.stderr)]);
  return code === 0;
}

/** When the newest of these was changed, whatever lies in them. */
async function newestOf(directory: string, names: readonly string[]): Promise<number> {
  const times = await Promise.all(
    names.map(async (name) => {
      const place = path.join(directory, name);
      const entries = await readdir(place, { withFileTypes: true }).catch(() => null);
      if (entries === null) return await modifiedAt(place);
      const inside = entries.map((entry) => entry.name).filter((inner) => !NO_SOURCE.has(inner));
      return await newestOf(place, inside);
    }),
  );
  return Math.max(0, ...times);
}

/** 0 when there is no such file. */
async function modifiedAt(file: string): Promise<number> {
  return await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
