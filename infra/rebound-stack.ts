import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { createIamApi, createJwtApi } from './api.ts';
import { createApiFunctions } from './api-functions.ts';
import { BounceIntake } from './bounce-intake.ts';
import { createOperatorPolicy, createSenderPolicy } from './caller-policies.ts';
import { Console } from './console.ts';
import { createDashboard } from './dashboard.ts';
import { EventsOut } from './events-out.ts';
import { createPublishEvents, createRecordBounces, createSyncSesList } from './fed-functions.ts';
import { SesListSync } from './ses-list-sync.ts';
import type { Settings } from './settings.ts';
import { createTables } from './tables.ts';

/** Everything that Rebound is in an AWS account, in whichever account and region it is deployed to. */
export class ReboundStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      stackName: settings.stackName,
      description: 'Rebound: keeps an SES sender from mailing addresses that bounced',
    });
    const tables = createTables(this, settings);
    const recordBounces = createRecordBounces(this, tables, settings);
    const intake = new BounceIntake(this, 'BounceIntake', { recordBounces, settings });
    const sesListSync = new SesListSync(this, 'SesListSync', {
      syncSesList: createSyncSesList(this, tables, settings),
      addressBounces: tables.addressBounces,
    });
    const eventsOut =
      settings.events &&
      new EventsOut(this, 'EventsOut', {
        publishEvents: createPublishEvents(this, tables, settings),
        addressBounces: tables.addressBounces,
      });
    const functions = createApiFunctions(this, tables, settings);
    const api = createIamApi(this, functions, settings);
    const jwtApi = settings.jwt && createJwtApi(this, { functions, settings, jwt: settings.jwt });
    const console =
      settings.jwt &&
      jwtApi &&
      settings.console &&
      new Console(this, 'Console', {
        settings: settings.console,
        jwt: settings.jwt,
        jwtApi,
        logRetentionInDays: settings.logRetentionInDays,
      });
    const apis = jwtApi === null ? [api] : [api, jwtApi];
    const dashboard = settings.alarms
      ? createDashboard(this, 'Dashboard', {
          apis,
          tables,
          alarms: new Alarms(this, 'Alarms', {
            settings,
            tables,
            topic: intake.topic,
            intakeQueue: intake.queue,
            sesListQueue: sesListSync.queue,
            apis,
          }).all,
        })
      : null;

    this.output({
      ApiUrl: api.apiEndpoint,
      ...(jwtApi && { JwtApiUrl: jwtApi.apiEndpoint }),
      ...(console && { ConsoleUrl: console.url }),
      TopicArn: intake.topic.topicArn,
      ConfigurationSetName: intake.configurationSet.configurationSetName,
      QueueUrl: intake.queue.queueUrl,
      DeadLetterQueueUrl: intake.deadLetterQueue.queueUrl,
      SubscriptionDeadLetterQueueUrl: intake.subscriptionDeadLetterQueue.queueUrl,
      SesListQueueUrl: sesListSync.queue.queueUrl,
      SesListDeadLetterQueueUrl: sesListSync.deadLetterQueue.queueUrl,
      ...(eventsOut && { EventsDeadLetterQueueUrl: eventsOut.deadLetterQueue.queueUrl }),
      ...(dashboard && { DashboardName: dashboard.dashboardName }),
      AddressBouncesTableName: tables.addressBounces.table.tableName,
      CampaignRecipientsTableName: tables.campaignRecipients.table.tableName,
      UnbounceQuotasTableName: tables.unbounceQuotas.table.tableName,
      AccountsTableName: tables.accounts.table.tableName,
      SenderPolicyArn: createSenderPolicy(this, api, settings).managedPolicyArn,
      OperatorPolicyArn: createOperatorPolicy(this, api, settings).managedPolicyArn,
    });
  }

  private output(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
