import type { CancellationReason } from '@aws-sdk/client-dynamodb';

const PASSING_FAULTS = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionConflict',
  'TransactionInProgressException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'AbortError',
  'RequestTimeout',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
]);

interface AwsFault {
  readonly name?: string;
  readonly code?: string;
  readonly $retryable?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly CancellationReason[];
}

/**
 * Whether trying again may help: throttles, conflicts, faults of the service, lost connections.
 * Source: Amazon DynamoDB Developer Guide, "Error handling with DynamoDB".
 */
export function isPassing(error: unknown): boolean {
  const fault = faultOf(error);
  if (fault.CancellationReasons !== undefined) {
    return fault.CancellationReasons.some(({ Code }) => PASSING_FAULTS.has(Code ?? ''));
  }
  return (
    PASSING_FAULTS.has(fault.name ?? '') ||
    PASSING_FAULTS.has(fault.code ?? '') ||
    fault.$retryable !== undefined ||
    (fault.$metadata?.httpStatusCode ?? 0) >= 500
  );
}

/** The places of the actions whose condition did not hold; empty when the fault is another one. */
export function lostConditions(error: unknown): readonly { index: number; reason: CancellationReason }[] {
  const fault = faultOf(error);
  if (fault.name === 'ConditionalCheckFailedException') {
    return [{ index: 0, reason: error as CancellationReason }];
  }
  return (fault.CancellationReasons ?? []).flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, reason }] : [],
  );
}

function faultOf(error: unknown): AwsFault {
  return typeof error === 'object' && error !== null ? error : {};
}
