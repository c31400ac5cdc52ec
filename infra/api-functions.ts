import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { globalBounceEnvironment, letKeepCampaigns, policyEnvironment } from './function-settings.ts';
import { allow, createNodeFunction } from './node-function.ts';
import type { ApiFunctionName } from './routes.ts';
import type { Settings } from './settings.ts';
import { allowIndexQuery, BY_ACCOUNT, givePartitions, giveTable, type Tables } from './tables.ts';

/** The gateway gives up after 30 s. */
const API_TIMEOUT_IN_SECONDS = 29;

/** Creates the functions behind the API, each with exactly what it may touch. */
export function createApiFunctions(
  scope: Construct,
  tables: Tables,
  settings: Settings,
): Readonly<Record<ApiFunctionName, LambdaFunction>> {
  return {
    administer: createAdminister(scope, tables, settings),
    'correct-suppressions': createCorrectSuppressions(scope, tables, settings),
    'filter-recipients': createFilterRecipients(scope, tables, settings),
    'import-suppressions': createImportSuppressions(scope, tables, settings),
    'read-suppressions': createReadSuppressions(scope, tables, settings),
    'serve-contract': createServeContract(scope, settings),
    unbounce: createUnbounce(scope, tables, settings),
  };
}

function createAdminister(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'administer', settings);
  fn.addEnvironment('SES', 'configured');
  giveTable(fn, tables.accounts, ['GetItem', 'UpdateItem']);
  // Who owns which identity, and the list of accounts: it never deletes an account.
  givePartitions(fn, tables.accounts, {
    actions: ['DeleteItem', 'PutItem', 'Query'],
    partitions: ['identity#*', '#accounts'],
  });
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'PutItem', 'Query', 'UpdateItem']);
  giveTable(fn, tables.unbounceQuotas, ['GetItem', 'UpdateItem']);
  givePartitions(fn, tables.unbounceQuotas, { actions: ['PutItem', 'Query'], partitions: ['#operator'] });
  allow(fn, ['ses:GetEmailIdentity'], identitiesOf(Stack.of(scope)));
  return fn;
}

function createCorrectSuppressions(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'correct-suppressions', settings);
  fn.addEnvironment('SES', 'configured');
  for (const [name, value] of Object.entries(globalBounceEnvironment(settings)))
    fn.addEnvironment(name, value);
  giveTable(fn, tables.addressBounces, [
    'BatchGetItem',
    'ConditionCheckItem',
    'PutItem',
    'Query',
    'UpdateItem',
  ]);
  allowIndexQuery(fn, tables.addressBounces, BY_ACCOUNT);
  giveTable(fn, tables.accounts, ['GetItem']);
  // The ledger of corrections: counters and unbounces are out of its reach.
  givePartitions(fn, tables.unbounceQuotas, {
    actions: ['Query', 'UpdateItem'],
    partitions: ['#corrections#*'],
  });
  return fn;
}

function createFilterRecipients(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'filter-recipients', settings);
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'ConditionCheckItem', 'UpdateItem']);
  giveTable(fn, tables.accounts, ['GetItem', 'PutItem']);
  letKeepCampaigns(fn, tables, settings);
  giveTable(fn, tables.unbounceQuotas, ['GetItem']);
  return fn;
}

function createImportSuppressions(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'import-suppressions', settings);
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'ConditionCheckItem', 'UpdateItem']);
  giveTable(fn, tables.accounts, ['GetItem']);
  return fn;
}

function createReadSuppressions(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'read-suppressions', settings);
  fn.addEnvironment('SES', settings.bounceRate ? 'configured' : 'none');
  giveTable(fn, tables.addressBounces, ['BatchGetItem', 'GetItem']);
  allowIndexQuery(fn, tables.addressBounces, BY_ACCOUNT);
  giveTable(fn, tables.campaignRecipients, ['BatchGetItem', 'Query']);
  giveTable(fn, tables.accounts, ['GetItem', 'Query']);
  giveTable(fn, tables.unbounceQuotas, ['GetItem', 'Query']);
  // Metrics are no resources that a policy could name, and no condition key narrows what is read of them.
  if (settings.bounceRate) allow(fn, ['cloudwatch:GetMetricData'], '*');
  return fn;
}

/** It touches nothing at all. */
function createServeContract(scope: Construct, settings: Settings): LambdaFunction {
  return createNodeFunction(scope, {
    name: 'serve-contract',
    memoryInMb: 512,
    timeoutInSeconds: API_TIMEOUT_IN_SECONDS,
    logRetentionInDays: settings.logRetentionInDays,
    environment: jwtEnvironment(settings),
  });
}

function createUnbounce(scope: Construct, tables: Tables, settings: Settings): LambdaFunction {
  const fn = createApiFunction(scope, 'unbounce', settings);
  fn.addEnvironment('SES', 'configured');
  giveTable(fn, tables.addressBounces, ['GetItem', 'UpdateItem']);
  giveTable(fn, tables.accounts, ['GetItem', 'ConditionCheckItem']);
  giveTable(fn, tables.unbounceQuotas, ['GetItem', 'PutItem', 'UpdateItem']);
  return fn;
}

function createApiFunction(scope: Construct, name: ApiFunctionName, settings: Settings): LambdaFunction {
  return createNodeFunction(scope, {
    name,
    // 1,769 MB is one whole processor: 10,000 recipients are normalised and judged in one call.
    memoryInMb: name === 'filter-recipients' ? 1769 : 1024,
    timeoutInSeconds: API_TIMEOUT_IN_SECONDS,
    logRetentionInDays: settings.logRetentionInDays,
    environment: {
      ...policyEnvironment(settings),
      ...jwtEnvironment(settings),
    },
  });
}

function jwtEnvironment({ jwt }: Settings): Record<string, string> {
  if (jwt === null) return {};
  return {
    ...(jwt.accountClaim && { JWT_ACCOUNT_CLAIM: jwt.accountClaim }),
    ...(jwt.account && { JWT_ACCOUNT: jwt.account }),
    ...(jwt.scopePrefix && { JWT_SCOPE_PREFIX: jwt.scopePrefix }),
  };
}

/** SES's identities of the account in which the stack stands. */
function identitiesOf(stack: Stack): string {
  return stack.formatArn({
    service: 'ses',
    resource: 'identity',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
