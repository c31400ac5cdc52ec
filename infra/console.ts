import { Aws, Duration, Fn } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type HeadersFrameOption,
  type HeadersReferrerPolicy,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { CONSOLE_ASSETS, CONSOLE_PATH, listConsoleFiles, WEB_DIST } from './console-files.ts';
import { consoleHeaders } from './console-headers.ts';
import { consoleRouter } from './console-router.ts';
import { ConsoleUpload } from './console-upload.ts';
import { SettingsError } from './context-values.ts';
import type { ConsoleSettings, JwtSettings } from './settings.ts';

export interface ConsoleProps {
  readonly settings: ConsoleSettings;
  readonly jwt: JwtSettings;
  readonly jwtApi: HttpApi;
  readonly logRetentionInDays: number;
  /** What `npm run build:web` wrote. */
  readonly directory?: string;
}

const HEADERS_KEPT_FOR = Duration.days(365);
/** CloudFront's names are those of the whole AWS account, in all Regions. */
const STACK_GUID = Fn.select(2, Fn.split('/', Aws.STACK_ID));

/**
 * The console: a private bucket behind CloudFront, with the API for tokens on the same host, so that no other origin is ever
 * allowed to call it. CloudFront logs nothing, since paths hold addresses.
 */
export class Console extends Construct {
  /** Where people open it. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ConsoleProps) {
    super(scope, id);
    const { settings, jwt, jwtApi, logRetentionInDays, directory = WEB_DIST } = props;
    const files = listConsoleFiles(directory);
    if (files.length === 0) {
      throw new SettingsError(
        'Context consoleClientId asks for the console, which is not built: npm run build:web builds it.',
      );
    }
    const { bucket } = new ConsoleUpload(this, 'Upload', { directory, settings, jwt, logRetentionInDays });
    const origin = S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessControl: new S3OriginAccessControl(this, 'AccessControl', {
        originAccessControlName: uniqueName('files'),
      }),
    });
    const signInOrigins = [new URL(jwt.issuer).origin, ...settings.signInOrigins];
    const headers = this.createHeaders(signInOrigins);
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${Aws.STACK_NAME}: the console and its API`,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        ...filesOf(origin, headers, CachePolicy.CACHING_DISABLED),
        functionAssociations: [
          { function: this.createRouter(files), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        [`${CONSOLE_PATH}${CONSOLE_ASSETS}*`]: filesOf(origin, headers, CachePolicy.CACHING_OPTIMIZED),
        '/v1/*': callsOf(jwtApi),
      },
      ...this.domainOf(settings),
    });
    this.url = `https://${settings.domainName ?? distribution.distributionDomainName}${CONSOLE_PATH}`;
  }

  /** CloudFront's own certificate speaks whatever TLS CloudFront likes: only one's own holds it to 1.2. */
  private domainOf({
    domainName,
    certificateArn,
  }: ConsoleSettings): Pick<DistributionProps, 'certificate' | 'domainNames'> {
    if (domainName === null || certificateArn === null) return {};
    return {
      domainNames: [domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    };
  }

  private createRouter(files: readonly string[]): EdgeFunction {
    return new EdgeFunction(this, 'Router', {
      functionName: uniqueName('router'),
      comment: 'Answers every path of the console with its page',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(consoleRouter(files)),
    });
  }

  private createHeaders(signInOrigins: readonly string[]): ResponseHeadersPolicy {
    const {
      'content-security-policy': contentSecurityPolicy = '',
      'x-content-type-options': _nosniff,
      'x-frame-options': frameOption,
      'referrer-policy': referrerPolicy,
      ...others
    } = consoleHeaders(signInOrigins);
    const override = true;
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: uniqueName('headers'),
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: frameOption as HeadersFrameOption, override },
        referrerPolicy: { referrerPolicy: referrerPolicy as HeadersReferrerPolicy, override },
        strictTransportSecurity: { accessControlMaxAge: HEADERS_KEPT_FOR, override },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override })),
      },
    });
  }
}

function filesOf(
  origin: IOrigin,
  responseHeadersPolicy: ResponseHeadersPolicy,
  cachePolicy: BehaviorOptions['cachePolicy'],
): BehaviorOptions {
  return {
    origin,
    responseHeadersPolicy,
    ...(cachePolicy && { cachePolicy }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    compress: true,
  };
}

/** A call that came without TLS has told its token already, and is refused rather than led on. */
function callsOf(api: HttpApi): BehaviorOptions {
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`),
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
  };
}

function uniqueName(what: string): string {
  return `Rebound-${what}-${STACK_GUID}`;
}
