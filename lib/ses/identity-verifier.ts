import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from '@aws-sdk/client-sesv2';
import { UnavailableError } from '../policy/unavailable.ts';

/**
 * Whether SES lets somebody send as this domain or e-mail address: it is verified itself, or its domain is,
 * or a parent of that. Source: Amazon SES Developer Guide, "Verified identities in Amazon SES".
 */
export function createSesIdentityVerifier(client: SESv2Client) {
  return {
    async verify(name: string): Promise<'verified' | 'unverified'> {
      for (const candidate of withParents(name)) {
        if (await isVerified(client, candidate)) {
          return 'verified';
        }
      }
      return 'unverified';
    },
  };
}

async function isVerified(client: SESv2Client, EmailIdentity: string): Promise<boolean> {
  try {
    const { VerifiedForSendingStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
    return VerifiedForSendingStatus === true;
  } catch (error) {
    if (error instanceof NotFoundException) {
      return false;
    }
    throw new UnavailableError('SES did not say whether the identity is verified.', { cause: error });
  }
}

/** `a@b.example.com`, `b.example.com`, `example.com`. */
function withParents(name: string): readonly string[] {
  const domain = name.slice(name.lastIndexOf('@') + 1);
  const labels = domain.split('.');
  const domains = labels
    .slice(0, Math.max(labels.length - 1, 1))
    .map((_, index) => labels.slice(index).join('.'));
  return [...new Set([name, ...domains])];
}
