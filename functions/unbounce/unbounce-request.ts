import {
  expected,
  type Members,
  membersOf,
  printable,
  readOptionalObject,
  readOptionalText,
} from '../../lib/http/members.ts';
import { namedAddress, type PathAddress } from '../../lib/http/path-address.ts';
import type { ApiRequest } from '../../lib/http/request.ts';
import type { Evidence } from '../../lib/policy/address-record.ts';
import type { UnbounceRequest } from '../../lib/policy/unbounce.ts';
import type { AddressKey } from '../../lib/store/port.ts';
import { namesOneAddress } from './names-one-address.ts';

const MAX_KIND_LENGTH = 64;
const MAX_NOTE_LENGTH = 1_000;
const MAX_KEY_LENGTH = 255;

/** Reads an unbounce call. What U8 and U1 judge is no error here; the rest throws ProblemError. */
export function readUnbounceRequest(
  { caller, headers, readBody }: ApiRequest,
  address: PathAddress,
  { addressHash }: AddressKey,
): UnbounceRequest {
  const body = readBody();
  const members: Members = Array.isArray(body) ? {} : membersOf(body);
  return {
    address: namedAddress(address),
    namesOneAddress: namesOneAddress(body, addressHash),
    isConfirmed: members['confirmedValid'] === true,
    by: caller.actor,
    evidence: readEvidence(members),
    idempotencyKey: readIdempotencyKey(headers['idempotency-key']),
  };
}

function readEvidence(members: Members): Evidence | null {
  const evidence = readOptionalObject(members, 'evidence');
  if (evidence === null) {
    return null;
  }
  const kind = readOptionalText(evidence, 'kind', MAX_KIND_LENGTH);
  if (kind === null || kind.trim() === '') {
    throw expected('evidence.kind', 'a word for what speaks for the address, such as "replied"');
  }
  const note = readOptionalText(evidence, 'note', MAX_NOTE_LENGTH) ?? '';
  return { kind: printable(kind), note: printable(note) };
}

/** Source: IETF draft "The Idempotency-Key HTTP Header Field". */
function readIdempotencyKey(key: string | undefined): string | null {
  if (key !== undefined && key.length > MAX_KEY_LENGTH) {
    throw expected('Idempotency-Key', `a header of at most ${MAX_KEY_LENGTH} characters`);
  }
  return key || null;
}
