import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../../jest.config.ts';
import { closeHost, openHost } from '../support/dynamo-local-host.ts';
import { GROUPS, type Group } from './groups.ts';
import { JUDGED } from './judged.ts';

// npm run mutate [-- [--fresh] GROUP...]: changes the code piece by piece and looks whether a test notices.

type StrykerOptions = ConstructorParameters<typeof Stryker>[0];
type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const MOST_OVERTIME_IN_MS = 30_000;

const HELP = `npm run mutate [-- [--fresh] GROUP...], of ${GROUPS.map(({ name }) => name).join(', ')}

What has not changed since the last run is not tried again. That misses a case that was added for a constant, or for a line
beside one that changed: --fresh tries all of a group again.`;

const args = process.argv.slice(2);
const names = args.filter((one) => one !== '--fresh' && one !== '--help');
const unknown = names.filter((name) => !GROUPS.some((group) => group.name === name));
if (args.includes('--help') || unknown.length > 0) {
  console.log(HELP);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const groups = GROUPS.filter(({ name }) => names.length === 0 || names.includes(name));
  if (args.includes('--fresh')) for (const { name } of groups) rmSync(reportOf(name), { force: true });
  await mutateAll(groups);
}

async function mutateAll(groups: readonly Group[]): Promise<void> {
  // One DynamoDB Local for all: else every mutant would start its own.
  process.env['DYNAMODB_ENDPOINT'] = await (await fetch(await openHost())).text();
  try {
    for (const group of groups) {
      const results = await new Stryker(optionsOf(group)).runMutationTest();
      if (!report(group, results)) process.exitCode = 1;
    }
  } finally {
    await closeHost();
  }
}

/** Prints the score of each file and every change that nobody noticed; answers whether the group has enough. */
function report({ name, least }: Group, results: readonly MutantResult[]): boolean {
  const changes = results.map(changeOf).filter(({ isJudged }) => !isJudged);
  for (const [file, own] of Map.groupBy(changes, (change) => change.file)) {
    console.log(`  ${file}: ${scoreOf(own)}`);
  }
  for (const { file, line, from, to, isNoticed } of changes) {
    if (!isNoticed) console.log(`  ${file}:${line}: ${JSON.stringify({ from, to })}`);
  }
  const judged = results.length - changes.length;
  console.log(
    `${name}: ${scoreOf(changes)}, ${judged} judged to change nothing; at least ${least} % asked for`,
  );
  return shareOf(changes) >= least;
}

interface Change {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly isNoticed: boolean;
  readonly isJudged: boolean;
}

function changeOf({ fileName, location, replacement = '', status }: MutantResult): Change {
  const { start, end } = location;
  const file = relative('.', fileName);
  const line = readFileSync(fileName, 'utf8').split('\n')[start.line - 1] ?? '';
  const from = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
  const change = { file, line: start.line, from, to: replacement };
  // A RuntimeError is a test file that could not even be read.
  const isNoticed = status === 'Killed' || status === 'Timeout' || status === 'RuntimeError';
  const isJudged = JUDGED.some((one) => one.file === file && one.from === from && one.to === replacement);
  return { ...change, isNoticed, isJudged: isJudged && !isNoticed };
}

function shareOf(changes: readonly Change[]): number {
  return (100 * changes.filter(({ isNoticed }) => isNoticed).length) / Math.max(changes.length, 1);
}

function scoreOf(changes: readonly Change[]): string {
  const noticed = changes.filter(({ isNoticed }) => isNoticed).length;
  return `${noticed} of ${changes.length} noticed (${shareOf(changes).toFixed(1)} %)`;
}

function reportOf(name: string): string {
  return `reports/mutation/${name}.json`;
}

function optionsOf({ name, files, tests }: Group): StrykerOptions {
  const config = { ...jestConfig, testMatch: tests.map((glob) => `<rootDir>/${glob}`) };
  return {
    mutate: [...files],
    testRunner: 'jest',
    jest: { projectType: 'custom', config, enableFindRelatedTests: true },
    plugins: ['@stryker-mutator/jest-runner'],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    incremental: true,
    incrementalFile: reportOf(name),
    reporters: ['progress-append-only'],
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['cdk.out', '.rebound', 'reports', 'web'],
    // Stryker's own rewriting of tsconfig.json cannot read TypeScript 7, and nothing here needs it.
    tsconfigFile: 'none',
    timeoutMS: MOST_OVERTIME_IN_MS,
    allowConsoleColors: false,
    warnings: false,
  };
}
