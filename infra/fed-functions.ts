import { Aws, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { globalBounceEnvironment, letKeepCampaigns, policyEnvironment } from './function-settings.ts';
import { allow, createNodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import { givePartitions, giveTable, type Tables } from './tables.ts';

export const RECORD_TIMEOUT_IN_SECONDS = 60;
/** At one request a second and Region: an address in many spellings, or a page of SES's list with its writes. */
export const SYNC_TIMEOUT_IN_SECONDS = 120;
const PUBLISH_TIMEOUT_IN_SECONDS = 60;

/** Creates record-bounces; what it reads from and parks in comes with the intake. */
export function createRecordBounces(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createNodeFunction(scope, {
    name: 'record-bounces',
    memoryInMb: 1024,
    timeoutInSeconds: RECORD_TIMEOUT_IN_SECONDS,
    logRetentionInDays: settings.logRetentionInDays,
    environment: {
      ...policyEnvironment(settings),
      ACCOUNT_TAG: settings.accountTag,
      CAMPAIGN_TAG: settings.campaignTag,
      TRUST_TAGS: String(settings.trustTags),
      DELIVERY_EVENTS: String(settings.deliveryEvents),
      ...globalBounceEnvironment(settings),
      SES: 'configured',
    },
  });
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem']);
  giveTable(fn, tables.accounts, ['BatchGetItem', 'GetItem', 'PutItem']);
  letKeepCampaigns(fn, tables, settings);
  return fn;
}

/** Creates sync-ses-list; the stream and the queue that feed it, and its bucket, come with what schedules it. */
export function createSyncSesList(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const { policyOverrides, sesRegions, logRetentionInDays } = settings;
  const fn = createNodeFunction(scope, {
    name: 'sync-ses-list',
    memoryInMb: 512,
    timeoutInSeconds: SYNC_TIMEOUT_IN_SECONDS,
    logRetentionInDays,
    environment: {
      SES: 'configured',
      SES_REGIONS: sesRegions?.join() ?? Aws.REGION,
      ...(policyOverrides && { POLICY_OVERRIDES: policyOverrides }),
    },
  });
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'Query', 'UpdateItem']);
  // What SES lists and what waits for SES: of the accounts themselves it needs nothing.
  givePartitions(fn, tables.accounts, {
    actions: ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'],
    partitions: ['#ses-list*', '#pending-removals'],
  });
  // SES's lists, and jobs that do not exist yet, are no resources that a policy could name.
  allow(
    fn,
    [
      'ses:CreateImportJob',
      'ses:DeleteSuppressedDestination',
      'ses:GetSuppressedDestination',
      'ses:ListSuppressedDestinations',
    ],
    '*',
  );
  return fn;
}

/** Creates publish-events; the stream that feeds it comes with what it publishes to. */
export function createPublishEvents(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const { eventsWithAddress, eventBusName, logRetentionInDays } = settings;
  const fn = createNodeFunction(scope, {
    name: 'publish-events',
    memoryInMb: 512,
    timeoutInSeconds: PUBLISH_TIMEOUT_IN_SECONDS,
    logRetentionInDays,
    environment: { EVENT_BUS_NAME: eventBusName, EVENTS_WITH_ADDRESS: String(eventsWithAddress) },
  });
  // It asks who was erased before it names anybody.
  if (eventsWithAddress) giveTable(fn, tables.addressBounces, ['BatchGetItem']);
  allow(fn, ['events:PutEvents'], eventBusOf(Stack.of(scope), eventBusName));
  return fn;
}

function eventBusOf(stack: Stack, resourceName: string): string {
  return stack.formatArn({ service: 'events', resource: 'event-bus', resourceName });
}
