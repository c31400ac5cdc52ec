import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { METRICS, type MetricName } from '../lib/telemetry/metrics.ts';

/** A metric that an AWS service keeps of its own accord. */
export interface AwsMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'None';
  readonly statistic: string;
}

const SQS = { namespace: 'AWS/SQS', dimensions: ['QueueName'], statistic: Stats.MAXIMUM } as const;
const LAMBDA = { namespace: 'AWS/Lambda', dimensions: ['FunctionName'] } as const;
const API = { namespace: 'AWS/ApiGateway', dimensions: ['ApiId'] } as const;
const TABLE = { namespace: 'AWS/DynamoDB', dimensions: ['TableName'] } as const;
const INDEX = { namespace: 'AWS/DynamoDB', dimensions: ['TableName', 'GlobalSecondaryIndexName'] } as const;
const SES = { namespace: 'AWS/SES', dimensions: [] } as const;
const SUM = { unit: 'Count', statistic: Stats.SUM } as const;

/**
 * Those that alarms and dashboard read. Sources: "Available CloudWatch metrics for Amazon SQS", "Types of metrics for Lambda
 * functions", "Monitor CloudWatch metrics for HTTP APIs", "DynamoDB metrics and dimensions", "CloudWatch metrics for Amazon
 * SNS", "Monitoring your Amazon SES sending activity".
 */
export const AWS_METRICS = {
  queueAge: { ...SQS, name: 'ApproximateAgeOfOldestMessage', unit: 'Seconds' },
  queueDepth: { ...SQS, name: 'ApproximateNumberOfMessagesVisible', unit: 'Count' },
  functionInvocations: { ...LAMBDA, ...SUM, name: 'Invocations' },
  functionErrors: { ...LAMBDA, ...SUM, name: 'Errors' },
  functionThrottles: { ...LAMBDA, ...SUM, name: 'Throttles' },
  functionDuration: { ...LAMBDA, name: 'Duration', unit: 'Milliseconds', statistic: Stats.p(95) },
  iteratorAge: { ...LAMBDA, name: 'IteratorAge', unit: 'Milliseconds', statistic: Stats.MAXIMUM },
  apiRequests: { ...API, name: 'Count', unit: 'Count', statistic: Stats.SAMPLE_COUNT },
  apiClientErrors: { ...API, ...SUM, name: '4xx' },
  apiServerErrors: { ...API, ...SUM, name: '5xx' },
  apiLatency: { ...API, name: 'Latency', unit: 'Milliseconds', statistic: Stats.p(95) },
  readThrottles: { ...TABLE, ...SUM, name: 'ReadThrottleEvents' },
  writeThrottles: { ...TABLE, ...SUM, name: 'WriteThrottleEvents' },
  indexReadThrottles: { ...INDEX, ...SUM, name: 'ReadThrottleEvents' },
  indexWriteThrottles: { ...INDEX, ...SUM, name: 'WriteThrottleEvents' },
  systemErrors: {
    ...SUM,
    namespace: 'AWS/DynamoDB',
    name: 'SystemErrors',
    dimensions: ['TableName', 'Operation'],
  },
  failedDeliveries: {
    ...SUM,
    namespace: 'AWS/SNS',
    name: 'NumberOfNotificationsFailed',
    dimensions: ['TopicName'],
  },
  sends: { ...SES, ...SUM, name: 'Send' },
  sesBounces: { ...SES, ...SUM, name: 'Bounce' },
  sesComplaints: { ...SES, ...SUM, name: 'Complaint' },
  sesBounceRate: { ...SES, name: 'Reputation.BounceRate', unit: 'None', statistic: Stats.MAXIMUM },
  sesComplaintRate: { ...SES, name: 'Reputation.ComplaintRate', unit: 'None', statistic: Stats.MAXIMUM },
} as const satisfies Readonly<Record<string, AwsMetric>>;

type AwsMetrics = typeof AWS_METRICS;
type DimensionsOf<Key extends keyof AwsMetrics> = Readonly<
  Record<AwsMetrics[Key]['dimensions'][number], string>
>;

export interface MetricOptions {
  readonly period: Duration;
  readonly label?: string;
}

/** A metric of AWS's, with all the dimensions that it has. */
export function awsMetric<Key extends keyof AwsMetrics>(
  key: Key,
  dimensionsMap: DimensionsOf<Key>,
  options: MetricOptions,
): Metric {
  const { namespace, name: metricName, statistic } = AWS_METRICS[key];
  return new Metric({ namespace, metricName, statistic, dimensionsMap, ...options });
}

type Undivided = {
  [Name in MetricName]: keyof (typeof METRICS)[Name]['by'] extends never ? Name : never;
}[MetricName];

/** A metric of the stack's own that has no dimensions: an alarm cannot add up those that have. */
export function ownMetric(scope: Construct, metricName: Undivided, options: MetricOptions): Metric {
  const statistic = METRICS[metricName].kind === 'counted' ? Stats.SUM : Stats.MAXIMUM;
  return new Metric({ namespace: Stack.of(scope).stackName, metricName, statistic, ...options });
}
