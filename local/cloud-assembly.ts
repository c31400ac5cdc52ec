import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './template-error.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** One synthesized stack: its template, and where each of its assets lies. */
export interface Stack {
  readonly template: Template;
  /** Directory of the asset that is uploaded under the object key. Throws TemplateError when there is none. */
  assetDirectory(objectKey: string): string;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly type: string; readonly properties?: Readonly<Record<string, unknown>> }>
  >;
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** Reads a stack from a cloud assembly, the directory that `cdk synth` writes. Throws TemplateError. */
export function readStack(assemblyDir: string, stackName: string): Stack {
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(assemblyDir, file), 'utf8')) as T;
  const { artifacts } = read<Manifest>('manifest.json');
  const stack = artifacts[stackName];
  if (stack?.type !== 'aws:cloudformation:stack') {
    throw new TemplateError(`the CDK app synthesizes no stack ${stackName}`);
  }
  const assets = read<AssetManifest>(String(artifacts[`${stackName}.assets`]?.properties?.['file']));
  return {
    template: read<Template>(String(stack.properties?.['templateFile'])),
    assetDirectory(objectKey) {
      const asset = Object.values(assets.files).find(({ destinations }) =>
        Object.values(destinations).some((destination) => destination.objectKey === objectKey),
      );
      if (asset?.source.path === undefined) throw new TemplateError(`the stack holds no asset ${objectKey}`);
      return join(assemblyDir, asset.source.path);
    },
  };
}
