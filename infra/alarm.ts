import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** The headings of docs/runbook.md, one for each kind of alarm. */
export const RUNBOOK = [
  'Intake queue age',
  'SES list queue age',
  'Dead letters',
  'Function errors',
  'Function throttles',
  'API errors',
  'DynamoDB throttles',
  'DynamoDB system errors',
  'SES removals wait',
  'Stream age',
  'No notification for a day',
  'Bounce rate of the day',
  'Bounce rate at SES',
  'Complaint rate of the day',
  'Complaint rate at SES',
  'Subscription failures',
] as const;

export type RunbookHeading = (typeof RUNBOOK)[number];

export interface AlarmOptions {
  readonly heading: RunbookHeading;
  /** What it means, one sentence that ends the colon after the heading. */
  readonly says: string;
  /** Its period is that of the alarm. */
  readonly metric: IMetric;
  /** The least value that counts against it. */
  readonly threshold: number;
  /** How many of the last periods must reach the threshold; one of one where nothing is said. */
  readonly periods?: { readonly bad: number; readonly of: number };
  /** What a period without data means; that all is well where nothing is said. */
  readonly missing?: TreatMissingData;
}

export const FIVE_MINUTES = Duration.minutes(5);
export const HOUR = Duration.hours(1);
export const DAY = Duration.days(1);
/** A fault that stays: one that passed by itself wakes nobody. */
export const STAYS = { bad: 2, of: 3 } as const;

/** Creates alarms that lead to the runbook and tell these actions when they begin and when they end. */
export function createAlarms(scope: Construct, actions: readonly IAlarmAction[]) {
  return (id: string, { heading, says, metric, threshold, periods, missing }: AlarmOptions): Alarm => {
    const alarm = new Alarm(scope, id, {
      alarmDescription: `${heading}: ${says} See docs/runbook.md#${anchorOf(heading)}`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods?.of ?? 1,
      datapointsToAlarm: periods?.bad ?? 1,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...actions);
    alarm.addOkAction(...actions);
    return alarm;
  };
}

/** As Markdown viewers make it of a heading. */
function anchorOf(heading: RunbookHeading): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}
