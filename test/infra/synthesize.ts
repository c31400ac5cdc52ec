import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReboundStack } from '../../infra/rebound-stack.ts';
import { parseSettings } from '../../infra/settings.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template holds whatever CloudFormation takes.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** The stack's template for a context; the functions' code is not bundled. */
export function synthesize(context: Readonly<Record<string, unknown>> = {}): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'rebound-cdk.out-'));
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
    return Template.fromStack(new ReboundStack(app, 'Rebound', parseSettings(context)));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Resources of a type as [logical id, resource]. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

/** The only resource of a type whose logical id starts so. */
export function resourceOf(template: Template, type: string, start = ''): Resource {
  const found = resourcesOf(template, type).filter(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources ${type} ${start}`);
  return only[1];
}

/** `Ref`, `Fn::GetAtt` and `Fn::Join` as readable text: `<AddressBounces.Arn>/index/byAccount`. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${withoutHash(Ref)}>`;
  if (Array.isArray(attribute)) return `<${withoutHash(String(attribute[0]))}.${attribute[1]}>`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(readable).join(String(join[0]));
  throw new Error(`Neither text nor reference: ${JSON.stringify(value)}`);
}

export function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
