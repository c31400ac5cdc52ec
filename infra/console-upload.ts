import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AssetHashType, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { consoleConfig } from './console-config.ts';
import { CONSOLE_CONFIG, CONSOLE_PATH } from './console-files.ts';
import type { ConsoleSettings, JwtSettings } from './settings.ts';

export interface ConsoleUploadProps {
  readonly directory: string;
  readonly settings: ConsoleSettings;
  readonly jwt: JwtSettings;
  readonly logRetentionInDays: number;
}

const PREFIX = CONSOLE_PATH.replaceAll('/', '');

/** The bucket of the console, and what fills it when the stack is deployed and empties it when the stack is deleted. */
export class ConsoleUpload extends Construct {
  readonly bucket: IBucket;

  constructor(
    scope: Construct,
    id: string,
    { directory, settings, jwt, logRetentionInDays }: ConsoleUploadProps,
  ) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket;
    const config = JSON.stringify(consoleConfig(settings, jwt));
    const archive = this.createArchive(directory, config);
    const logGroup = new LogGroup(this, 'Log', {
      retention: logRetentionInDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.createRole(archive, logGroup);
    const deployment = new BucketDeployment(this, 'Deployment', {
      sources: [Source.bucket(archive.bucket, archive.s3ObjectKey)],
      destinationBucket: this.bucket,
      destinationKeyPrefix: PREFIX,
      retainOnDelete: false,
      // What the construct would grant is wider: whole buckets, by patterns of actions.
      role: role.withoutPolicyUpdates(),
      logGroup,
    });
    deployment.node.addDependency(role);
  }

  /** The built files and the settings in one archive, so that they change together. */
  private createArchive(directory: string, config: string): Asset {
    return new Asset(this, 'Archive', {
      path: directory,
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        image: Runtime.NODEJS_24_X.bundlingImage,
        local: {
          tryBundle(outputFolder) {
            cpSync(directory, outputFolder, { recursive: true });
            writeFileSync(path.join(outputFolder, CONSOLE_CONFIG), config);
            return true;
          },
        },
      },
    });
  }

  /** What the upload does: read one archive, and list, write and delete below one prefix of one bucket. */
  private createRole(archive: Asset, logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(['s3:GetObject'], archive.bucket.arnForObjects(archive.s3ObjectKey));
    allow(['s3:GetBucketTagging', 's3:ListBucket'], this.bucket.bucketArn);
    allow(['s3:DeleteObject', 's3:PutObject'], this.bucket.arnForObjects(`${PREFIX}/*`));
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    return role;
  }
}
