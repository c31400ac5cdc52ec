import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AWS_METRICS, type AwsMetric } from '../../infra/metrics.ts';
import { METRICS, type Metric } from '../../lib/telemetry/metrics.ts';
import { type Resource, readable } from './synthesize.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Whatever counts by a variable name is found by the members of its union, which stand in the code as well. */
const COUNTED = /telemetry\s*\.(?:count|measure)\(([^;]*);/g;

/** Everything that must fit together, so that a test can spoil a part of it. */
export interface Operations {
  readonly namespace: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly runbook: string;
  readonly metricsDocument: string;
  readonly catalogue: Readonly<Record<string, Metric>>;
  readonly awsMetrics: Readonly<Record<string, AwsMetric>>;
  /** Code that counts. */
  readonly sources: string;
}

/** What the repository says. */
export function operationsOf(resources: Operations['resources']): Operations {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  const sources = ['functions', 'lib'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(path.join(folder, file))),
  );
  return {
    namespace: 'Rebound',
    resources,
    runbook: read('docs/runbook.md'),
    metricsDocument: read('docs/metrics.md'),
    catalogue: METRICS,
    awsMetrics: AWS_METRICS,
    sources: sources.join('\n'),
  };
}

/** What does not fit together, one sentence each; empty when everything does. */
export function faultsIn(operations: Operations): string[] {
  return [
    ...alarmFaults(operations),
    ...dashboardFaults(operations),
    ...runbookFaults(operations),
    ...catalogueFaults(operations),
  ];
}

function alarmFaults(operations: Operations): string[] {
  const headings = sectionsOf(operations.runbook);
  return alarmsIn(operations).flatMap(([id, { Properties }]) => {
    const anchor = /See docs\/runbook\.md#([a-z0-9-]+)$/.exec(Properties.AlarmDescription ?? '')?.[1];
    return [
      ...(headings.some((section) => section.anchor === anchor) ? [] : [`${id} names no heading`]),
      ...metricsOf(Properties).flatMap((metric) => unknownMetric(metric, operations, id)),
      ...(Properties.TreatMissingData === undefined ? [`${id} does not say what missing data means`] : []),
    ];
  });
}

interface TemplateMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
}

/** The metrics of an alarm's properties, with the names of their dimensions. */
export function metricsOf(properties: Resource['Properties']): readonly TemplateMetric[] {
  const single = properties.MetricName === undefined ? [] : [properties];
  const several = (properties.Metrics ?? []).flatMap((entry: Resource['Properties']) =>
    entry.MetricStat === undefined ? [] : [entry.MetricStat.Metric],
  );
  return [...single, ...several].map(({ Namespace, MetricName, Dimensions = [] }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Dimensions.map(({ Name }: { Name: string }) => Name),
  }));
}

/** An alarm or a graph on a metric that nobody writes never says anything. */
function unknownMetric(
  { namespace, name, dimensions }: TemplateMetric,
  { namespace: own, catalogue, awsMetrics }: Operations,
  where: string,
): string[] {
  const known =
    namespace === own
      ? [{ name, dimensions: Object.keys(catalogue[name]?.by ?? { unknown: 0 }) }]
      : Object.values(awsMetrics).filter((metric) => metric.namespace === namespace);
  const isKnown = known.some(
    (metric) => metric.name === name && metric.dimensions.toSorted().join() === dimensions.toSorted().join(),
  );
  return isKnown
    ? []
    : [`${where} reads ${namespace} ${name} by ${dimensions.join() || 'nothing'}, which nobody writes`];
}

function dashboardFaults(operations: Operations): string[] {
  const drawn = dashboardMetrics(operations);
  const names = new Set(
    drawn.filter(({ namespace }) => namespace === operations.namespace).map(({ name }) => name),
  );
  return [
    ...drawn.flatMap((metric) => unknownMetric(metric, operations, 'The dashboard')),
    ...Object.keys(operations.catalogue).flatMap((name) =>
      names.has(name) ? [] : [`${name} is not on the dashboard`],
    ),
  ];
}

function dashboardMetrics({ resources }: Operations): TemplateMetric[] {
  const dashboards = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  const bodies = dashboards.map(({ Properties }) => JSON.parse(readable(Properties.DashboardBody)));
  const lines = bodies.flatMap(({ widgets }) =>
    widgets.flatMap((widget: Resource['Properties']) => widget.properties.metrics ?? []),
  );
  return lines.map(lineMetric);
}

