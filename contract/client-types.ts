import { type ContractDocument, type OperationAt, operationsOf, resolve, type Schema } from './document.ts';
import { declarationOf, typeOf } from './types-of-schemas.ts';

const HEADER = '// Made from docs/openapi.yaml by `npm run generate`. Changes go there.';

/** The contract as TypeScript, `client/contract.ts`: every schema, and every operation with what it takes and answers. */
export function clientTypes(document: ContractDocument): string {
  const schemas = Object.entries(document.components.schemas);
  const operations = operationsOf(document);
  return `${[
    HEADER,
    ...schemas.map(([name, schema]) => declarationOf(name, schema)),
    operationTable(operations),
    `/** What each operation takes and what it answers. */\nexport interface Operations {\n${operations
      .map((operation) => operationType(document, operation))
      .join('\n')}\n}`,
  ].join('\n\n')}\n`;
}

function operationTable(operations: readonly OperationAt[]): string {
  const rows = operations.map(
    ({ operation, method, path }) =>
      `  ${operation.operationId}: { method: '${method.toUpperCase()}', path: '${path}' },`,
  );
  return `/** Where each operation stands. */\nexport const OPERATIONS = {\n${rows.join('\n')}\n} as const;`;
}

function operationType(document: ContractDocument, { operation, parameters }: OperationAt): string {
  const body = operation.requestBody?.content['application/json']?.schema;
  const answer = resolve(document, operation.responses['200'] ?? { $ref: '#/200' }).content[
    'application/json'
  ];
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return [
    `  /** ${operation.summary}. */`,
    `  readonly ${operation.operationId}: {`,
    `    readonly query: ${query.length === 0 ? 'Readonly<Record<string, never>>' : typeOf(objectOf(query), '    ')};`,
    `    readonly body: ${body === undefined ? 'undefined' : typeOf(body, '    ')};`,
    `    readonly answer: ${typeOf(answer?.schema ?? {}, '    ')};`,
    '  };',
  ].join('\n');
}

function objectOf(parameters: OperationAt['parameters']): Schema {
  return {
    type: 'object',
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(
      parameters.map(({ name, description, schema }) => [
        name,
        { ...schema, ...(description !== undefined && { description }) },
      ]),
    ),
  };
}
