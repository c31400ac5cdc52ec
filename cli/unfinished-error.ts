/** A run has failed on its way, and can be gone on with; `cause` says why. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
}
