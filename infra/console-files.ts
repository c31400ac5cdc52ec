import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where the console stands on its host. */
export const CONSOLE_PATH = '/console/';
/** What it asks first: which API, which issuer, which accounts. Made here, not built. */
export const CONSOLE_CONFIG = 'config.json';
/** The page that answers every path of the console that is no file. */
export const CONSOLE_PAGE = 'index.html';
/** Below it, a name that is no file is an error, not a page. */
export const CONSOLE_ASSETS = 'assets/';

/** Where `npm run build:web` writes. */
export const WEB_DIST = path.resolve(import.meta.dirname, '../web/dist');

/** The built files by their names below `/console/`, in order; none when it was not built. */
export function listConsoleFiles(directory = WEB_DIST): readonly string[] {
  if (!existsSync(path.join(directory, CONSOLE_PAGE))) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    )
    .sort();
}
