import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createSesClient } from '../../lib/aws/service-clients.ts';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';
import type { SesStub } from '../../local/ses-stub.ts';

export const REGION = 'eu-central-1';

const CALLER = { region: REGION, credentials: LOCAL_CREDENTIALS };
const ELSEWHERE = { sqs: '', dynamodb: '', cloudwatch: '', events: '', s3: '' };

/** Both clients that ask SES, each of which tries once: what holds of one must hold of the other. */
export const CLIENTS = {
  'the client of the SDK': ({ endpoint }: SesStub) =>
    new SESv2Client({ ...CALLER, endpoint, maxAttempts: 1 }),
  'the client of the functions': ({ endpoint }: SesStub) =>
    createSesClient({ ...CALLER, endpoints: { ...ELSEWHERE, ses: endpoint } }, { maxAttempts: 1 }),
};
