import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CONSOLE_ASSETS,
  CONSOLE_CONFIG,
  CONSOLE_PAGE,
  CONSOLE_PATH,
  listConsoleFiles,
} from '../../infra/console-files.ts';
import { CONSOLE_CACHING, consoleHeaders } from '../../infra/console-headers.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';

export interface ConsoleOptions {
  /** What `npm run build:web` writes. */
  readonly directory: string;
  /** What `config.json` says. */
  readonly config: unknown;
  /** Sees to it that the files are there; throws with a line that says why they are not. */
  readonly build: () => Promise<void>;
}

export interface ConsoleRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
}

/** Answers what stands at `/console`; null for any other path. */
export type Console = (request: ConsoleRequest) => Promise<GatewayAnswer | null>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const HEADERS = consoleHeaders([]);

/** Creates what serves the console on this machine, as CloudFront does for a deployed stack. */
export function createConsole({ directory, config, build }: ConsoleOptions): Console {
  return async ({ method, rawPath }) => {
    if (rawPath === CONSOLE_PATH.slice(0, -1)) return redirect(CONSOLE_PATH);
    if (!rawPath.startsWith(CONSOLE_PATH)) return null;
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
    const name = rawPath.slice(CONSOLE_PATH.length);
    if (name === CONSOLE_CONFIG) return answerOf(name, Buffer.from(JSON.stringify(config)));
    try {
      await build();
    } catch (error) {
      return text(503, error instanceof Error ? error.message : String(error));
    }
    const file = fileOf(name, listConsoleFiles(directory));
    return file === null
      ? text(404, 'Not found.')
      : answerOf(file, await readFile(path.join(directory, file)));
  };
}

/** Only what the directory lists is ever read, so no path leads out of it. */
function fileOf(name: string, files: readonly string[]): string | null {
  if (files.includes(name)) return name;
  return name.startsWith(CONSOLE_ASSETS) ? null : CONSOLE_PAGE;
}

function answerOf(name: string, body: Buffer): GatewayAnswer {
  return {
    status: 200,
    headers: {
      ...HEADERS,
      'content-type': CONTENT_TYPES[path.extname(name)] ?? 'application/octet-stream',
      'cache-control': name.startsWith(CONSOLE_ASSETS) ? CONSOLE_CACHING.asset : CONSOLE_CACHING.other,
    },
    body,
  };
}

function redirect(location: string): GatewayAnswer {
  return { status: 308, headers: { ...HEADERS, location }, body: Buffer.alloc(0) };
}

function text(status: number, line: string, headers: Readonly<Record<string, string>> = {}): GatewayAnswer {
  return {
    status,
    headers: {
      ...HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
    body: Buffer.from(`${line}\n`),
  };
}
