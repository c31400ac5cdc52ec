import { describe, expect, test } from '@jest/globals';
import { PROBLEMS, type ProblemCode, problem, retryAfter } from '../../lib/http/problem.ts';
import { refusalProblem } from '../../lib/http/refusals.ts';
import type { Refusal } from '../../lib/policy/refusal.ts';

const NOW = Date.UTC(2026, 10, 30, 23, 59, 59);
const RESETS_AT = Date.UTC(2026, 11, 1);
const ONCE: Refusal = { rule: 'U5', code: 'already_unbounced_once', message: 'Once.' };
const QUOTA: Refusal = { rule: 'U6', code: 'quota_exhausted', message: 'Used up.', resetsAt: RESETS_AT };

test.each(Object.entries(PROBLEMS))('%s is a problem document with its own title and status', (code, row) => {
  expect(problem(code as ProblemCode, 'Do this.')).toEqual({
    status: row.status,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: `urn:rebound:problem:${code}`,
      title: row.title,
      status: row.status,
      detail: 'Do this.',
      code,
    },
  });
});

test.each([
  ['one_address_only', 400],
  ['confirmation_required', 400],
  ['not_suppressed', 404],
  ['global_bounce', 409],
  ['reason_not_unbounceable', 409],
  ['already_unbounced_once', 409],
  ['sending_identity_not_connected', 409],
  ['quota_exhausted', 429],
  ['unknown_account', 404],
  ['invalid_address', 400],
  ['split_the_call', 413],
] as const)('%s is %d, as promised to clients', (code, status) => {
  expect(PROBLEMS[code].status).toBe(status);
});

test.each([
  [0, '1'],
  [0.2, '1'],
  [1.2, '2'],
  [-5, '1'],
])('come back after %d seconds is told as %s', (seconds, header) => {
  expect(retryAfter(seconds)).toEqual({ 'retry-after': header });
});

describe('a refused unbounce', () => {
  test('has code, status and rule of the first refusal, and lists all', () => {
    const { status, headers, body } = refusalProblem([ONCE, QUOTA], NOW);
    expect(status).toBe(409);
    expect(headers).not.toHaveProperty('retry-after');
    expect(body).toMatchObject({
      code: 'already_unbounced_once',
      rule: 'U5',
      detail: 'Once.',
      refusals: [ONCE, { ...QUOTA, resetsAt: '2026-12-01T00:00:00.000Z' }],
    });
    expect(body).not.toHaveProperty('resetsAt');
  });

  test('U6: the eleventh unbounce of the month is refused and says when the month ends', () => {
    const { status, headers, body } = refusalProblem([QUOTA], NOW);
    expect(status).toBe(429);
    expect(headers).toMatchObject({ 'retry-after': '1' });
    expect(body).toMatchObject({ code: 'quota_exhausted', rule: 'U6', resetsAt: '2026-12-01T00:00:00.000Z' });
  });
});
