import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { ROUTES, type Route, type Scope } from '../../infra/routes.ts';
import { ACCOUNT, createRegisteredApi } from '../functions/api-harness.ts';
import { tokenWith } from '../http/events.ts';
import { resourcesOf, synthesize } from '../infra/synthesize.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FUNCTIONS = foldersIn('functions');
const DOORS = FUNCTIONS.map((name) => `functions/${name}/index.ts`);
/** The functions behind the API. */
const ROOMS = [...new Set(ROUTES.map((route) => route.function))];
const SCOPES: readonly Scope[] = [...new Set(ROUTES.flatMap(({ scope }) => scope ?? []))];

const PLAIN = synthesize();
const ISSUER = { jwtIssuer: 'https://issuer.example', jwtAudience: 'rebound', jwtScopePrefix: 'rebound/' };
/** Every setting is chosen in one of these. */
const CHOSEN = [
  synthesize({
    ...ISSUER,
    jwtAccountClaim: 'tenant',
    policyOverrides: [{ reason: 'spam', unbounce: 'never' }],
    eventsWithAddress: true,
  }),
  synthesize({ ...ISSUER, jwtAccount: 'shop' }),
];

/** What Lambda itself tells every function. */
const LAMBDA = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Every source file under a folder, by its path from the root. */
function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Code without its comments and texts. */
function bare(code: string): string {
  return code.replace(/\/\*.*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`[^`]*`/gs, '');
}

function found(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([all, group]) => group ?? all);
}

describe('every function', () => {
  test.each(FUNCTIONS)('%s has a door, a room and a word about both', (name) => {
    const files = readdirSync(path.join(ROOT, 'functions', name));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'handler.ts', 'index.ts']));
    expect(read(`functions/${name}/handler.ts`)).toContain('export function createHandler(');
    expect(read(`functions/${name}/README.md`)).toMatch(new RegExp(`^# ${name}\n`));
  });

  test('is deployed, and nothing else is', () => {
    const deployed = resourcesOf(PLAIN, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      String(Properties.Description).replace('Rebound: ', ''),
    );
    expect(deployed.sort()).toEqual(FUNCTIONS);
  });
});

describe('a door', () => {
  test.each(DOORS)('%s holds no branch and lets out the handler alone', (file) => {
    expect(found(/\b(?:if|switch|for|while|try)\b|\?|&&|\|\|/g, bare(read(file)))).toEqual([]);
    expect(found(/^export .*$/gm, read(file))).toEqual(['export const handler = createHandler({']);
  });

  test('is the only place that reads the environment, and reads it once', () => {
    const readers = [...sourcesIn('functions'), ...sourcesIn('lib')].flatMap((file) =>
      found(/process\.env/g, bare(read(file))).map(() => file),
    );
    expect(readers.sort()).toEqual(DOORS);
  });
});

test('lib/policy knows no clock and no chance', () => {
  const knowing = sourcesIn('lib/policy').filter((file) =>
    /Date\.now|new Date\(\)|Math\.random|performance/.test(bare(read(file))),
  );
  expect(knowing).toEqual([]);
});

test('no code of a function leaves work behind that goes on after its answer', () => {
  const leaving = [...sourcesIn('functions'), ...sourcesIn('lib')].filter((file) =>
    /Promise\.(?:all|race|any)\(/.test(bare(read(file))),
  );
  expect(leaving).toEqual(['lib/work-pool.ts']);
  expect(found(/Promise\.(?:all|race|any)\(/g, bare(read('lib/work-pool.ts')))).toHaveLength(1);
});

describe('the environment of a function', () => {
  /** What the stack gives a function, in these contexts together. */
  function givenTo(name: string, templates: readonly Template[]): Record<string, string> {
    const variables = templates
      .flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'))
      .filter(([, { Properties }]) => Properties.Description === `Rebound: ${name}`)
      .map(([, { Properties }]) => Properties.Environment.Variables);
    return Object.assign({}, ...variables);
  }

  /** What the door of a function asks for, itself or through what the doors share. */
  function askedBy(name: string): string[] {
    const door = read(`functions/${name}/index.ts`);
    const shared = [
      door.includes('createApiDoor(') ? read('lib/api-door.ts') : '',
      /create(?:Api)?Door\(/.test(door) ? read('lib/door.ts') : '',
    ].join('');
    return found(/environment\.\w+\('(\w+)'/g, door + shared).sort();
  }

  test.each(FUNCTIONS)('%s holds exactly what its door asks for', (name) => {
    expect(Object.keys(givenTo(name, CHOSEN)).sort()).toEqual(askedBy(name));
  });

  test.each(FUNCTIONS)('%s opens the door, in its plainest form', async (name) => {
    const before = process.env;
    const texts = Object.entries({ ...LAMBDA, ...givenTo(name, [PLAIN]) }).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : 'a-reference',
    ]);
    process.env = Object.fromEntries(texts);
    try {
      await jest.isolateModulesAsync(async () => {
        const door = await import(path.join(ROOT, 'functions', name, 'index.ts'));
        expect(door.handler).toEqual(expect.any(Function));
      });
    } finally {
      process.env = before;
    }
  });
});

describe('every route', () => {
  const routeKeyOf = ({ method, path }: Route) => `${method} ${path}`;
  const rows = ROUTES.map((route) => [routeKeyOf(route), route] as const);

  /** What each room answers to a token with one scope: the code of its problem, or undefined. */
  async function codesOf(routeKey: string, scope: Scope): Promise<Record<string, string | undefined>> {
    const api = await createRegisteredApi();
    const event = {
      routeKey,
      pathParameters: { account: ACCOUNT, address: 'ada@example.com' },
      requestContext: { requestId: 'r', authorizer: tokenWith({ scope, account: ACCOUNT }) },
    };
    const answers = ROOMS.map(async (room) => [room, (await api.send(room, event)).body.code] as const);
    return Object.fromEntries(await Promise.all(answers));
  }

  test.each(rows)('%s is answered by one function, which asks for its scope', async (routeKey, route) => {
    for (const scope of SCOPES) {
      const { [route.function]: code, ...others } = await codesOf(routeKey, scope);
      expect(new Set(Object.values(others))).toEqual(new Set(['not_found']));
      expect(code).not.toBe('not_found');
      expect(code === 'forbidden').toBe(route.scope !== null && scope !== route.scope);
    }
  });

  test.each(FUNCTIONS)('that %s knows stands in the table', (name) => {
    const known = sourcesIn(`functions/${name}`).flatMap((file) =>
      found(/'((?:GET|PUT|POST|DELETE|PATCH) \/[^']*)'/g, read(file)),
    );
    const expected = ROUTES.filter((route) => route.function === name).map(routeKeyOf);
    expect(known.sort()).toEqual(expected.sort());
  });
});
