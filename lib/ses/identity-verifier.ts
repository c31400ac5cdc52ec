import { GetEmailIdentityCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Instant } from '../policy/time.ts';
import { UnavailableError } from '../policy/unavailable.ts';

export interface IdentityVerifierDependencies {
  readonly client: Pick<SESv2Client, 'send'>;
  readonly clock: () => Instant;
}

const NO_IDENTITY = new Set(['NotFoundException', 'BadRequestException']);

/**
 * Whether SES lets somebody send as this domain or e-mail address: it is verified itself, or its domain is,
 * or a parent of that. Source: Amazon SES Developer Guide, "Verified identities in Amazon SES".
 */
export function createSesIdentityVerifier({ client, clock }: IdentityVerifierDependencies) {
  return {
    /** @throws {UnavailableError} when SES has not answered by the deadline. */
    async verify(name: string, deadlineAt: Instant): Promise<'verified' | 'unverified'> {
      const abortSignal = AbortSignal.timeout(Math.max(deadlineAt - clock(), 0));
      for (const candidate of withParents(name)) {
        if (await isVerified(client, candidate, abortSignal)) {
          return 'verified';
        }
      }
      return 'unverified';
    },
  };
}

async function isVerified(
  client: IdentityVerifierDependencies['client'],
  EmailIdentity: string,
  abortSignal: AbortSignal,
): Promise<boolean> {
  try {
    const command = new GetEmailIdentityCommand({ EmailIdentity });
    const { VerifiedForSendingStatus } = await client.send(command, { abortSignal });
    return VerifiedForSendingStatus === true;
  } catch (error) {
    // What SES would never take as an identity is not verified either, and asking again would not help.
    if (error instanceof Error && NO_IDENTITY.has(error.name)) {
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
