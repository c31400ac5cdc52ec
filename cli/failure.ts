import { ReboundGatewayError, ReboundProblemError } from '../client/index.ts';
import { InputError } from './filter/input-error.ts';
import { RowsRefusedError } from './import/rows-refused-error.ts';
import { StillReadingError } from './import-ses/watch-readings.ts';
import { PartlyConnectedError } from './onboarding/partly-connected-error.ts';
import { printable } from './printable.ts';
import { UsageError } from './shell.ts';
import { UnfinishedError } from './unfinished-error.ts';

/** How a command ends that does not succeed. */
export interface Failure {
  /** For people: what is wrong and what to do. */
  readonly lines: readonly string[];
  readonly exitCode: 1 | 2 | 3;
}

const FAILED = 1;
const WRONG_USAGE = 2;
const REFUSED = 3;

/** What stands behind an error; null for a fault of the program itself. */
export function describeFailure(error: unknown): Failure | null {
  if (error instanceof UnfinishedError) {
    const failure = describeFailure(error.cause);
    return failure && { ...failure, lines: [...failure.lines, error.message] };
  }
  if (error instanceof UsageError || error instanceof InputError) return failure(WRONG_USAGE, error.message);
  if (error instanceof RowsRefusedError) return failure(REFUSED, error.message);
  if (error instanceof StillReadingError) return failure(FAILED, error.message);
  if (error instanceof PartlyConnectedError) return failure(FAILED, error.message);
  if (error instanceof ReboundProblemError) return problemFailure(error);
  if (error instanceof ReboundGatewayError) return gatewayFailure(error);
  return systemFailure(error as SystemError);
}

function failure(exitCode: Failure['exitCode'], ...lines: readonly string[]): Failure {
  return { exitCode, lines: lines.map(printable) };
}

function problemFailure({ status, code, message, refusals }: ReboundProblemError): Failure {
  if (status >= 500) return failure(FAILED, `Rebound failed (${code}): ${message}`);
  if (refusals.length === 0) return failure(REFUSED, `Rebound refused (${code}): ${message}`);
  const reasons = refusals.map((refusal) => `  ${refusal.rule} ${refusal.code}: ${refusal.message}`);
  return failure(REFUSED, 'Rebound refused:', ...reasons);
}

function gatewayFailure({ status, message }: ReboundGatewayError): Failure {
  const exitCode = status >= 500 || status === 429 ? FAILED : REFUSED;
  const isForbidden = status === 401 || status === 403;
  const advice = isForbidden
    ? 'Check the credentials or the token, and that they may do this for this account.'
    : 'Check --api: the outputs of the stack name the address.';
  return failure(exitCode, `The gateway answered ${status}: ${message}`, ...(status < 500 ? [advice] : []));
}

/** Of the network, of files and of AWS credentials; they carry a code, or a cause that does. */
interface SystemError extends Error {
  readonly code?: unknown;
}

function systemFailure(error: SystemError): Failure | null {
  if (error.name === 'CredentialsProviderError') {
    return failure(
      WRONG_USAGE,
      'No AWS credentials were found to sign with. Set AWS_PROFILE or AWS_ACCESS_KEY_ID, or give a token.',
    );
  }
  if (error.name === 'TimeoutError')
    return failure(FAILED, 'The API did not answer in time. Try again later.');
  if ('$metadata' in error) return failure(FAILED, `AWS answered ${error.name}: ${error.message}`);
  if (error.message === 'fetch failed') {
    const { code = 'no connection' } = (error.cause ?? {}) as { readonly code?: string };
    return failure(FAILED, `The API does not answer (${code}). Does it run, and is this its address?`);
  }
  return typeof error.code === 'string' ? failure(FAILED, error.message) : null;
}
