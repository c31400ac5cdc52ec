import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Console } from '../../infra/console.ts';
import { consoleConfig } from '../../infra/console-config.ts';
import { listConsoleFiles } from '../../infra/console-files.ts';
import { CONSOLE_CACHING, consoleHeaders } from '../../infra/console-headers.ts';
import { consoleRouter } from '../../infra/console-router.ts';
import { SettingsError } from '../../infra/context-values.ts';
import { type ConsoleSettings, type JwtSettings, parseSettings } from '../../infra/settings.ts';
import { asList, readable, resourceOf, resourcesOf, synthesize } from './synthesize.ts';

const CONTEXT = {
  jwtIssuer: 'https://issuer.example/pool',
  jwtAudience: 'console-client',
  jwtAccount: 'shop',
  jwtScopePrefix: 'rebound/',
  consoleClientId: 'console-client',
  consoleSignInOrigins: 'https://login.example',
};
const DOMAIN = {
  consoleDomainName: 'console.example.com',
  consoleCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12ab-34cd',
};
const DEFAULT_BEHAVIOR = 'default';

let directory: string;
let template: Template;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'rebound-web-dist-'));
  mkdirSync(path.join(directory, 'assets'));
  writeFileSync(path.join(directory, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(directory, 'assets/index-a1.js'), '');
  template = consoleStack();
});
afterAll(() => rmSync(directory, { recursive: true }));

function settingsOf(context: Readonly<Record<string, unknown>>): {
  console: ConsoleSettings;
  jwt: JwtSettings;
} {
  const { console, jwt } = parseSettings(context);
  if (console === null || jwt === null) throw new Error('No console is asked for.');
  return { console, jwt };
}

/** A stack with the console alone, over a small build. */
function consoleStack(more: Readonly<Record<string, unknown>> = {}): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'rebound-cdk.out-'));
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
    const stack = new Stack(app, 'Rebound');
    const { console, jwt } = settingsOf({ ...CONTEXT, ...more });
    const jwtApi = new HttpApi(stack, 'JwtApi');
    new Console(stack, 'Console', { settings: console, jwt, jwtApi, logRetentionInDays: 30, directory });
    return Template.fromStack(stack);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a template holds whatever CloudFormation takes.
function distribution(from = template): any {
  return resourceOf(from, 'AWS::CloudFront::Distribution', 'ConsoleDistribution').Properties
    .DistributionConfig;
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
function behaviorOf(pattern: string): any {
  const { DefaultCacheBehavior, CacheBehaviors } = distribution();
  return pattern === DEFAULT_BEHAVIOR
    ? DefaultCacheBehavior
    : CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === pattern);
}

describe('the bucket', () => {
  test('is private, encrypted, reached by TLS alone, and stays when the stack goes', () => {
    const { Properties, DeletionPolicy } = resourceOf(template, 'AWS::S3::Bucket', 'ConsoleUploadFiles');
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(DeletionPolicy).toBe('Retain');
  });

  test('is read by this distribution alone', () => {
    const policy = resourceOf(template, 'AWS::S3::BucketPolicy', 'ConsoleUploadFilesPolicy');
    const statements = policy.Properties.PolicyDocument.Statement;
    const [denied, ...allowed] = statements;
    expect(denied).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
    });
    expect(readable(allowed[0].Condition.StringEquals['AWS:SourceArn'])).toMatch(/<ConsoleDistribution>$/);
    const access = resourceOf(template, 'AWS::CloudFront::OriginAccessControl', 'ConsoleAccessControl');
    expect(access.Properties.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
  });
});

