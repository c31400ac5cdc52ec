import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Console } from '../../infra/console.ts';
import { ReboundStack } from '../../infra/rebound-stack.ts';
import { parseSettings } from '../../infra/settings.ts';
import { ACCEPTED_FINDINGS, type AcceptedFinding } from './accepted-findings.ts';

const EVERYTHING = {
  jwtIssuer: 'https://issuer.example',
  jwtAudience: 'rebound',
  jwtAccountClaim: 'account',
  eventsWithAddress: 'true',
  alarmEmail: 'ops@example.com',
};
const CONSOLE = { ...EVERYTHING, consoleClientId: 'console' };

interface Finding {
  readonly rule: string;
  readonly where: string;
}

let folder: string;
let findings: readonly Finding[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rebound-nag-'));
  findings = findingsOf(createStacks());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The stack with everything switched on, and the console over a small build. */
function createStacks(): readonly Stack[] {
  const context = { 'aws:cdk:bundling-stacks': [] };
  const app = new App({ outdir: path.join(folder, 'cdk.out'), context, analyticsReporting: false });
  const rebound = new ReboundStack(app, 'Rebound', parseSettings(EVERYTHING));
  const directory = path.join(folder, 'web');
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'index.html'), '<!doctype html>');
  const { console, jwt, logRetentionInDays } = parseSettings(CONSOLE);
  if (console === null || jwt === null) throw new Error('The console was asked for.');
  const stack = new Stack(app, 'Console');
  const jwtApi = HttpApi.fromHttpApiAttributes(stack, 'JwtApi', {
    httpApiId: 'a',
    apiEndpoint: 'https://api.example',
  });
  new Console(stack, 'Console', {
    settings: console,
    jwt,
    jwtApi: jwtApi as HttpApi,
    logRetentionInDays,
    directory,
  });
  return [rebound, stack];
}

function findingsOf(stacks: readonly Stack[]): Finding[] {
  return stacks.flatMap((stack) =>
    [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
      pack.validateScope(stack).violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => ({
          rule: ruleName,
          where: constructPath.replace(/\/Resource$/, ''),
        })),
      ),
    ),
  );
}

function accepts({ rule, where }: AcceptedFinding, finding: Finding): boolean {
  return rule.test(finding.rule) && where.test(finding.where);
}

describe('cdk-nag, by its packs AwsSolutions and Serverless,', () => {
  test('finds nothing that stays without a written reason', () => {
    expect(findings.length).toBeGreaterThan(20);
    expect(findings.filter((one) => !ACCEPTED_FINDINGS.some((accepted) => accepts(accepted, one)))).toEqual(
      [],
    );
  });

  test('finds everything that has one', () => {
    const needless = ACCEPTED_FINDINGS.filter((accepted) => !findings.some((one) => accepts(accepted, one)));
    expect(needless).toEqual([]);
  });

  test('can find something', () => {
    const stack = new Stack(new App({ outdir: path.join(folder, 'other') }), 'Other');
    new Bucket(stack, 'Open');
    expect(findingsOf([stack]).map(({ rule }) => rule)).toContain('AwsSolutions-S10');
  });
});
