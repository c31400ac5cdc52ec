import type { Answer, Call, Credentials } from './signed-call.ts';

export interface IamUserOptions {
  readonly endpoint: string;
  readonly call: (call: Call) => Promise<Answer>;
  /** Credentials that may create users. */
  readonly administrator: Credentials;
}

/** Creates a user that holds one managed policy and nothing else, and answers its access key. */
export async function createIamUser(
  name: string,
  policyArn: string,
  options: IamUserOptions,
): Promise<Credentials> {
  const ask = (parameters: Record<string, string>) => askIam(parameters, options);
  await ask({ Action: 'CreateUser', UserName: name });
  await ask({ Action: 'AttachUserPolicy', UserName: name, PolicyArn: policyArn });
  const answer = await ask({ Action: 'CreateAccessKey', UserName: name });
  return {
    accessKeyId: elementOf(answer, 'AccessKeyId'),
    secretAccessKey: elementOf(answer, 'SecretAccessKey'),
  };
}

async function askIam(
  parameters: Record<string, string>,
  { endpoint, call, administrator }: IamUserOptions,
): Promise<string> {
  const { status, body } = await call({
    method: 'POST',
    url: `${endpoint}/`,
    service: 'iam',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString(),
    credentials: administrator,
  });
  if (status !== 200) throw new Error(`IAM ${parameters['Action']} answered ${status}: ${body}`);
  return body;
}

function elementOf(xml: string, name: string): string {
  const value = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (value === undefined) throw new Error(`No ${name} in ${xml}`);
  return value;
}
