import type { Schema } from './document.ts';

/** One exported type: an interface for an object, else an alias. */
export function declarationOf(name: string, schema: Schema): string {
  const comment = commentOf(schema, '');
  return schema.properties === undefined
    ? `${comment}export type ${name} = ${typeOf(schema)};`
    : `${comment}export interface ${name} ${typeOf(schema)}`;
}

/** A schema as TypeScript. Throws for what this generator does not know, rather than calling it `unknown`. */
export function typeOf(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ');
  const types = [schema.type ?? []].flat();
  if (types.length === 0) throw new Error(`A schema without a type: ${JSON.stringify(schema)}`);
  return types.map((type) => simpleType(type, schema, indent)).join(' | ');
}

function simpleType(type: string, schema: Schema, indent: string): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return listOf(typeOf(schema.items ?? {}, indent));
    case 'object':
      return objectType(schema, indent);
    default:
      throw new Error(`A type that TypeScript does not have: ${type}`);
  }
}

function objectType(schema: Schema, indent: string): string {
  const { properties, additionalProperties, propertyNames, required = [] } = schema;
  if (properties !== undefined) {
    const inner = `${indent}  `;
    const members = Object.entries(properties).map(([name, member]) => {
      const mark = required.includes(name) ? '' : '?';
      return `${commentOf(member, inner)}${inner}readonly ${name}${mark}: ${typeOf(member, inner)};`;
    });
    return `{\n${members.join('\n')}\n${indent}}`;
  }
  if (typeof additionalProperties === 'object') {
    const record = `Record<${propertyNames ? typeOf(propertyNames) : 'string'}, ${typeOf(additionalProperties)}>`;
    return propertyNames ? `Readonly<Partial<${record}>>` : `Readonly<${record}>`;
  }
  return 'Readonly<Record<string, unknown>>';
}

function listOf(item: string): string {
  return item.includes(' | ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

function commentOf({ description }: Schema, indent: string): string {
  return description === undefined ? '' : `${indent}/** ${description.trim().replace(/\s+/g, ' ')} */\n`;
}
