import path from 'node:path';
import { AssetHashType, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleFunction, functionFolder } from './bundle.ts';

export interface NodeFunctionOptions {
  /** The folder under `functions/`, a verb in kebab-case. */
  readonly name: string;
  readonly memoryInMb: number;
  readonly timeoutInSeconds: number;
  readonly logRetentionInDays: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Creates a function that may write its own log and nothing else, until it is given more. */
export function createNodeFunction(scope: Construct, options: NodeFunctionOptions): LambdaFunction {
  const id = pascalCase(options.name);
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: options.logRetentionInDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // A role of our own: the one that the CDK would make carries a managed policy for every log group.
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const fn = new LambdaFunction(scope, id, {
    description: `Rebound: ${options.name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: bundle(options.name),
    memorySize: options.memoryInMb,
    timeout: Duration.seconds(options.timeoutInSeconds),
    environment: { ...options.environment, METRICS_NAMESPACE: Stack.of(scope).stackName },
    role,
    logGroup,
  });
  allow(fn, ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  return fn;
}

/** Lets a function do exactly these actions on exactly this resource. */
export function allow(fn: LambdaFunction, actions: readonly string[], resource: string): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
}

function bundle(name: string): Code {
  return Code.fromAsset(functionFolder(name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage,
      local: {
        tryBundle(outputFolder) {
          bundleFunction(name, path.join(outputFolder, 'index.js'));
          return true;
        },
      },
    },
  });
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
