/** A finding of cdk-nag that stays, and why. */
export interface AcceptedFinding {
  readonly rule: RegExp;
  /** The construct's path, without `/Resource`. */
  readonly where: RegExp;
  readonly reason: string;
}

/** Everything that cdk-nag finds and that stays as it is. An entry that is needed no more fails, as does a finding without one. */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /^Rebound\/(SyncSesList|PublishEvents|ReadSuppressions)Role\/DefaultPolicy$/,
    reason:
      'dynamodb:ListStreams, the actions on SES lists and cloudwatch:GetMetricData know no resource; grants.test.ts names each.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:ses:.*:identity\/\*\]$/,
    where: /^Rebound\/AdministerRole\/DefaultPolicy$/,
    reason: 'Which identities exist is said at run time; the action reads whether one is verified.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:execute-api:/,
    where: /^Rebound\/(Sender|Operator)Policy$/,
    reason: 'Addresses and campaigns stand in paths. policy-simulation.test.ts asks what the patterns reach.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<.*>\/removals\/\*\]$/,
    where: /^Rebound\/SyncSesListRole\/DefaultPolicy$/,
    reason:
      'The function writes one object for each job, below one prefix of a bucket that holds nothing else.',
  },
  {
    rule: /^AwsSolutions-S1$/,
    where: /^Rebound\/SesListSync\/Removals$/,
    reason: 'One function writes and SES reads; objects live for a day, and a log of them would live longer.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<.*>\/console\/\*\]$/,
    where: /^Console\/Console\/Upload\/Role\/DefaultPolicy$/,
    reason: 'The upload writes whatever files the build has, below one prefix of its own bucket.',
  },
  {
    rule: /^AwsSolutions-SQS3$/,
    where: /^Rebound\/(BounceIntake\/SubscriptionDeadLetterQueue|EventsOut\/DeadLetterQueue)$/,
    reason: 'These are dead-letter queues, of a subscription and of a stream, which the rule does not see.',
  },
  {
    rule: /^Serverless-SQSRedrivePolicy$/,
    where: /DeadLetterQueue$/,
    reason: 'What is in a dead-letter queue waits for a person; an alarm says so.',
  },
  {
    rule: /^Serverless-LambdaDLQ$/,
    where: /./,
    reason:
      'Nobody invokes a function asynchronously: the gateway waits for its answer, queues and streams tell again and park.',
  },
  {
    rule: /^Serverless-LambdaTracing$/,
    where: /./,
    reason:
      'Traces cost per request and hold nothing that request ids in logs and metrics by route do not; X-Ray segments could name keys.',
  },
  {
    rule: /^Serverless-LambdaEventSourceMappingDestination$/,
    where: /^Rebound\/(RecordBounces|SyncSesList)\/Queue$/,
    reason: 'For a queue Lambda offers no destination; its redrive policy parks what failed five times.',
  },
  {
    rule: /^Serverless-LambdaEventSourceMappingDestination$/,
    where: /^Rebound\/SyncSesList\/Stream$/,
    reason:
      'Nothing is skipped: a record is told again for 24 hours, and what then still waits stands on its status item, where reconcile finds it.',
  },
  {
    rule: /^Serverless-EventBusDLQ$/,
    where: /^Rebound\/SesListSync\/(Requeue|Import)$/,
    reason:
      'A schedule whose message got lost sends the next one after an hour or a day, and that does the same work.',
  },
  {
    rule: /^Serverless-SNSRedrivePolicy$/,
    where: /^Rebound\/Alarms\/AlarmTopic\/ops@example\.com$/,
    reason: 'A subscription by e-mail has nothing to redrive; the alarm stands in the console as well.',
  },
  {
    rule: /^(AwsSolutions-L1|Serverless-LambdaLatestVersion)$/,
    where: /^Console\/Custom::CDKBucketDeployment/,
    reason: 'The function and its runtime are those of the CDK; it runs while a deployment does.',
  },
  {
    rule: /^AwsSolutions-S1$/,
    where: /^Console\/Console\/Upload\/Files$/,
    reason: 'The bucket holds the public files of a page and is read by CloudFront alone.',
  },
  {
    rule: /^AwsSolutions-CFR3$/,
    where: /^Console\/Console\/Distribution$/,
    reason:
      'CloudFront would log paths, and paths hold addresses. The gateway behind it logs the route of every call.',
  },
  {
    rule: /^AwsSolutions-CFR[12]$/,
    where: /^Console\/Console\/Distribution$/,
    reason:
      'Who may call is decided by the token; where people work from, and a firewall, are for the operator to choose.',
  },
  {
    rule: /^AwsSolutions-CFR4$/,
    where: /^Console\/Console\/Distribution$/,
    reason:
      'The certificate of CloudFront allows no choice of TLS; with consoleDomainName and its certificate 1.2 is the least.',
  },
];
