import type { Writable } from 'node:stream';
import { type Endpoints, functionEnvironment } from './function-environment.ts';
import { createLambdaFunction, type LambdaFunction } from './lambda-function.ts';
import { TemplateError } from './template-error.ts';
import type { Topology } from './topology.ts';

export interface Functions {
  /** Throws FunctionError, after it was told to `onError`. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface FunctionsOptions {
  readonly topology: Pick<Topology, 'functions' | 'routes' | 'queueMappings' | 'streamMappings'>;
  readonly endpoints: Endpoints;
  /** Takes what the functions print. */
  readonly log: Writable;
  onError(functionName: string, error: unknown): void;
}

/** The stack's functions by ARN. Throws TemplateError when a route or a queue leads to none. */
export function createFunctions({ topology, endpoints, log, onError }: FunctionsOptions): Functions {
  const functions = new Map<string, LambdaFunction>(
    topology.functions.map((definition) => {
      const environment = functionEnvironment(definition, endpoints);
      return [definition.arn, createLambdaFunction({ definition, environment, log })];
    }),
  );
  const { routes, queueMappings, streamMappings } = topology;
  for (const { functionArn } of [...routes, ...queueMappings, ...streamMappings]) {
    if (!functions.has(functionArn)) throw new TemplateError(`the stack holds no function ${functionArn}`);
  }
  return {
    async invoke(functionArn, event) {
      const lambda = functions.get(functionArn);
      if (lambda === undefined) throw new TemplateError(`the stack holds no function ${functionArn}`);
      try {
        return await lambda.invoke(event);
      } catch (error) {
        onError(lambda.name, error);
        throw error;
      }
    },
    async stop() {
      await Promise.all([...functions.values()].map((lambda) => lambda.stop()));
    },
  };
}
