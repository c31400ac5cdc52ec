import type { Stack } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Tables } from './tables.ts';

/** A resource by the name that it has in the stack: `BounceIntakeDeadLetterQueue`. */
export interface Watched<T> {
  readonly name: string;
  readonly resource: T;
}

/**
 * All functions of the stack: whoever adds one need not think of its alarms. Those that the CDK brings along run while the
 * stack is deployed, which then says by itself that they failed.
 */
export function functionsIn(stack: Stack): readonly Watched<LambdaFunction>[] {
  return allIn(stack, LambdaFunction).filter(({ name }) => !name.startsWith('Custom::'));
}

/** The functions that a stream feeds. */
export function streamReadersIn(stack: Stack): readonly Watched<LambdaFunction>[] {
  return functionsIn(stack).filter(({ resource }) =>
    resource.node
      .findAll()
      .some((child) => child instanceof CfnEventSourceMapping && child.startingPosition !== undefined),
  );
}

export function queuesIn(stack: Stack): readonly Watched<Queue>[] {
  return allIn(stack, Queue);
}

/** The queues out of which nothing is taken: those that give nothing up to another one. */
export function deadLetterQueuesIn(stack: Stack): readonly Watched<Queue>[] {
  return queuesIn(stack).filter(({ resource }) => resource.deadLetterQueue === undefined);
}

export function tablesOf(tables: Tables): readonly Watched<Table | ITable>[] {
  return Object.values(tables).map(({ table }) => ({ name: table.node.id, resource: table }));
}

function allIn<T>(stack: Stack, type: abstract new (...args: never[]) => T): readonly Watched<T>[] {
  return stack.node.findAll().flatMap((construct) => {
    const name = construct.node.path.split('/').slice(1).join('');
    return construct instanceof type ? [{ name, resource: construct }] : [];
  });
}
