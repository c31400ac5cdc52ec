import { ReboundGatewayError, ReboundProblemError } from '../../client/index.ts';

/** What a failed call means to the reader. */
export type FailureKind =
  | 'offline'
  | 'busy'
  | 'signedOut'
  | 'forbidden'
  | 'unknownAccount'
  | 'unknownCampaign'
  | 'invalidAddress'
  | 'unavailable'
  | 'other';

const BY_CODE: Readonly<Record<string, FailureKind>> = {
  forbidden: 'forbidden',
  no_identity: 'forbidden',
  unknown_account: 'unknownAccount',
  unknown_campaign: 'unknownCampaign',
  invalid_campaign: 'unknownCampaign',
  invalid_address: 'invalidAddress',
  try_again: 'busy',
  not_found: 'unavailable',
};
const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  401: 'signedOut',
  403: 'forbidden',
  404: 'unavailable',
  429: 'busy',
  503: 'busy',
};

/** A call without any answer is taken for a lost connection, a timeout among them. */
export function failureKindOf(error: unknown): FailureKind {
  if (error instanceof ReboundProblemError) return BY_CODE[error.code] ?? 'other';
  if (error instanceof ReboundGatewayError) return BY_STATUS[error.status] ?? 'other';
  return error instanceof TypeError || error instanceof DOMException ? 'offline' : 'other';
}
