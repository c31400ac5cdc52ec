import type { Verification } from '../../lib/policy/account.ts';
import type { Instant } from '../../lib/policy/time.ts';

/** Who knows whether a sending identity may send. */
export interface IdentityVerifier {
  /** Throws `UnavailableError` when nobody has answered by the deadline. */
  verify(name: string, deadlineAt: Instant): Promise<Verification>;
}

/** Where no SES is configured a registered identity counts, and answers say that nobody checked it. */
export const UNCHECKED: IdentityVerifier = { verify: async () => 'not_checked' };
