import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Answer, ProblemError } from './problem.ts';

/** What Lambda carries is 6 MB at most. */
const MAX_REPLY_IN_BYTES = 5_500_000;

/** An answer as the gateway takes it. Throws ProblemError `split_the_call` when it is too large for that. */
export function toResult({
  status,
  headers,
  body,
}: Answer): APIGatewayProxyStructuredResultV2 & { statusCode: number } {
  const text = JSON.stringify(body);
  // Lambda puts the body into JSON once more, where every quote takes two bytes.
  if (Buffer.byteLength(JSON.stringify(text)) > MAX_REPLY_IN_BYTES) {
    throw new ProblemError(
      'split_the_call',
      'The answer would pass 5.5 MB. Send the same request in several parts, or ask for a shorter page.',
    );
  }
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: text,
  };
}
