import type { AwsSettings } from '../../lib/aws/aws-settings.ts';
import { createS3Writer, createSesClient } from '../../lib/aws/service-clients.ts';
import { createPacedCaller, type PacedCallerDependencies } from '../../lib/ses/paced-caller.ts';
import { createRemovalJobs } from '../../lib/ses/removal-jobs.ts';
import { createSuppressionList, type SuppressionList } from '../../lib/ses/suppression-list.ts';

/** The bucket from which jobs read, and where it is. */
export interface JobBucket {
  readonly name: string;
  readonly region: string;
}

/** Opens SES's list in the Region of the settings, with jobs where the bucket is: nothing says that SES reads one of another Region. */
export function openList(
  settings: AwsSettings,
  bucket: JobBucket,
  timing: PacedCallerDependencies,
): SuppressionList {
  const ses = {
    region: settings.region,
    client: createSesClient(settings, { maxAttempts: 1 }),
    call: createPacedCaller(timing),
  };
  if (settings.region !== bucket.region) {
    return createSuppressionList(ses);
  }
  const objects = createS3Writer(settings, bucket.name);
  return createSuppressionList({
    ...ses,
    jobs: createRemovalJobs({ ...ses, objects, clock: timing.clock }),
  });
}
