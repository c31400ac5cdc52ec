import type { Resource, Stack } from './cloud-assembly.ts';
import { arnOf, nameOf } from './references.ts';

export interface FunctionDefinition {
  /** The construct's id in the CDK app, `RecordBounces`. */
  readonly name: string;
  readonly arn: string;
  /** Where the bundle lies. */
  readonly directory: string;
  /** Module and export, `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutInMs: number;
  readonly memoryInMb: number;
}

/** What of `AWS::Lambda::Function` means something on this machine. */
interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly Timeout?: number;
  readonly MemorySize?: number;
}

export interface FunctionSource {
  readonly logicalId: string;
  readonly resource: Resource;
  readonly properties: unknown;
  readonly stack: Stack;
}

/** Timeout and memory default to Lambda's own 3 s and 128 MB. Throws TemplateError. */
export function readFunction({ logicalId, resource, properties, stack }: FunctionSource): FunctionDefinition {
  const { Code, Handler, Environment, Timeout = 3, MemorySize = 128 } = properties as FunctionProperties;
  return {
    name: constructId(resource) ?? logicalId,
    arn: arnOf('lambda', `function:${nameOf(logicalId)}`),
    directory: stack.assetDirectory(Code.S3Key),
    handler: Handler,
    environment: Environment?.Variables ?? {},
    timeoutInMs: Timeout * 1000,
    memoryInMb: MemorySize,
  };
}

/** `RecordBounces` of `Rebound/RecordBounces/Resource`. */
function constructId({ Metadata }: Resource): string | undefined {
  return String(Metadata?.['aws:cdk:path']).split('/').at(-2);
}
