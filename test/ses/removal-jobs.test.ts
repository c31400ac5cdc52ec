import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { WrittenObject } from '../../lib/aws/object-writer.ts';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createPacedCaller } from '../../lib/ses/paced-caller.ts';
import { createRemovalJobs } from '../../lib/ses/removal-jobs.ts';
import { type SesStub, startSesStub } from '../../local/ses-stub.ts';
import { CLIENTS, REGION } from './stub-clients.ts';

const LIST = { region: REGION, tenant: null };
const SPELLINGS = ["Ada.O'Neil+a/b@Example.com", '"quo,ted \\" one"@example.com', 'bücher@example.com'];
const JOB = { name: '1790000000000-3', spellings: SPELLINGS };
const FAR = 10_000_000;

let stub: SesStub;
beforeEach(async () => {
  stub = await startSesStub();
});
afterEach(() => stub.stop());

/** Jobs whose clock moves by their own pauses alone. */
function open(
  client = CLIENTS['the client of the functions'](stub),
  put = async ({ key, body }: WrittenObject) => stub.objects.put(`/the-bucket/${key}`, body),
) {
  const time = { now: 0 };
  const clock = () => time.now;
  const sleep = async (durationInMs: number) => {
    time.now += durationInMs;
  };
  const call = createPacedCaller({ clock, sleep, random: () => 0 });
  return createRemovalJobs({ region: REGION, client, call, objects: { bucket: 'the-bucket', put }, clock });
}

test.each(Object.entries(CLIENTS))(
  'by %s, a job takes off what it names, by exact case',
  async (_, client) => {
    const others = SPELLINGS.map((spelling) => spelling.toUpperCase());
    for (const address of [...SPELLINGS, ...others]) {
      stub.lists.put(LIST, { address, reason: 'BOUNCE', listedAt: 0 });
    }
    await open(client(stub)).ask(JOB, FAR);
    expect(stub.lists.all(LIST).map(({ address }) => address)).toEqual([...others].sort());
    expect(stub.objects.places).toEqual([`/the-bucket/removals/${REGION}/1790000000000-3.json`]);
  },
);

test('asked again, a job is written to the same place and takes off nothing more', async () => {
  const jobs = open();
  stub.next('lost_response');
  await jobs.ask(JOB, FAR);
  await jobs.ask(JOB, FAR);
  expect(stub.objects.places).toHaveLength(1);
  expect(stub.requests).toHaveLength(3);
});

test('what SES or S3 refuses for good says so, without naming anybody', async () => {
  stub.next('refused');
  await expect(open().ask(JOB, FAR)).rejects.toMatchObject({
    name: 'JobRefusedError',
    message: 'No job was taken: BadRequestException, status 400.',
  });
  const refusal = Object.assign(new Error('ada@example.com'), { $metadata: { httpStatusCode: 403 } });
  const refusing = open(undefined, () => Promise.reject(refusal));
  await expect(refusing.ask(JOB, FAR)).rejects.toMatchObject({
    name: 'JobRefusedError',
    message: 'No job was taken: Error, status 403.',
  });
});

test('SES that does not answer in time is unavailable', async () => {
  stub.next('server_error', 'server_error', 'server_error');
  await expect(open().ask(JOB, 1_500)).rejects.toThrow(UnavailableError);
});
