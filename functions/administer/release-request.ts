import { expected, printable, readObject, readOptionalText } from '../../lib/http/members.ts';
import { namedAddress, type PathAddress } from '../../lib/http/path-address.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import { isAccountId } from '../../lib/policy/account.ts';
import type { ReleaseRequest } from '../../lib/policy/release.ts';

const MAX_REASON_LENGTH = 1_000;

/** Reads the body of `POST /v1/global-bounces/{address}/release`. Throws ProblemError. */
export function readReleaseRequest({ caller, readBody }: ApiRequest, address: PathAddress): ReleaseRequest {
  const members = readObject(readBody());
  const reason = printable(readOptionalText(members, 'reason', MAX_REASON_LENGTH) ?? '').trim();
  if (reason === '') {
    throw expected('reason', `a sentence of at most ${MAX_REASON_LENGTH} characters that says why`);
  }
  const account = readOptionalText(members, 'account', 64);
  if (account !== null && !isAccountId(account)) {
    throw expected('account', 'an account id: 1 to 64 letters, digits, "_" and "-"');
  }
  return { address: namedAddress(address), account, by: caller.actor, reason };
}
