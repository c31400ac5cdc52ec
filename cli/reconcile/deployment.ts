import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { loadPolicy, type Policy } from '../../lib/policy/policy.ts';
import type { DynamoContext } from '../../lib/store/dynamo-context.ts';
import { localClient } from '../../local/aws-clients.ts';
import { readStack, type Template } from '../../local/cloud-assembly.ts';
import { readState } from '../../local/state-file.ts';
import { readStackOutputs } from '../stack-outputs.ts';
import type { Place, ReconciledTables } from './options.ts';

/** What is reconciled: tables, and the rule set under which they are written. */
export interface Deployment {
  readonly context: DynamoContext;
  readonly policy: Policy;
}

/** The deployment cannot be found; the message says what to do. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

const LOCAL_STACK = 'Rebound';

/** Finds the tables and the policy overrides of a deployment. Throws DeploymentError. */
export async function openDeployment(place: Place, stateDir: string): Promise<Deployment> {
  switch (place.kind) {
    case 'local':
      return openLocal(stateDir);
    case 'stack':
      return await openStack(place.name);
    case 'tables': {
      const overrides = place.overridesFile === null ? [] : readJson(place.overridesFile);
      return { context: contextOf({}, place.tables), policy: loadPolicy(overrides) };
    }
  }
}

function openLocal(stateDir: string): Deployment {
  const state = readState(stateDir);
  if (state === null) {
    throw new DeploymentError(
      'Nothing runs here: start it with npm start, or name a deployed one by --stack.',
    );
  }
  const { template } = readStack(join(stateDir, 'cdk.out'), LOCAL_STACK);
  return {
    context: contextOf(localClient(state.endpoints.dynamodb), tablesIn(state.tables, '')),
    policy: loadPolicy(overridesIn(template)),
  };
}

async function openStack(StackName: string): Promise<Deployment> {
  const client = new CloudFormationClient({});
  try {
    const outputs = await readStackOutputs(client, StackName);
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
    const policy = loadPolicy(overridesIn(JSON.parse(TemplateBody)));
    return { context: contextOf({}, tablesIn(outputs, 'TableName')), policy };
  } finally {
    client.destroy();
  }
}

function tablesIn(named: Readonly<Record<string, string>>, suffix: string): ReconciledTables {
  const addressBounces = named[`AddressBounces${suffix}`];
  const unbounceQuotas = named[`UnbounceQuotas${suffix}`];
  if (addressBounces === undefined || unbounceQuotas === undefined) {
    throw new DeploymentError('This is no Rebound: it names no tables AddressBounces and UnbounceQuotas.');
  }
  return { addressBounces, unbounceQuotas };
}

/** The policy overrides with which the functions of a stack run. */
export function overridesIn({ Resources }: Pick<Template, 'Resources'>): unknown {
  const texts = Object.values(Resources).flatMap(({ Type, Properties }) => {
    const { Variables } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    return Type === 'AWS::Lambda::Function' ? (Variables?.['POLICY_OVERRIDES'] ?? []) : [];
  });
  return texts.length === 0 ? undefined : JSON.parse(String(texts[0]));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DeploymentError(`${file} holds no policy overrides: ${(error as Error).message}`);
  }
}

function contextOf(config: DynamoDBClientConfig, tables: ReconciledTables): DynamoContext {
  return {
    client: new DynamoDBClient(config),
    tables: { campaignRecipients: '', accounts: '', ...tables },
    clock: Date.now,
    sleep: (durationInMs) => new Promise((resolve) => setTimeout(resolve, durationInMs)),
    random: Math.random,
  };
}