/** A line of a graph: `[namespace, name, dimension, value, ..., options]`, or a search for the values of a dimension. */
function lineMetric(line: readonly (string | { expression?: string })[]): TemplateMetric {
  const texts = line.filter((part) => typeof part === 'string');
  const [namespace = '', name = '', ...pairs] = texts;
  if (texts.length > 0) return { namespace, name, dimensions: pairs.filter((_, index) => index % 2 === 0) };
  const { expression = '' } = line[0] as { expression?: string };
  const [, schema = '', found = ''] = /^SEARCH\('\{(.*?)\} MetricName="(\w+)"'/.exec(expression) ?? [];
  const [quoted = '', ...dimensions] = schema.split(',');
  return { namespace: quoted.replaceAll('"', ''), name: found, dimensions };
}

function runbookFaults(operations: Operations): string[] {
  const { runbook, sources, catalogue } = operations;
  const described = alarmsIn(operations).map(([, { Properties }]) => String(Properties.AlarmDescription));
  const anchors = new Set(sectionsOf(runbook).map(({ anchor }) => anchor));
  return [
    ...sectionsOf(runbook).flatMap(({ heading, anchor, text }) => [
      ...(described.some((one) => one.endsWith(`#${anchor}`)) ? [] : [`"${heading}" has no alarm`]),
      ...['What it means.', 'Where to look.', 'What to do.'].flatMap((part) =>
        text.includes(`**${part}**`) ? [] : [`"${heading}" does not say: ${part}`],
      ),
    ]),
    ...namesIn(runbook, /\]\(#([a-z0-9-]+)\)/g).flatMap((link) =>
      anchors.has(link) ? [] : [`The runbook leads to #${link}, which it lacks`],
    ),
    ...namesIn(runbook, /`([A-Z][a-z]+[A-Z]\w+)`/g).flatMap((name) =>
      name in catalogue || FOREIGN_WORDS.has(name) || name.endsWith('Exception') || name.endsWith('Error')
        ? []
        : [`The runbook speaks of ${name}, which nobody counts`],
    ),
    ...namesIn(runbook, /"(\w+_\w+)"/g).flatMap((event) =>
      sources.includes(`'${event}'`) ? [] : [`The runbook looks for ${event}, which nobody logs`],
    ),
  ];
}

/** Of AWS, and outputs of the stack. */
const FOREIGN_WORDS = new Set(['ConcurrentExecutions', 'SystemErrors', 'DashboardName']);

function catalogueFaults({ catalogue, sources, metricsDocument }: Operations): string[] {
  const counted = new Set(
    [...sources.matchAll(COUNTED)].flatMap(([, given = '']) => namesIn(given, /'(\w+)'/g)),
  );
  const rows = new Map(
    [...metricsDocument.matchAll(/^\| `(\w+)` \|([^|]*)\| (\w+) \|/gm)].map(
      ([, name = '', by = '', unit]) => [name, `${namesIn(by, /`(\w+)`/g).join()} ${unit}`],
    ),
  );
  return [
    ...Object.entries(catalogue).flatMap(([name, { unit, by }]) => [
      ...(unit === undefined ? [`${name} has no unit`] : []),
      ...(counted.has(name) ? [] : [`${name} is counted nowhere`]),
      ...(rows.get(name) === `${Object.keys(by).join()} ${unit}`
        ? []
        : [`docs/metrics.md has no row like ${name}`]),
      ...Object.keys(by).flatMap((dimension) =>
        /account|address|campaign|recipient|hash/i.test(dimension)
          ? [`${name} is divided by ${dimension}`]
          : [],
      ),
    ]),
    ...[...rows.keys()].flatMap((name) =>
      name in catalogue ? [] : [`docs/metrics.md explains ${name}, which is none`],
    ),
  ];
}

export function alarmsIn({ resources }: Pick<Operations, 'resources'>): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');
}

interface Section {
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

function sectionsOf(markdown: string): readonly Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const heading = text.slice(0, text.indexOf('\n'));
      return { heading, anchor: heading.toLowerCase().replaceAll(' ', '-'), text };
    });
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];
}
