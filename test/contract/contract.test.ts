import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type Content,
  type Example,
  type MaybeReference,
  operationsOf,
  readContract,
  resolve,
  type Schema,
} from '../../contract/document.ts';
import { generatedFiles } from '../../contract/generated-files.ts';
import { ROUTES } from '../../infra/routes.ts';
import { PROBLEMS } from '../../lib/http/problem.ts';
import { REASONS } from '../../lib/policy/reason.ts';
import { UNBOUNCE_RULES } from '../../lib/policy/refusal.ts';
import { closed, createValidator } from './validator.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const contract = readContract();
const { schemas, examples } = contract.components;
const operations = operationsOf(contract);

describe('the document names', () => {
  test('every route, and no other', () => {
    const routes = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(operations.map(({ routeKey }) => routeKey).sort()).toEqual(routes.sort());
  });

  test.each(operations)('the scope of $routeKey', ({ routeKey, operation }) => {
    const route = ROUTES.find(({ method, path }) => `${method} ${path}` === routeKey);
    const scopes = route?.scope === null ? [] : [route?.scope];
    expect(operation.security).toEqual([{ signature: [] }, { token: scopes }]);
  });

  test.each(operations)('the parameters in the path of $routeKey', ({ path, parameters }) => {
    const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
    expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
  });

  test('every problem code, and no other', () => {
    expect(schemas['ProblemCode']?.enum).toEqual(Object.keys(PROBLEMS));
  });

  test.each(Object.entries(PROBLEMS))('%s with its status and title, by an example', (code, expected) => {
    expect(examples[code]?.value).toMatchObject({ ...expected, code, type: `urn:rebound:problem:${code}` });
  });

  test('every reason and every condition of the unbounce', () => {
    expect(schemas['Reason']?.enum).toEqual(REASONS);
    expect(schemas['UnbounceRule']?.enum).toEqual([...UNBOUNCE_RULES].sort());
  });

  test('the version of the package', () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(contract.info['version']).toBe(version);
  });
});

test.each(Object.entries(generatedFiles(contract)))('%s is current: npm run generate', (file, text) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
});

describe('the examples', () => {
  const validate = createValidator(closed(contract));

  function examplesOf(content: Content): (readonly [name: string, Schema, unknown])[] {
    return Object.values(content).flatMap(({ schema, examples }) => valuesOf(schema, examples));
  }

  function valuesOf(schema: Schema, examples: Readonly<Record<string, MaybeReference<Example>>>) {
    return Object.entries(examples).map(
      ([name, example]) => [name, schema, resolve(contract, example).value] as const,
    );
  }

  const all = operations.flatMap(({ routeKey, operation, parameters }) => {
    const responses = Object.entries(operation.responses).map(
      ([status, response]) => [status, resolve(contract, response)] as const,
    );
    const headers = responses.flatMap(([, response]) => Object.values(response.headers ?? {}));
    return [
      ...parameters.flatMap(({ name, schema, example, examples }) =>
        examples === undefined ? [[name, schema, example] as const] : valuesOf(schema, examples),
      ),
      ...examplesOf(operation.requestBody?.content ?? {}),
      ...responses.flatMap(([, { content }]) => examplesOf(content)),
      ...headers.map((header) => {
        const { schema, example } = resolve(contract, header);
        return ['header', schema, example] as const;
      }),
    ].map(([name, schema, value]) => [`${routeKey}: ${name}`, schema, value] as const);
  });

  test('are there for everything that is taken or answered', () => {
    const withoutOne = operations.flatMap(({ routeKey, operation }) =>
      [
        operation.requestBody,
        ...Object.values(operation.responses).map((response) => resolve(contract, response)),
      ]
        .flatMap((body) => Object.values(body?.content ?? {}))
        .filter(({ examples }) => Object.keys(examples).length === 0)
        .map(() => routeKey),
    );
    expect(withoutOne).toEqual([]);
    expect(all.length).toBeGreaterThan(100);
  });

  test.each(all)('%s is what its schema says', (_name, schema, value) => {
    expect(validate(schema, value)).toEqual([]);
  });

  test.each(Object.values(examples).filter(({ value }) => (value as { refusals?: unknown }).refusals))(
    '"$summary" says the same at the top as in its first refusal',
    ({ value }) => {
      const { code, rule, detail, refusals } = value as Record<string, unknown> & { refusals: unknown[] };
      expect(refusals[0]).toMatchObject({ code, rule, message: detail });
    },
  );
});
