import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { METRICS, type MetricName } from '../lib/telemetry/metrics.ts';
import { FIVE_MINUTES, HOUR } from './alarm.ts';
import { awsMetric, ownMetric } from './metrics.ts';
import type { Tables } from './tables.ts';
import { deadLetterQueuesIn, functionsIn, queuesIn, streamReadersIn, tablesOf } from './watched.ts';

export interface DashboardProps {
  readonly apis: readonly HttpApi[];
  readonly tables: Tables;
  readonly alarms: readonly IAlarm[];
}

type Divided = {
  [Name in MetricName]: keyof (typeof METRICS)[Name]['by'] extends never ? never : Name;
}[MetricName];

/** One page that says how the deployment does, from the way in to SES's own word. */
export function createDashboard(scope: Construct, id: string, props: DashboardProps): Dashboard {
  const dashboard = new Dashboard(scope, id, { defaultInterval: Duration.days(1) });
  const own = (...names: Parameters<typeof ownMetric>[1][]) =>
    names.map((name) => ownMetric(scope, name, { period: FIVE_MINUTES, label: name }));
  const by = (name: Divided) => [everyValueOf(scope, name)];
  const rows: Readonly<Record<string, readonly IWidget[]>> = {
    Alarms: [new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: 24, height: 6 })],
    Intake: [
      graph('Notifications', own('NotificationReceived', 'NotificationRepeated', 'MessageReturned')),
      graph('Bounces recorded', by('BounceRecorded')),
      graph('Ignored', by('NotificationIgnored')),
      graph('Parked', by('MessageParked')),
      graph('Echoes of SES', by('SesLayerMarked')),
      graph('SES could not say why', by('BounceRemark')),
      graph('Accounts passed over', by('AccountNotRegistered')),
      graph('Global bounces and strikes', own('GlobalBounceDeclared', 'StrikesCleared', 'BounceNotCounted')),
    ],
    Filter: [graph('Verdicts', by('Verdict')), graph('Answers of the API by status', by('Request'))],
    'Unbounce and quota': [
      graph('Granted', own('UnbounceGranted', 'UnbounceRepeated')),
      graph('Refused by rule', by('UnbounceRefused')),
      graph('Quota left, of the account with the least', [
        ownMetric(scope, 'UnbounceQuotaLeft', { period: HOUR }).with({ statistic: Stats.MINIMUM }),
      ]),
    ],
    'What operators do': [
      graph('Rows imported', by('RowImported')),
      graph('Released', by('AddressReleased')),
      graph('Corrected and erased', own('AddressCorrected', 'AddressErased')),
    ],
    "SES's account list": [
      graph('Removals queued', own('SesRemovalQueued', 'SesRemovalQueuedAgain', 'SesRemovalsWaiting')),
      graph('Age of the oldest removal', own('SesOldestRemovalAge')),
      graph('Removals settled', by('SesRemovalSettled')),
      graph('Import jobs', own('SesRemovalInJob', 'SesJobRefused')),
      graph('Drift', by('SesListDrift')),
      graph(
        'Tasks',
        own('SesListEntriesRead', 'SesTaskReturned', 'SesTaskUnknown', 'StreamRecordUnreadable'),
      ),
    ],
    Events: [
      graph('Published', by('EventPublished')),
      graph('Not taken', [...by('EventNotTaken'), ...own('EventBusUnreachable')]),
    ],
    Queues: queueGraphs(scope),
    API: apiGraphs(props.apis),
    'Functions and tables': [...functionGraphs(scope), ...tableGraphs(props.tables)],
    'What SES says': sesGraphs(),
  };
  for (const [title, widgets] of Object.entries(rows)) {
    dashboard.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
    dashboard.addWidgets(...widgets);
  }
  return dashboard;
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 6, height: 6 });
}

/** One line for each value of the metric's dimension, whichever there are. */
function everyValueOf(scope: Construct, name: Divided): IMetric {
  const schema = [`"${Stack.of(scope).stackName}"`, ...Object.keys(METRICS[name].by)].join();
  return new MathExpression({
    expression: `SEARCH('{${schema}} MetricName="${name}"', 'Sum')`,
    usingMetrics: {},
    period: FIVE_MINUTES,
    label: '',
  });
}

function queueGraphs(scope: Construct): IWidget[] {
  const stack = Stack.of(scope);
  const dead = deadLetterQueuesIn(stack);
  const working = queuesIn(stack).filter(({ name }) => !dead.some((queue) => queue.name === name));
  const each = (key: 'queueAge' | 'queueDepth', queues: typeof dead) =>
    queues.map(({ name, resource }) =>
      awsMetric(key, { QueueName: resource.queueName }, { period: FIVE_MINUTES, label: name }),
    );
  return [
    graph('Age of the oldest message', each('queueAge', working)),
    graph('Messages waiting', each('queueDepth', working)),
    graph('Dead letters', each('queueDepth', dead)),
  ];
}

function apiGraphs(apis: readonly HttpApi[]): IWidget[] {
  const each = (key: 'apiRequests' | 'apiClientErrors' | 'apiServerErrors' | 'apiLatency') =>
    apis.map((api) => awsMetric(key, { ApiId: api.apiId }, { period: FIVE_MINUTES, label: api.node.id }));
  return [
    graph('Calls', each('apiRequests')),
    graph('4xx', each('apiClientErrors')),
    graph('5xx', each('apiServerErrors')),
    graph('Slowest of twenty', each('apiLatency')),
  ];
}

function functionGraphs(scope: Construct): IWidget[] {
  const stack = Stack.of(scope);
  const each = (
    key: 'functionInvocations' | 'functionErrors' | 'functionThrottles' | 'functionDuration' | 'iteratorAge',
    functions = functionsIn(stack),
  ) =>
    functions.map(({ name, resource }) =>
      awsMetric(key, { FunctionName: resource.functionName }, { period: FIVE_MINUTES, label: name }),
    );
  return [
    graph('Invocations', each('functionInvocations')),
    graph('Errors', each('functionErrors')),
    graph('Throttles', each('functionThrottles')),
    graph('Duration, slowest of twenty', each('functionDuration')),
    graph('Behind the stream', each('iteratorAge', streamReadersIn(stack))),
  ];
}

function tableGraphs(tables: Tables): IWidget[] {
  const each = (key: 'readThrottles' | 'writeThrottles') =>
    tablesOf(tables).map(({ name, resource }) =>
      awsMetric(key, { TableName: resource.tableName }, { period: FIVE_MINUTES, label: name }),
    );
  return [graph('Throttled reads', each('readThrottles')), graph('Throttled writes', each('writeThrottles'))];
}

function sesGraphs(): IWidget[] {
  const each = (
    ...keys: ('sends' | 'sesBounces' | 'sesComplaints' | 'sesBounceRate' | 'sesComplaintRate')[]
  ) => keys.map((key) => awsMetric(key, {}, { period: HOUR }));
  return [
    graph('Sent', each('sends')),
    graph('Bounces and complaints', each('sesBounces', 'sesComplaints')),
    graph('Bounce rate (review at 0.05)', each('sesBounceRate')),
    graph('Complaint rate (review at 0.001)', each('sesComplaintRate')),
  ];
}
