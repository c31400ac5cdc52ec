import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { consoleHeaders } from '../../../infra/console-headers.ts';
import { createConsole } from '../../../local/console/serve-console.ts';
import { type Gateway, openGateway } from '../../../local/gateway.ts';

const CONFIG = { apiUrl: '/', auth: null, accounts: ['default'] };
const PAGE = '<!doctype html><title>Rebound</title>';
let root: string;
let gateway: Gateway;
let failure: Error | null = null;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'rebound-console-'));
  const directory = path.join(root, 'dist');
  mkdirSync(path.join(directory, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'secret.txt'), 'secret');
  writeFileSync(path.join(directory, 'index.html'), PAGE);
  writeFileSync(path.join(directory, 'robots.txt'), 'User-agent: *');
  for (const name of ['index-a1.js', 'index-a1.css', 'icon-a1.svg', 'thing-a1.bin']) {
    writeFileSync(path.join(directory, 'assets', name), name);
  }
  gateway = await openGateway(0);
  const build = async () => {
    if (failure !== null) throw failure;
  };
  const routes = [{ key: 'GET /v1/openapi.json', functionArn: 'arn' }];
  const invoke = async () => ({ statusCode: 200, body: '{}' });
  gateway.serve({ routes, invoke, console: createConsole({ directory, config: CONFIG, build }) });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(root, { recursive: true });
});

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Sends a path just as it is written: `fetch` would resolve its dots. */
function get(target: string, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const outgoing = sendRequest({ hostname, port, method, path: target }, async (incoming) => {
      let body = '';
      for await (const piece of incoming) body += piece;
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
    });
    outgoing.once('error', reject).end();
  });
}

describe('the console on this machine', () => {
  test.each([
    ['/console/', 'text/html; charset=utf-8', PAGE, 'no-cache'],
    ['/console/index.html?from=mail', 'text/html; charset=utf-8', PAGE, 'no-cache'],
    ['/console/robots.txt', 'text/plain; charset=utf-8', 'User-agent: *', 'no-cache'],
    [
      '/console/assets/index-a1.js',
      'text/javascript; charset=utf-8',
      'index-a1.js',
      'public, max-age=31536000, immutable',
    ],
    [
      '/console/assets/index-a1.css',
      'text/css; charset=utf-8',
      'index-a1.css',
      'public, max-age=31536000, immutable',
    ],
    ['/console/assets/icon-a1.svg', 'image/svg+xml', 'icon-a1.svg', 'public, max-age=31536000, immutable'],
    [
      '/console/assets/thing-a1.bin',
      'application/octet-stream',
      'thing-a1.bin',
      'public, max-age=31536000, immutable',
    ],
    ['/console/config.json', 'application/json', JSON.stringify(CONFIG), 'no-cache'],
  ])('serves %s as %s', async (target, contentType, body, caching) => {
    expect(await get(target)).toMatchObject({
      status: 200,
      headers: { ...consoleHeaders([]), 'content-type': contentType, 'cache-control': caching },
      body,
    });
  });

  test.each(['/console/campaigns/spring', '/console/addresses/ada@example.com', '/console/addresses/a.js'])(
    'answers %s with the page, which reads the path itself',
    async (target) => {
      expect(await get(target)).toMatchObject({ status: 200, body: PAGE });
    },
  );

  test.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/..\\secret.txt',
    '/console//../../secret.txt',
    '/console/assets/../../secret.txt',
    '/console/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/console/index.html%00',
    '/console/%',
  ])('never leaves its directory by %s', async (target) => {
    const { status, body } = await get(target);
    expect([200, 404]).toContain(status);
    expect(body).not.toContain('secret');
  });

  test('answers 404 for an asset that there is not, with the same headers', async () => {
    const { status, headers } = await get('/console/assets/index-b2.js');
    expect(status).toBe(404);
    expect(headers).toMatchObject({ ...consoleHeaders([]), 'cache-control': 'no-store' });
  });

  test('leads /console to /console/', async () => {
    expect(await get('/console')).toMatchObject({ status: 308, headers: { location: '/console/' } });
  });

  test('leaves every other path to the API', async () => {
    expect(await get('/v1/openapi.json')).toMatchObject({ status: 200, body: '{}' });
    for (const target of ['/', '/consoles', '/index.html', '/v1/console/']) {
      expect(await get(target)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    }
  });

  test('is read with GET and HEAD alone', async () => {
    expect(await get('/console/', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await get('/console/', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('says so when it could not be built, and leaves the API alone', async () => {
    failure = new Error('The console could not be built.');
    try {
      expect(await get('/console/')).toMatchObject({
        status: 503,
        body: 'The console could not be built.\n',
      });
      expect(await get('/v1/openapi.json')).toMatchObject({ status: 200 });
    } finally {
      failure = null;
    }
  });
});

test('the headers allow the console nothing but itself and where people sign in', () => {
  const { 'content-security-policy': policy, ...others } = consoleHeaders(['https://login.example']);
  expect(policy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https://login.example; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(others).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});
