import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AssetHashType, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { consoleConfig } from './console-config.ts';
import { CONSOLE_ASSETS, CONSOLE_CONFIG, CONSOLE_PATH } from './console-files.ts';
import { CONSOLE_CACHING } from './console-headers.ts';
import type { ConsoleSettings, JwtSettings } from './settings.ts';

export interface ConsoleUploadProps {
  readonly directory: string;
  readonly settings: ConsoleSettings;
  readonly jwt: JwtSettings;
  readonly logRetentionInDays: number;
}

/** Files that a browser keeps alike. */
interface Part {
  readonly caching: string;
  readonly exclude: string[];
  readonly include?: string[];
}

const PREFIX = CONSOLE_PATH.replaceAll('/', '');
const ASSETS = `${CONSOLE_ASSETS}*`;

/**
 * The bucket of the console, and what fills it when the stack is deployed. It stays when the stack goes, since CloudFormation
 * deletes no bucket that holds files, and what would empty it first may delete whatever it likes.
 */
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
      removalPolicy: RemovalPolicy.RETAIN,
    }) as IBucket;
    const config = JSON.stringify(consoleConfig(settings, jwt));
    const archive = this.createArchive(directory, config);
    const logGroup = new LogGroup(this, 'Log', {
      retention: logRetentionInDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.createRole(archive, logGroup);
    const upload = (id: string, { caching, ...files }: Part) => {
      const deployment = new BucketDeployment(this, id, {
        ...files,
        sources: [Source.bucket(archive.bucket, archive.s3ObjectKey)],
        destinationBucket: this.bucket,
        destinationKeyPrefix: PREFIX,
        cacheControl: [CacheControl.fromString(caching)],
        // What the construct would grant is wider: whole buckets, by patterns of actions.
        role: role.withoutPolicyUpdates(),
        logGroup,
      });
      deployment.node.addDependency(role);
      return deployment;
    };
    const assets = upload('Assets', { caching: CONSOLE_CACHING.asset, exclude: ['*'], include: [ASSETS] });
    // The page names assets, so these are there first.
    upload('Page', { caching: CONSOLE_CACHING.other, exclude: [ASSETS] }).node.addDependency(assets);
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
    allow(['s3:ListBucket'], this.bucket.bucketArn);
    allow(['s3:DeleteObject', 's3:PutObject'], this.bucket.arnForObjects(`${PREFIX}/*`));
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    return role;
  }
}
