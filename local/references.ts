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

/** The name of a queue; one that keeps its order must end so. */
export function queueNameOf(logicalId: string, { Properties }: Pick<Resource, 'Properties'>): string {
  return `${nameOf(logicalId)}${Properties?.['FifoQueue'] === true ? '.fifo' : ''}`;
}

export function arnOf(service: 'dynamodb' | 'lambda' | 'sns' | 'sqs', resource: string): string {
  return `arn:aws:${service}:${REGION}:${AWS_ACCOUNT}:${resource}`;
}

/** Stands for the stream of a table, whose real name DynamoDB Local makes up when it creates the table. */
export function streamArnOf(tableName: string): string {
  return arnOf('dynamodb', `table/${tableName}/stream/local`);
}

/** What Ref and Fn::GetAtt answer before anything is created: every name and address is known beforehand. */
export function createReferences(
  resources: Readonly<Record<string, Resource>>,
  { messagingEndpoint, tableSuffix }: Places,
): References {
  const resourceOf = (logicalId: string): Resource => {
    const resource = resources[logicalId];
    if (resource === undefined)
      throw new TemplateError(`the template refers to ${logicalId}, which it lacks`);
    return resource;
  };
  return {
    ref(name) {
      const pseudo = PSEUDO_PARAMETERS[name];
      if (pseudo !== undefined) return pseudo;
      switch (resourceOf(name).Type) {
        case 'AWS::SQS::Queue':
          return `${messagingEndpoint}/${AWS_ACCOUNT}/${queueNameOf(name, resourceOf(name))}`;
        case 'AWS::SNS::Topic':
          return arnOf('sns', nameOf(name));
        case 'AWS::DynamoDB::Table':
          return `${nameOf(name)}${tableSuffix}`;
        default:
          return nameOf(name);
      }
    },
    attribute(logicalId, name) {
      switch (`${resourceOf(logicalId).Type} ${name}`) {
        case 'AWS::SQS::Queue Arn':
          return arnOf('sqs', queueNameOf(logicalId, resourceOf(logicalId)));
        case 'AWS::SQS::Queue QueueName':
          return queueNameOf(logicalId, resourceOf(logicalId));
        case 'AWS::DynamoDB::Table StreamArn':
          return streamArnOf(`${nameOf(logicalId)}${tableSuffix}`);
        case 'AWS::SNS::Topic TopicName':
          return nameOf(logicalId);
        case 'AWS::SNS::Topic TopicArn':
          return arnOf('sns', nameOf(logicalId));
        case 'AWS::S3::Bucket Arn':
          return `arn:aws:s3:::${nameOf(logicalId)}`;
        case 'AWS::Lambda::Function Arn':
          return arnOf('lambda', `function:${nameOf(logicalId)}`);
        default:
          // Roles, log groups and the like: nothing on this machine looks behind their name.
          return `${nameOf(logicalId)}.${name}`;
      }
    },
  };
}
