import { Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { createAlarms, DAY, FIVE_MINUTES, HOUR, STAYS } from './alarm.ts';
import { createAlarmActions } from './alarm-topic.ts';
import { awsMetric, ownMetric } from './metrics.ts';
import { createRateAlarms } from './rate-alarms.ts';
import type { Settings } from './settings.ts';
import { createTableAlarms } from './table-alarms.ts';
import type { Tables } from './tables.ts';
import { deadLetterQueuesIn, functionsIn, streamReadersIn } from './watched.ts';

const MINUTE_IN_SECONDS = 60;
const HOUR_IN_SECONDS = 3_600;

/** SES sends bounces alone: of fewer mails than this it may well have none to tell of. */
const SENDS_WITH_A_BOUNCE = 2_000;
/** Every mail is answered by a delivery, at the latest after some hours. */
const SENDS_WITH_A_DELIVERY = 50;

export interface AlarmsProps {
  readonly settings: Settings;
  readonly tables: Tables;
  readonly topic: Topic;
  readonly intakeQueue: Queue;
  readonly sesListQueue: Queue;
  readonly apis: readonly HttpApi[];
}

/** What wakes an operator. Created last: it watches every function and every dead-letter queue that is there by then. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  private readonly raise: ReturnType<typeof createAlarms>;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.raise = createAlarms(this, createAlarmActions(this, props.settings));
    this.watchQueues(props);
    this.watchFunctions();
    this.watchApis(props.apis);
    createTableAlarms(this.raise, props.tables);
    this.watchSesList();
    this.watchSes(props);
    createRateAlarms(this.raise);
    this.all = this.node.children.filter((child) => child instanceof Alarm);
  }

  private watchQueues({ intakeQueue, sesListQueue }: AlarmsProps): void {
    this.raise('IntakeQueueAge', {
      heading: 'Intake queue age',
      says: 'bounces have waited for ten minutes to be recorded, and may be mailed again meanwhile.',
      metric: ageOf(intakeQueue),
      threshold: 10 * MINUTE_IN_SECONDS,
      periods: STAYS,
    });
    this.raise('SesListQueueAge', {
      heading: 'SES list queue age',
      says: "work on SES's account list has waited for six hours.",
      metric: ageOf(sesListQueue),
      threshold: 6 * HOUR_IN_SECONDS,
      periods: STAYS,
    });
    for (const { name, resource } of deadLetterQueuesIn(Stack.of(this))) {
      this.raise(`${name}Depth`, {
        heading: 'Dead letters',
        says: `something waits in ${name} that nobody will do by itself.`,
        metric: awsMetric('queueDepth', { QueueName: resource.queueName }, { period: FIVE_MINUTES }),
        threshold: 1,
      });
    }
  }

  private watchFunctions(): void {
    const stack = Stack.of(this);
    for (const { name, resource } of functionsIn(stack)) {
      const of = { FunctionName: resource.functionName };
      this.raise(`${name}Errors`, {
        heading: 'Function errors',
        says: `${name} ends in errors or runs out of time again and again.`,
        metric: awsMetric('functionErrors', of, { period: FIVE_MINUTES }),
        threshold: 1,
        periods: STAYS,
      });
      this.raise(`${name}Throttles`, {
        heading: 'Function throttles',
        says: `${name} may not run as often as it is called.`,
        metric: awsMetric('functionThrottles', of, { period: FIVE_MINUTES }),
        threshold: 1,
        periods: STAYS,
      });
    }
    for (const { name, resource } of streamReadersIn(stack)) {
      this.raise(`${name}StreamAge`, {
        heading: 'Stream age',
        says: `${name} is fifteen minutes behind the table's stream, which forgets after 24 hours.`,
        metric: awsMetric('iteratorAge', { FunctionName: resource.functionName }, { period: FIVE_MINUTES }),
        threshold: 15 * MINUTE_IN_SECONDS * 1_000,
        periods: STAYS,
      });
    }
  }

  private watchApis(apis: readonly HttpApi[]): void {
    for (const api of apis) {
      this.raise(`${api.node.id}Errors`, {
        heading: 'API errors',
        says: `calls of ${api.node.id} are answered 5xx again and again.`,
        metric: awsMetric('apiServerErrors', { ApiId: api.apiId }, { period: FIVE_MINUTES }),
        threshold: 1,
        periods: STAYS,
      });
    }
  }

  private watchSesList(): void {
    this.raise('SesRemovalsWait', {
      heading: 'SES removals wait',
      says: "an address that may be mailed again has waited for six hours to be taken off SES's account list.",
      metric: ownMetric(this, 'SesOldestRemovalAge', { period: HOUR }),
      threshold: 6 * HOUR_IN_SECONDS,
      // It is measured once an hour, but not at the same minute.
      missing: TreatMissingData.IGNORE,
    });
  }

  private watchSes({ topic, settings }: AlarmsProps): void {
    this.raise('SubscriptionFailures', {
      heading: 'Subscription failures',
      says: 'the topic could not hand notifications to the queue.',
      metric: awsMetric('failedDeliveries', { TopicName: topic.topicName }, { period: FIVE_MINUTES }),
      threshold: 1,
    });
    const least = settings.deliveryEvents ? SENDS_WITH_A_DELIVERY : SENDS_WITH_A_BOUNCE;
    this.raise('NoNotification', {
      heading: 'No notification for a day',
      says: `SES sent ${least} mails or more in 24 hours, and told Rebound of none.`,
      metric: new MathExpression({
        expression: `IF(FILL(sends, 0) >= ${least} AND FILL(received, 0) < 1, 1, 0)`,
        usingMetrics: {
          sends: awsMetric('sends', {}, { period: DAY }),
          received: ownMetric(this, 'NotificationReceived', { period: DAY }),
        },
        period: DAY,
        label: 'mails without a notification',
      }),
      threshold: 1,
    });
  }
}

function ageOf(queue: Queue): IMetric {
  return awsMetric('queueAge', { QueueName: queue.queueName }, { period: FIVE_MINUTES });
}
