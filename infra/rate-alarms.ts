import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type createAlarms, DAY, HOUR } from './alarm.ts';
import { awsMetric } from './metrics.ts';

interface Rate {
  readonly id: 'Bounce' | 'Complaint';
  readonly told: 'sesBounces' | 'sesComplaints';
  readonly atSes: 'sesBounceRate' | 'sesComplaintRate';
  /** Of the mails; somewhat below the one at which SES puts the AWS account under review. */
  readonly nearInPercent: number;
  readonly reviewInPercent: number;
  /** Of fewer mails in a day a rate says nothing. */
  readonly leastSends: number;
}

/** Source: Amazon SES Developer Guide, "Using reputation metrics to track bounce and complaint rates". */
const RATES: readonly Rate[] = [
  {
    id: 'Bounce',
    told: 'sesBounces',
    atSes: 'sesBounceRate',
    nearInPercent: 4,
    reviewInPercent: 5,
    leastSends: 500,
  },
  {
    id: 'Complaint',
    told: 'sesComplaints',
    atSes: 'sesComplaintRate',
    nearInPercent: 0.08,
    reviewInPercent: 0.1,
    leastSends: 5_000,
  },
];

/**
 * Two alarms for each rate. The one of the last day tells at once of a campaign that goes wrong; SES's own is taken over a
 * volume that may reach back for weeks, but it is what SES judges by, and holds for who sends little.
 */
export function createRateAlarms(raise: ReturnType<typeof createAlarms>): void {
  for (const { id, told, atSes, nearInPercent, reviewInPercent, leastSends } of RATES) {
    const near = `near the ${reviewInPercent} % at which SES puts the AWS account under review.`;
    raise(`${id}RateOfTheDay`, {
      heading: `${id} rate of the day`,
      says: `of the mails of the last 24 hours, ${leastSends} or more, ${nearInPercent} % or more, ${near}`,
      metric: new MathExpression({
        expression: `IF(FILL(sends, 0) >= ${leastSends}, 100 * FILL(told, 0) / sends, 0)`,
        usingMetrics: {
          sends: awsMetric('sends', {}, { period: DAY }),
          told: awsMetric(told, {}, { period: DAY }),
        },
        period: DAY,
        label: `${id.toLowerCase()} rate in percent`,
      }),
      threshold: nearInPercent,
    });
    raise(`${id}RateAtSes`, {
      heading: `${id} rate at SES`,
      says: `SES's own rate is ${nearInPercent} % or more, ${near}`,
      metric: awsMetric(atSes, {}, { period: HOUR }),
      threshold: nearInPercent / 100,
      // SES states it now and then.
      missing: TreatMissingData.IGNORE,
    });
  }
}