describe('the upload', () => {
  test('may do exactly this', () => {
    const policy = resourceOf(template, 'AWS::IAM::Policy', 'ConsoleUploadRoleDefaultPolicy');
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const grants = policy.Properties.PolicyDocument.Statement.flatMap(({ Action, Resource }: any) =>
      asList(Action).map((action) => `${action} ${grantedOn(Resource)}`),
    );
    expect(grants.sort()).toEqual([
      'logs:CreateLogStream <ConsoleUploadLog.Arn>',
      'logs:PutLogEvents <ConsoleUploadLog.Arn>',
      's3:DeleteObject <ConsoleUploadFiles.Arn>/console/*',
      's3:GetObject the archive',
      's3:ListBucket <ConsoleUploadFiles.Arn>',
      's3:PutObject <ConsoleUploadFiles.Arn>/console/*',
    ]);
  });

  test('has no other policy, and begins when its own stands', () => {
    expect(resourcesOf(template, 'AWS::IAM::Policy')).toHaveLength(1);
    const roles = resourcesOf(template, 'AWS::IAM::Role');
    expect(roles).toHaveLength(1);
    expect(roles[0]?.[1].Properties.ManagedPolicyArns).toBeUndefined();
    for (const [, { DependsOn = [] }] of resourcesOf(template, 'Custom::CDKBucketDeployment')) {
      const names = DependsOn.map((id) => id.replace(/[0-9A-F]{8}$/, ''));
      expect(names).toEqual(expect.arrayContaining(['ConsoleUploadRoleDefaultPolicy', 'ConsoleUploadRole']));
    }
    expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(1);
  });

  test('puts the assets there, to be kept for good, and then the page, to be asked for each time', () => {
    const assets = resourceOf(template, 'Custom::CDKBucketDeployment', 'ConsoleUploadAssetsCustomResource');
    const page = resourceOf(template, 'Custom::CDKBucketDeployment', 'ConsoleUploadPageCustomResource');
    const common = { DestinationBucketKeyPrefix: 'console', Prune: true };
    expect(assets.Properties).toMatchObject({
      ...common,
      Exclude: ['*'],
      Include: ['assets/*'],
      SystemMetadata: { 'cache-control': CONSOLE_CACHING.asset },
    });
    expect(page.Properties).toMatchObject({
      ...common,
      Exclude: ['assets/*'],
      SystemMetadata: { 'cache-control': CONSOLE_CACHING.other },
    });
    expect(page.DependsOn?.join()).toContain('ConsoleUploadAssetsCustomResource');
    // Nothing is invalidated, so no right in CloudFront is needed.
    expect([assets, page].map(({ Properties }) => Properties.DistributionId)).toEqual([undefined, undefined]);
  });

  function grantedOn(resource: unknown): string {
    return JSON.stringify(resource).includes('cdk-hnb659fds-assets') ? 'the archive' : readable(resource);
  }
});

