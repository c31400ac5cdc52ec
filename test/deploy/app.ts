import { App } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { ReboundStack } from '../../infra/rebound-stack.ts';
import { parseSettings } from '../../infra/settings.ts';

// The app as it is, but that MiniStack takes no alarm of several metrics: such a one watches the first of them here.
const app = new App();
const stack = new ReboundStack(app, 'Rebound', parseSettings(app.node.getAllContext()));
for (const construct of stack.node.findAll()) {
  if (!(construct instanceof CfnAlarm)) continue;
  const { Metrics: metrics } = stack.resolve(construct._toCloudFormation()).Resources[
    stack.getLogicalId(construct)
  ].Properties;
  if (metrics === undefined) continue;
  const { Metric, Period, Stat } = metrics.find(
    ({ MetricStat }: CfnMetric) => MetricStat !== undefined,
  ).MetricStat;
  construct.addPropertyDeletionOverride('Metrics');
  for (const [name, value] of Object.entries({ ...Metric, Period, Statistic: Stat })) {
    construct.addPropertyOverride(name, value);
  }
}
app.synth();

interface CfnMetric {
  readonly MetricStat?: object;
}
