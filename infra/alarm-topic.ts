import { Aws } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** Who hears of alarms: a topic that is there already, one for an e-mail address, or nobody but the console. */
export function createAlarmActions(
  scope: Construct,
  { alarmTopicArn, alarmEmail }: Pick<Settings, 'alarmTopicArn' | 'alarmEmail'>,
): readonly IAlarmAction[] {
  if (alarmTopicArn !== null) {
    return [new SnsAction(Topic.fromTopicArn(scope, 'AlarmTopic', alarmTopicArn))];
  }
  return alarmEmail === null ? [] : [new SnsAction(createTopic(scope, alarmEmail))];
}

/** Not encrypted with a KMS key: CloudWatch may not use the AWS managed one, and an alarm holds no address. */
function createTopic(scope: Construct, email: string): Topic {
  const topic = new Topic(scope, 'AlarmTopic', { enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAwsAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  topic.addSubscription(new EmailSubscription(email));
  return topic;
}
