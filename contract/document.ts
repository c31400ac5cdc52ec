import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** As much of OpenAPI 3.1 as `docs/openapi.yaml` uses. */
export interface ContractDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Components;
}

export interface Components {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly responses: Readonly<Record<string, Response>>;
  readonly headers: Readonly<Record<string, Header>>;
  readonly examples: Readonly<Record<string, Example>>;
}

export interface PathItem extends Readonly<Partial<Record<Method, Operation>>> {
  readonly parameters?: readonly MaybeReference<Parameter>[];
}

export const METHODS = ['get', 'put', 'post', 'delete'] as const;
export type Method = (typeof METHODS)[number];

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly MaybeReference<Parameter>[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, MaybeReference<Response>>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, MaybeReference<Example>>>;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, MaybeReference<Header>>>;
  readonly content: Content;
}

export type Content = Readonly<Record<string, MediaType>>;

export interface MediaType {
  readonly schema: Schema;
  readonly examples: Readonly<Record<string, MaybeReference<Example>>>;
}

export interface Header {
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

/** JSON Schema 2020-12, as much of it as becomes a type. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

export interface Reference {
  readonly $ref: string;
}

export type MaybeReference<T> = T | Reference;

/** Reads the contract, `docs/openapi.yaml`. */
export function readContract(): ContractDocument {
  const file = path.resolve(import.meta.dirname, '../docs/openapi.yaml');
  return parse(readFileSync(file, 'utf8')) as ContractDocument;
}

/** What stands where a reference of the document points, or the value itself. Throws on a reference that leads nowhere. */
export function resolve<T extends object>(document: ContractDocument, value: MaybeReference<T>): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
  const found = value.$ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document);
  if (found === undefined) throw new Error(`Nothing stands at ${value.$ref}.`);
  return found as T;
}

/** An operation with where it stands and every parameter of it. */
export interface OperationAt {
  readonly method: Method;
  readonly path: string;
  /** The gateway's own name for it, `GET /v1/accounts/{account}`. */
  readonly routeKey: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

/** Every operation, in the order of the document. */
export function operationsOf(document: ContractDocument): OperationAt[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return {
        method,
        path,
        routeKey: `${method.toUpperCase()} ${path}`,
        operation,
        parameters: parameters.map((parameter) => resolve(document, parameter)),
      };
    }),
  );
}
