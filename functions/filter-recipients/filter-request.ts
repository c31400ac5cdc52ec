import { readObject, readOptionalText, readTexts } from '../../lib/http/members.ts';
import { ProblemError } from '../../lib/http/problem.ts';
import { isCampaignId } from '../../lib/policy/account.ts';

export interface FilterRequest {
  readonly recipients: readonly string[];
  readonly campaign: string | null;
}

const MAX_RECIPIENTS = 10_000;
const MAX_CAMPAIGN_LENGTH = 256;

/** Reads the body of a filter call. Throws ProblemError. */
export function readFilterRequest(body: unknown): FilterRequest {
  const members = readObject(body);
  const recipients = readTexts(members, 'recipients');
  if (recipients.length > MAX_RECIPIENTS) {
    throw new ProblemError(
      'too_many_recipients',
      `Send at most ${MAX_RECIPIENTS} recipients a call; these are ${recipients.length}. Split the list.`,
    );
  }
  const campaign = readOptionalText(members, 'campaign', MAX_CAMPAIGN_LENGTH);
  if (campaign !== null && !isCampaignId(campaign)) {
    throw new ProblemError(
      'invalid_campaign',
      'A campaign id is 1 to 256 letters, digits, "_", ".", "@" and "-".',
    );
  }
  return { recipients, campaign };
}
