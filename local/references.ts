import type { Resource } from './cloud-assembly.ts';
import type { References } from './intrinsics.ts';
import { TemplateError } from './template-error.ts';

/** The region and the AWS account that the emulators answer for. */
export const REGION = 'us-east-1';
export const AWS_ACCOUNT = '000000000000';

export interface Places {
  /** Where the emulator of SNS and SQS answers; queue URLs begin with it. */
  readonly messagingEndpoint: string;
  /** Ends every table's name, so that runs which share a DynamoDB Local do not meet. */
  readonly tableSuffix: string;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': AWS_ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackName': 'Rebound',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Physical name of a resource on this machine, where nothing else is named like it. */
export function nameOf(logicalId: string): string {
  return `Rebound-${logicalId}`;
}

export function arnOf(service: 'lambda' | 'sns' | 'sqs', resource: string): string {
  return `arn:aws:${service}:${REGION}:${AWS_ACCOUNT}:${resource}`;
}

/** What Ref and Fn::GetAtt answer before anything is created: every name and address is known beforehand. */
export function createReferences(
  resources: Readonly<Record<string, Resource>>,
  { messagingEndpoint, tableSuffix }: Places,
): References {
  const typeOf = (logicalId: string): string => {
    const type = resources[logicalId]?.Type;
    if (type === undefined) throw new TemplateError(`the template refers to ${logicalId}, which it lacks`);
    return type;
  };
  return {
    ref(name) {
      const pseudo = PSEUDO_PARAMETERS[name];
      if (pseudo !== undefined) return pseudo;
      switch (typeOf(name)) {
        case 'AWS::SQS::Queue':
          return `${messagingEndpoint}/${AWS_ACCOUNT}/${nameOf(name)}`;
        case 'AWS::SNS::Topic':
          return arnOf('sns', nameOf(name));
        case 'AWS::DynamoDB::Table':
          return `${nameOf(name)}${tableSuffix}`;
        default:
          return nameOf(name);
      }
    },
    attribute(logicalId, name) {
      switch (`${typeOf(logicalId)} ${name}`) {
        case 'AWS::SQS::Queue Arn':
          return arnOf('sqs', nameOf(logicalId));
        case 'AWS::SQS::Queue QueueName':
        case 'AWS::SNS::Topic TopicName':
          return nameOf(logicalId);
        case 'AWS::SNS::Topic TopicArn':
          return arnOf('sns', nameOf(logicalId));
        case 'AWS::Lambda::Function Arn':
          return arnOf('lambda', `function:${nameOf(logicalId)}`);
        default:
          // Roles, log groups and the like: nothing on this machine looks behind their name.
          return `${nameOf(logicalId)}.${name}`;
      }
    },
  };
}
