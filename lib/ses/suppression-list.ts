import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  type SESv2Client,
  type SuppressionListReason,
} from '@aws-sdk/client-sesv2';
import type { Instant } from '../policy/time.ts';
import type { PacedCaller } from './paced-caller.ts';
import type { RemovalJobs } from './removal-jobs.ts';

/** A place where an address may be listed: SES matches it by exact case, on the account's list or a tenant's. */
export interface ListedAs {
  readonly spelling: string;
  /** Null for the list of the account. */
  readonly tenant: string | null;
}

export interface ListEntry {
  readonly spelling: string;
  readonly listedFor: 'bounce' | 'complaint';
  readonly listedAt: Instant;
}

export interface ListPage {
  readonly entries: readonly ListEntry[];
  /** Where the list goes on; null at its end. */
  readonly next: string | null;
}

/** SES's own suppression list in one Region. Every method throws `UnavailableError` at its deadline. */
export interface SuppressionList {
  readonly region: string;
  /** Null where SES takes none: outside the Region of the bucket that they read. */
  readonly jobs: RemovalJobs | null;
  /** Null when SES does not list it. */
  find(place: ListedAs, deadlineAt: Instant): Promise<ListEntry | null>;
  /** What is not listed is removed already. */
  remove(place: ListedAs, deadlineAt: Instant): Promise<void>;
  /** A page of the account's list. Throws StalePositionError when the position means nothing to SES any more. */
  readPage(position: string | null, deadlineAt: Instant): Promise<ListPage>;
}

/** The reading of the list must begin anew. */
export class StalePositionError extends Error {
  override readonly name = 'StalePositionError';
}

export interface SuppressionListDependencies {
  readonly region: string;
  readonly client: Pick<SESv2Client, 'send'>;
  readonly call: PacedCaller;
  readonly jobs?: RemovalJobs | null;
}

/** The most that SES gives at once. */
const ENTRIES_PER_PAGE = 1_000;
/** An address that SES would never take, or a tenant that it does not know, is not listed either. */
const NOT_LISTED = new Set(['NotFoundException', 'BadRequestException']);

/** Source: Amazon SES API v2 Reference, "GetSuppressedDestination" and those beside it. */
export function createSuppressionList({
  region,
  client,
  call,
  jobs = null,
}: SuppressionListDependencies): SuppressionList {
  return {
    region,
    jobs,
    async find(place, deadlineAt) {
      const command = new GetSuppressedDestinationCommand(toInput(place));
      const answer = await ifListed(call(deadlineAt, (options) => client.send(command, options)));
      return answer?.SuppressedDestination === undefined ? null : toEntry(answer.SuppressedDestination);
    },
    async remove(place, deadlineAt) {
      const command = new DeleteSuppressedDestinationCommand(toInput(place));
      await ifListed(call(deadlineAt, (options) => client.send(command, options)));
    },
    async readPage(position, deadlineAt) {
      const command = new ListSuppressedDestinationsCommand({
        PageSize: ENTRIES_PER_PAGE,
        ...(position !== null && { NextToken: position }),
      });
      try {
        const answer = await call(deadlineAt, (options) => client.send(command, options));
        const entries = (answer.SuppressedDestinationSummaries ?? []).map(toEntry);
        return { entries, next: answer.NextToken ?? null };
      } catch (error) {
        throw nameOf(error) === 'InvalidNextTokenException'
          ? new StalePositionError('SES does not know the position any more.', { cause: error })
          : error;
      }
    },
  };
}

function toInput({ spelling, tenant }: ListedAs) {
  return { EmailAddress: spelling, ...(tenant !== null && { TenantName: tenant }) };
}

interface Destination {
  readonly EmailAddress: string | undefined;
  readonly Reason: SuppressionListReason | undefined;
  readonly LastUpdateTime: Date | number | undefined;
}

/** Times come as dates from the SDK, and in seconds as SES sends them. */
function toEntry({ EmailAddress = '', Reason, LastUpdateTime = 0 }: Destination): ListEntry {
  const listedAt = LastUpdateTime instanceof Date ? LastUpdateTime.getTime() : LastUpdateTime * 1000;
  // Whatever SES lists for another reason than a bounce is left alone like a complaint.
  return { spelling: EmailAddress, listedFor: Reason === 'BOUNCE' ? 'bounce' : 'complaint', listedAt };
}

async function ifListed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (NOT_LISTED.has(nameOf(error))) {
      return null;
    }
    throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
