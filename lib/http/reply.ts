import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Answer, ProblemError } from './problem.ts';

/** What Lambda carries is 6 MB at most. */
const MAX_REPLY_IN_BYTES = 5_500_000;
/** What JSON makes of one UTF-16 unit at most, `\u001f`; a text that is short enough needs no closer look. */
const MOST_BYTES_PER_UNIT = 6;

/** An answer as the gateway takes it. Throws ProblemError `split_the_call` when it is too large for that. */
export function toResult(answer: Answer): APIGatewayProxyStructuredResultV2 & { statusCode: number } {
  const { status, headers } = answer;
  const [contentType, text] =
    'text' in answer ? [answer.contentType, answer.text] : ['application/json', JSON.stringify(answer.body)];
  if (isTooLarge(text)) {
    throw new ProblemError(
      'split_the_call',
      'The answer would pass 5.5 MB. Send the same request in several parts, or ask for a shorter page.',
    );
  }
  return {
    statusCode: status,
    headers: { 'content-type': contentType, 'cache-control': 'no-store', ...headers },
    body: text,
  };
}

/** Whether a body is too large to be answered. Lambda puts it into JSON, where every quote takes two bytes. */
export function isTooLarge(text: string): boolean {
  return (
    text.length * MOST_BYTES_PER_UNIT > MAX_REPLY_IN_BYTES &&
    Buffer.byteLength(JSON.stringify(text)) > MAX_REPLY_IN_BYTES
  );
}
