/** Something that Rebound needs did not answer in time; nothing was decided, and trying again is safe. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly retryAfterInSeconds: number;

  constructor(
    message: string,
    { retryAfterInSeconds = 1, cause }: { retryAfterInSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.retryAfterInSeconds = retryAfterInSeconds;
  }
}
