import { CreateImportJobCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { ObjectWriter } from '../aws/object-writer.ts';
import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';
import type { PacedCaller } from './paced-caller.ts';

/** Has SES take many entries off the account list of one Region at once, in its own time. */
export interface RemovalJobs {
  /** Throws JobRefusedError, and `UnavailableError` where SES does not answer until the deadline. */
  ask(job: RemovalJob, deadlineAt: Instant): Promise<void>;
}

export interface RemovalJob {
  /** What is asked for under the same name again is written to the same place. Letters, digits and `-` alone. */
  readonly name: string;
  /** As SES lists them, 1 to 10,000. */
  readonly spellings: readonly string[];
}

/** SES or S3 would not take a job, whenever it is asked: in the sandbox, or without the permission. Names no address. */
export class JobRefusedError extends Error {
  override readonly name = 'JobRefusedError';
}

export interface RemovalJobsDependencies {
  readonly region: string;
  readonly client: Pick<SESv2Client, 'send'>;
  readonly call: PacedCaller;
  readonly objects: ObjectWriter;
  readonly clock: () => Instant;
}

/**
 * An object of the bucket says which entries, one a line. Source: Amazon SES API v2 Reference, "CreateImportJob"; Amazon
 * SES Developer Guide, "Using the Amazon SES account-level suppression list".
 */
export function createRemovalJobs(deps: RemovalJobsDependencies): RemovalJobs {
  const { region, client, call, objects, clock } = deps;
  return {
    async ask({ name, spellings }, deadlineAt) {
      const key = `removals/${region}/${name}.json`;
      const lines = spellings.map((emailAddress) => `${JSON.stringify({ emailAddress })}\n`);
      const object = { key, body: lines.join(''), contentType: 'application/x-ndjson' };
      const command = new CreateImportJobCommand({
        ImportDestination: { SuppressionListDestination: { SuppressionListImportAction: 'DELETE' } },
        ImportDataSource: { DataFormat: 'JSON', S3Url: `s3://${objects.bucket}/${key}` },
      });
      try {
        const abortSignal = AbortSignal.timeout(Math.max(Math.ceil(deadlineAt - clock()), 0));
        await objects.put(object, { abortSignal });
        await call(deadlineAt, (options) => client.send(command, options));
      } catch (error) {
        throw error instanceof UnavailableError ? error : new JobRefusedError(wordsFor(error));
      }
    },
  };
}

function wordsFor(error: unknown): string {
  const { name = 'Error', $metadata } = error as RefusedCall;
  return `No job was taken: ${name}, status ${$metadata?.httpStatusCode ?? 'unknown'}.`;
}

interface RefusedCall {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}
