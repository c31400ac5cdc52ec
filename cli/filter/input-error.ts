/** The list cannot be read, or not as asked; the message says what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
