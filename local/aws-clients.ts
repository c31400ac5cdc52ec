import { REGION } from './references.ts';

/** Settings of an AWS client that talks to an emulator on this machine, whatever the person's own profile says. */
export function localClient(endpoint: string) {
  return { endpoint, region: REGION, credentials: LOCAL_CREDENTIALS };
}

/** DynamoDB Local takes letters and digits only. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
