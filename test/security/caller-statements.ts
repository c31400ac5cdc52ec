import { asList, readable, resourceOf, synthesize } from '../infra/synthesize.ts';
import type { PolicyStatement } from '../support/iam.ts';
import { API_ARN } from './gateway-model.ts';

/** The statements of a policy that the stack ships to callers, as IAM will see them. */
export function callerStatements(
  policy: 'SenderPolicy' | 'OperatorPolicy',
  context: Readonly<Record<string, unknown>> = {},
): PolicyStatement[] {
  const { PolicyDocument } = resourceOf(synthesize(context), 'AWS::IAM::ManagedPolicy', policy).Properties;
  const statements = PolicyDocument.Statement as (Omit<PolicyStatement, 'Resource'> & {
    Resource: unknown;
  })[];
  return statements.map((statement) => ({
    ...statement,
    Resource: asList(statement.Resource).map((resource) => deployed(readable(resource))),
  }));
}

function deployed(arn: string): string {
  return arn.replace('arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<Api>', API_ARN);
}
