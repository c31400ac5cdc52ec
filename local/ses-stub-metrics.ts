/** What the stub says of all mail, so that a bounce rate can be seen; it sends none. */
const RATES: Readonly<Record<string, number>> = {
  'Reputation.BounceRate': 0.021,
  'Reputation.ComplaintRate': 0.0004,
};

interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: { readonly MetricName: string }; readonly Period: number };
}

/** What CloudWatch would answer to GetMetricData: SES's two rates, in the last period asked for. Times are in seconds. */
export function metricData(body: string): object {
  const { MetricDataQueries, EndTime } = JSON.parse(body) as {
    MetricDataQueries: readonly MetricQuery[];
    EndTime: number;
  };
  const results = MetricDataQueries.map(({ Id, MetricStat: { Metric, Period } }) => {
    const rate = RATES[Metric.MetricName];
    const [Values, Timestamps] = rate === undefined ? [[], []] : [[rate], [EndTime - Period]];
    return { Id, Label: Metric.MetricName, StatusCode: 'Complete', Values, Timestamps };
  });
  return { MetricDataResults: results };
}
