import { describe, expect, test } from '@jest/globals';
import type { Resource, Stack } from '../../local/cloud-assembly.ts';
import { TemplateError } from '../../local/template-error.ts';
import { readTopology } from '../../local/topology.ts';

const RESOURCES: Readonly<Record<string, Resource>> = {
  Table1: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by',
          KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
          ContributorInsightsSpecification: { Enabled: true },
        },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Queue1: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead1', 'Arn'] }, maxReceiveCount: 5 },
      VisibilityTimeout: 360,
      SqsManagedSseEnabled: true,
    },
  },
  Line1: {
    Type: 'AWS::SQS::Queue',
    Properties: { FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 720 },
  },
  Dead1: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1209600 } },
  Topic1: { Type: 'AWS::SNS::Topic' },
  Subscription1: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'sqs',
      TopicArn: { Ref: 'Topic1' },
      Endpoint: { 'Fn::GetAtt': ['Queue1', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
  Record1: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role1', 'Arn'] },
      Environment: {
        Variables: { TABLE: { Ref: 'Table1' }, DEAD: { Ref: 'Dead1' }, REGION: { Ref: 'AWS::Region' } },
      },
      Timeout: 60,
      MemorySize: 1024,
    },
    Metadata: { 'aws:cdk:path': 'Rebound/RecordBounces/Resource' },
  },
  Role1: { Type: 'AWS::IAM::Role' },
  Mapping1: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Queue1', 'Arn'] },
      FunctionName: { Ref: 'Record1' },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  Mapping2: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Table1', 'StreamArn'] },
      FunctionName: { Ref: 'Record1' },
      BatchSize: 50,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"k":{"S":["x"]}}}}' }] },
    },
  },
  Integration1: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { IntegrationUri: { 'Fn::GetAtt': ['Record1', 'Arn'] }, PayloadFormatVersion: '2.0' },
  },
  Route1: route('GET /v1/x/{id}', 'AWS_IAM'),
  Route2: route('GET /v1/x/{id}', 'JWT'),
};

function route(key: string, authorization: string): Resource {
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      RouteKey: key,
      AuthorizationType: authorization,
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration1' }]] },
    },
  };
}

function read(changed: Readonly<Record<string, Resource>> = {}) {
  const stack: Stack = {
    template: {
      Resources: { ...RESOURCES, ...changed },
      Outputs: { TopicArn: { Value: { Ref: 'Topic1' } }, AccountsTableName: { Value: { Ref: 'Table1' } } },
    },
    assetDirectory: (key) => `/assets/${key}`,
  };
  return readTopology(stack, { messagingEndpoint: 'http://127.0.0.1:4100', tableSuffix: '-run' });
}

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Rebound-Record1';

describe('a stack on this machine has', () => {
  test('its tables, with keys, indexes and streams', () => {
    expect(read().tables).toEqual([
      {
        TableName: 'Rebound-Table1-run',
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by',
            KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    ]);
  });

  test('its queues, with their redrive policies', () => {
    const deadArn = 'arn:aws:sqs:us-east-1:000000000000:Rebound-Dead1';
    expect(read().queues).toEqual([
      {
        name: 'Rebound-Queue1',
        url: 'http://127.0.0.1:4100/000000000000/Rebound-Queue1',
        arn: 'arn:aws:sqs:us-east-1:000000000000:Rebound-Queue1',
        attributes: {
          RedrivePolicy: `{"deadLetterTargetArn":"${deadArn}","maxReceiveCount":5}`,
          VisibilityTimeout: '360',
        },
        fixedAttributes: {},
      },
      {
        name: 'Rebound-Line1.fifo',
        url: 'http://127.0.0.1:4100/000000000000/Rebound-Line1.fifo',
        arn: 'arn:aws:sqs:us-east-1:000000000000:Rebound-Line1.fifo',
        attributes: { VisibilityTimeout: '720' },
        fixedAttributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      },
      {
        name: 'Rebound-Dead1',
        url: 'http://127.0.0.1:4100/000000000000/Rebound-Dead1',
        arn: deadArn,
        attributes: { MessageRetentionPeriod: '1209600' },
        fixedAttributes: {},
      },
    ]);
  });

  test('its topics and subscriptions', () => {
    const { topics, subscriptions } = read();
    expect(topics).toEqual([
      { name: 'Rebound-Topic1', arn: 'arn:aws:sns:us-east-1:000000000000:Rebound-Topic1' },
    ]);
    expect(subscriptions).toEqual([
      {
        topicArn: 'arn:aws:sns:us-east-1:000000000000:Rebound-Topic1',
        protocol: 'sqs',
        endpoint: 'arn:aws:sqs:us-east-1:000000000000:Rebound-Queue1',
        attributes: { RawMessageDelivery: 'true' },
      },
    ]);
  });

  test('its functions, with bundle and environment', () => {
    expect(read().functions).toEqual([
      {
        name: 'RecordBounces',
        arn: FUNCTION_ARN,
        directory: '/assets/abc.zip',
        handler: 'index.handler',
        environment: {
          TABLE: 'Rebound-Table1-run',
          DEAD: 'http://127.0.0.1:4100/000000000000/Rebound-Dead1',
          REGION: 'us-east-1',
        },
        timeoutInMs: 60_000,
        memoryInMb: 1024,
      },
    ]);
  });

  test('its event source mappings', () => {
    expect(read().queueMappings).toEqual([
      {
        queueUrl: 'http://127.0.0.1:4100/000000000000/Rebound-Queue1',
        queueArn: 'arn:aws:sqs:us-east-1:000000000000:Rebound-Queue1',
        functionArn: FUNCTION_ARN,
        batchSize: 10,
        reportsItemFailures: true,
      },
    ]);
  });

  test('the streams that its functions are told, and what of them', () => {
    expect(read().streamMappings).toEqual([
      {
        tableName: 'Rebound-Table1-run',
        functionArn: FUNCTION_ARN,
        batchSize: 50,
        reportsItemFailures: true,
        filters: [{ dynamodb: { Keys: { k: { S: ['x'] } } } }],
      },
    ]);
  });

  test('the routes that IAM guards, and not those for tokens', () => {
    expect(read().routes).toEqual([{ key: 'GET /v1/x/{id}', functionArn: FUNCTION_ARN }]);
  });

  test('its outputs', () => {
    expect(read().outputs).toEqual({
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:Rebound-Topic1',
      AccountsTableName: 'Rebound-Table1-run',
    });
  });
});

describe('a stack is refused that', () => {
  test.each([
    [
      'refers to a resource that it lacks',
      { Subscription1: reference('AWS::SNS::Subscription', { TopicArn: { Ref: 'Nothing' } }) },
    ],
    [
      'feeds a function from something else than its queues',
      { Mapping1: reference('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:kinesis:x' }) },
    ],
    [
      'filters a stream in a way that is not understood',
      {
        Mapping2: reference('AWS::Lambda::EventSourceMapping', {
          EventSourceArn: { 'Fn::GetAtt': ['Table1', 'StreamArn'] },
          FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"k":[{"prefix":"x"}]}}' }] },
        }),
      },
    ],
    ['has a route that is not understood', { Route1: route('ANY /v1/{proxy+}', 'AWS_IAM') }],
  ])('%s', (_, changed) => {
    expect(() => read(changed)).toThrow(TemplateError);
  });
});

function reference(type: string, properties: Record<string, unknown>): Resource {
  return { Type: type, Properties: properties };
}
