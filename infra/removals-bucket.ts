import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from './node-function.ts';

/** What the function writes below, and SES reads. */
const OBJECTS = 'removals/*';
/** SES names its caller in the first, by its guide; other services do in the second. Each says that it is this AWS account. */
const CALLERS = ['aws:Referer', 'aws:SourceAccount'];

/**
 * Creates the bucket from which SES's import jobs read what is to leave its list, and lets the function ask for them. The
 * objects hold readable addresses and live for a day. The bucket stays, empty, when the stack goes: CloudFormation deletes none
 * that holds anything. Source: Amazon SES Developer Guide, "Using the Amazon SES account-level suppression list".
 */
export function createRemovalsBucket(scope: Construct, id: string, syncSesList: LambdaFunction): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(1) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const caller of CALLERS) {
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects(OBJECTS)],
        conditions: { StringEquals: { [caller]: Aws.ACCOUNT_ID } },
      }),
    );
  }
  allow(syncSesList, ['s3:PutObject'], bucket.arnForObjects(OBJECTS));
  syncSesList.addEnvironment('REMOVALS_BUCKET', bucket.bucketName);
  return bucket;
}