describe('CloudFront', () => {
  test.each([
    [DEFAULT_BEHAVIOR, '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'],
    ['/console/assets/*', '658327ea-f89d-4fab-a63d-7e88639e58f6'],
  ])(
    'serves files (%s) with the headers of the console, and caches assets alone',
    (pattern, CachePolicyId) => {
      const behavior = behaviorOf(pattern);
      expect(behavior).toMatchObject({
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: ['GET', 'HEAD'],
        CachePolicyId,
      });
      const [, policy] = resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy').find(
        ([id]) => id === behavior.ResponseHeadersPolicyId.Ref,
      ) ?? ['', undefined];
      const { SecurityHeadersConfig: security, CustomHeadersConfig } =
        policy?.Properties.ResponseHeadersPolicyConfig ?? {};
      const custom = CustomHeadersConfig.Items.map(({ Header, Value }: Record<string, string>) => [
        Header,
        Value,
      ]);
      expect({
        ...Object.fromEntries(custom),
        'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
        'x-content-type-options': security.ContentTypeOptions.Override && 'nosniff',
        'x-frame-options': security.FrameOptions.FrameOption,
        'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      }).toEqual(consoleHeaders(['https://issuer.example', 'https://login.example']));
      expect(security.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(365 * 24 * 3_600);
    },
  );

  test('leads calls to the API for tokens, uncached, with all that the viewer sent but the host, and by TLS alone', () => {
    const { TargetOriginId, ...behavior } = behaviorOf('/v1/*');
    expect(behavior).toMatchObject({
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: expect.arrayContaining(['DELETE', 'GET', 'POST', 'PUT']),
      // Source: Amazon CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies".
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    });
    expect(behavior.FunctionAssociations).toBeUndefined();
    const origin = distribution().Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);
    expect(readable(origin.DomainName)).toBe('<JwtApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>');
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
  });

  test('answers no error with a page, which would hide those of the API, and logs no path', () => {
    const { CustomErrorResponses, Logging } = distribution();
    expect([CustomErrorResponses, Logging]).toEqual([undefined, undefined]);
  });

  test('asks the router before it serves a page', () => {
    const { FunctionAssociations } = behaviorOf(DEFAULT_BEHAVIOR);
    expect(FunctionAssociations).toHaveLength(1);
    expect(FunctionAssociations[0].EventType).toBe('viewer-request');
  });

  test('speaks TLS 1.2 or later under a domain of its own', () => {
    const { Aliases, ViewerCertificate } = distribution(consoleStack(DOMAIN));
    expect(Aliases).toEqual(['console.example.com']);
    expect(ViewerCertificate).toMatchObject({
      AcmCertificateArn: DOMAIN.consoleCertificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    });
  });
});

describe('the router', () => {
  const route = (uri: string): unknown => {
    const code = consoleRouter(['index.html', 'robots.txt', 'assets/index-a1.js']);
    return runInNewContext(`${code}\nhandler(event)`, { event: { request: { uri } } });
  };

  test.each([
    ['/console/', '/console/index.html'],
    ['/console/index.html', '/console/index.html'],
    ['/console/robots.txt', '/console/robots.txt'],
    ['/console/config.json', '/console/config.json'],
    ['/console/campaigns/spring', '/console/index.html'],
    ['/console/addresses/ada@example.com', '/console/index.html'],
    ['/console/../v1/openapi.json', '/console/index.html'],
  ])('reads %s as %s', (uri, expected) => {
    expect(route(uri)).toEqual({ uri: expected });
  });

  test.each(['/', '/console'])('leads %s to the console', (uri) => {
    expect(route(uri)).toMatchObject({ statusCode: 308, headers: { location: { value: '/console/' } } });
  });

  test.each(['/index.html', '/consoles/', '/favicon.ico'])('knows no %s', (uri) => {
    expect(route(uri)).toEqual({ statusCode: 404, statusDescription: 'Not Found' });
  });

  test('knows nothing of assets, which never come to it, so it changes with no build', () => {
    expect(consoleRouter(['assets/index-b2.js', 'index.html'])).toBe(consoleRouter(['index.html']));
  });

  test('fits into a CloudFront Function, which takes 10 KB', () => {
    expect(consoleRouter(Array.from({ length: 100 }, (_, index) => `file-${index}.txt`)).length).toBeLessThan(
      10_240,
    );
  });
});

test('the console is told its issuer, its client, its scopes and its account', () => {
  const { console, jwt } = settingsOf(CONTEXT);
  expect(consoleConfig(console, jwt)).toEqual({
    apiUrl: '/',
    auth: {
      issuer: 'https://issuer.example/pool',
      clientId: 'console-client',
      scopes: ['suppressions:read', 'suppressions:unbounce', 'recipients:filter'],
      scopePrefix: 'rebound/',
      accountClaim: null,
    },
    account: 'shop',
  });
});

test('a console that was not built is refused with what to do', () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'rebound-web-dist-'));
  const full = directory;
  directory = empty;
  try {
    expect(() => consoleStack()).toThrow(SettingsError);
    expect(() => consoleStack()).toThrow('npm run build:web');
  } finally {
    directory = full;
    rmSync(empty, { recursive: true });
  }
});

test('without a client for it there is no console, whatever the issuer', () => {
  const { consoleClientId, consoleSignInOrigins, ...issuer } = CONTEXT;
  for (const plain of [synthesize(), synthesize(issuer)]) {
    expect(resourcesOf(plain, 'AWS::CloudFront::Distribution')).toEqual([]);
    const buckets = resourcesOf(plain, 'AWS::S3::Bucket').map(([id]) => id);
    expect(buckets).toEqual([expect.stringMatching(/^SesListSyncRemovals/)]);
  }
});

test('the built files are listed by their names below /console/', () => {
  expect(listConsoleFiles(directory)).toEqual(['assets/index-a1.js', 'index.html']);
});
