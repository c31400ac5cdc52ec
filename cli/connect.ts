import { createReboundClient, type ReboundClient } from '../client/index.ts';
import { stateDirOf } from '../local/options.ts';
import { readState } from '../local/state-file.ts';
import { type Shell, UsageError } from './shell.ts';

/** The options of every command. */
export interface GlobalOptions {
  readonly api?: string;
  readonly account: string;
  readonly token?: string;
  readonly region?: string;
}

/** Calls the API that was named, or the stack that runs on this machine. Throws UsageError. */
export async function connect(
  options: GlobalOptions,
  { environment, root, fetch }: Shell,
): Promise<ReboundClient> {
  const named = options.api ?? (environment['REBOUND_API'] || null);
  const baseUrl = named === null ? localApi(environment, root) : checkUrl(named);
  const token = options.token ?? (environment['REBOUND_TOKEN'] || null);
  const client = { baseUrl, account: options.account, fetch };
  if (token !== null) return createReboundClient({ ...client, token });
  if (isLocal(baseUrl)) return createReboundClient(client);
  const region = options.region ?? regionOf(baseUrl) ?? environment['AWS_REGION'];
  if (!region)
    throw new UsageError('The URL does not name the AWS Region to sign for. Give it with --region.');
  // It takes 30 MB, and half of the time to start, of those who do not need it.
  const { createAwsSigner } = await import('../client/sign-aws.ts');
  return createReboundClient({ ...client, sign: createAwsSigner({ region }) });
}

function regionOf(url: string): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\./.exec(new URL(url).hostname)?.[1];
}

function localApi(environment: Shell['environment'], root: string): string {
  const state = readState(stateDirOf(environment, root));
  if (state !== null) return state.apiUrl;
  throw new UsageError(
    'Which API? Start the stack on this machine with npm start, or name a deployed one with --api or REBOUND_API.',
  );
}

function checkUrl(given: string): string {
  if (!URL.canParse(given)) throw new UsageError(`--api takes a URL like https://..., not ${given}`);
  const { protocol } = new URL(given);
  if (protocol === 'https:' || (protocol === 'http:' && isLocal(given))) return given;
  throw new UsageError('--api takes an https URL: a call carries addresses and credentials.');
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
