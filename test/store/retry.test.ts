import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { isPassing, lostConditions } from '../../lib/store/faults.ts';
import { AGAIN, optionsUntil, retryUntil } from '../../lib/store/retry.ts';

function aContext(random = 0.5) {
  const pauses: number[] = [];
  let now = 1_000;
  return {
    pauses,
    clock: () => now,
    random: () => random,
    sleep: async (inMs: number) => {
      pauses.push(inMs);
      now += inMs;
    },
  };
}

const fault = (members: object) => Object.assign(new Error('no'), { name: 'Error', ...members });

describe('trying again', () => {
  test('gives the first result, whatever it is', async () => {
    const context = aContext();
    expect(await retryUntil(2_000, async () => undefined, context)).toBeUndefined();
    expect(context.pauses).toEqual([]);
  });

  test('pauses longer each time, up to a second, by chance', async () => {
    const context = aContext();
    let tries = 0;
    const attempt = async () => (++tries > 8 ? 'done' : AGAIN);
    expect(await retryUntil(100_000, attempt, context)).toBe('done');
    expect(context.pauses).toEqual([10, 20, 40, 80, 160, 320, 500, 500]);
  });

  test('ends when the next pause would reach the deadline, and says why', async () => {
    const context = aContext();
    const throttled = fault({ name: 'ThrottlingException' });
    const attempt = async () => {
      throw throttled;
    };
    const error = await retryUntil(1_070, attempt, context).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({
      message: 'The store did not answer in time. Try again.',
      cause: throttled,
    });
    expect(context.pauses).toEqual([10, 20]);
  });

  test('takes no longer than that by a single millisecond', async () => {
    const context = aContext();
    await expect(retryUntil(1_010, async () => AGAIN, context)).rejects.toBeInstanceOf(UnavailableError);
    expect(context.pauses).toEqual([]);
  });

  test('throws what no other try can mend', async () => {
    const wrong = new TypeError('wrong');
    const attempt = async () => {
      throw wrong;
    };
    await expect(retryUntil(2_000, attempt, aContext())).rejects.toBe(wrong);
  });

  test('gives every try the same signal, which ends at the deadline', async () => {
    const signals: AbortSignal[] = [];
    const attempt = async ({ abortSignal }: { abortSignal: AbortSignal }) =>
      signals.push(abortSignal) < 2 ? AGAIN : null;
    await retryUntil(5_000, attempt, aContext());
    expect(new Set(signals).size).toBe(1);
    expect(signals[0]?.aborted).toBe(false);
  });

  test('gives up when its signal has ended, even where the clock stands still', async () => {
    let tries = 0;
    const attempt = async () => {
      tries += 1;
      if (tries > 5) throw new Error('It goes on for ever.');
      return AGAIN;
    };
    const context = { ...aContext(), clock: () => 1_000, options: { abortSignal: AbortSignal.abort() } };
    await expect(retryUntil(2_000, attempt, context)).rejects.toBeInstanceOf(UnavailableError);
    expect(tries).toBe(1);
  });

  test('takes the signal of its context instead', async () => {
    const options = { abortSignal: new AbortController().signal };
    expect(await retryUntil(2_000, async (given) => given === options, { ...aContext(), options })).toBe(
      true,
    );
  });

  test.each([
    ['at once where the deadline has passed', 900],
    ['at once where it is now', 1_000],
    ['within the part of a millisecond that is left', 1_000.5],
  ])('a signal ends %s', async (_, deadlineAt) => {
    const { abortSignal } = optionsUntil(deadlineAt, () => 1_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(abortSignal.aborted).toBe(true);
  });

  test('a signal for a deadline that no timer can wait for does not end at once', async () => {
    const { abortSignal } = optionsUntil(1e15, () => 1_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(abortSignal.aborted).toBe(false);
  });
});

describe('a fault passes', () => {
  test.each([
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
  ])('by the name or the code %s', (name) => {
    expect(isPassing(fault({ name }))).toBe(true);
    expect(isPassing(fault({ code: name }))).toBe(true);
    expect(isPassing(fault({ CancellationReasons: [{ Code: 'None' }, { Code: name }] }))).toBe(true);
  });

  test.each<[string, unknown, boolean]>([
    ['the SDK says so', fault({ $retryable: {} }), true],
    ['the service failed', fault({ $metadata: { httpStatusCode: 500 } }), true],
    ['the request was wrong', fault({ $metadata: { httpStatusCode: 499 } }), false],
    ['nobody says anything', fault({}), false],
    ['a condition was lost', fault({ name: 'ConditionalCheckFailedException' }), false],
    [
      'a transaction lost a condition, though the service had a bad day',
      fault({
        CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, {}],
        $metadata: { httpStatusCode: 500 },
      }),
      false,
    ],
    ['a transaction was cancelled for nothing', fault({ CancellationReasons: [] }), false],
    ['null', null, false],
    ['undefined', undefined, false],
    ['a text', 'ThrottlingException', false],
  ])('or not: %s', (_, error, passes) => {
    expect(isPassing(error)).toBe(passes);
  });
});

describe('a lost condition is told by its place', () => {
  const lost = { Code: 'ConditionalCheckFailed' };
  test.each<[string, unknown, readonly number[]]>([
    ['of a transaction', fault({ CancellationReasons: [lost, { Code: 'None' }, lost] }), [0, 2]],
    ['of none', fault({ CancellationReasons: [{ Code: 'TransactionConflict' }] }), []],
    ['of another fault', fault({}), []],
    ['of nothing at all', null, []],
  ])('%s', (_, error, places) => {
    expect(lostConditions(error).map(({ index }) => index)).toEqual(places);
  });

  test('of a single write, with the item that was found', () => {
    const error = fault({ name: 'ConditionalCheckFailedException', Item: { v: { N: '2' } } });
    expect(lostConditions(error)).toEqual([{ index: 0, reason: error }]);
  });
});
