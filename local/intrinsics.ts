import { TemplateError } from './template-error.ts';

/** What a template's references stand for on this machine. */
export interface References {
  ref(name: string): string;
  attribute(logicalId: string, name: string): string;
}

/**
 * The value with every intrinsic function replaced by what it stands for.
 * Understands Ref, Fn::GetAtt, Fn::Join and Fn::Sub; throws TemplateError for any other.
 * Source: AWS CloudFormation template reference, "Intrinsic function reference".
 */
export function resolveValue(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, references));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isIntrinsic(first[0])) {
    return resolveIntrinsic(first[0], first[1], references);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveValue(item, references)]));
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function resolveIntrinsic(name: string, argument: unknown, references: References): unknown {
  switch (name) {
    case 'Ref':
      return references.ref(argument as string);
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = argument as [string, string];
      return references.attribute(logicalId, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolveValue(part, references)).join(separator);
    }
    case 'Fn::Sub':
      return substitute(argument, references);
    default:
      throw new TemplateError(`the template uses ${name}, which is not understood on this machine`);
  }
}

function substitute(argument: unknown, references: References): string {
  if (typeof argument !== 'string') {
    throw new TemplateError(
      'the template uses Fn::Sub with variables, which is not understood on this machine',
    );
  }
  return argument.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const [logicalId = '', ...attribute] = name.split('.');
    return attribute.length === 0
      ? references.ref(name)
      : references.attribute(logicalId, attribute.join('.'));
  });
}
