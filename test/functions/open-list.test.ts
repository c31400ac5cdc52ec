import { expect, test } from '@jest/globals';
import { openList } from '../../functions/sync-ses-list/open-list.ts';
import { LOCAL_CREDENTIALS } from '../../local/aws-clients.ts';

test.each([
  ['eu-central-1', true],
  ['us-east-1', false],
])('with the bucket in eu-central-1, SES in %s takes jobs: %s', (region, takesJobs) => {
  const endpoint = 'http://127.0.0.1:1';
  const endpoints = {
    dynamodb: endpoint,
    events: endpoint,
    sqs: endpoint,
    ses: endpoint,
    cloudwatch: endpoint,
    s3: endpoint,
  };
  const settings = { region, credentials: LOCAL_CREDENTIALS, endpoints };
  const timing = { clock: () => 0, sleep: async () => undefined, random: () => 0 };
  const list = openList(settings, { name: 'the-bucket', region: 'eu-central-1' }, timing);
  expect([list.region, list.jobs !== null]).toEqual([region, takesJobs]);
});
