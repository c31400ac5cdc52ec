/** Something could not be read or changed; the report says what. */
export class PartlyConnectedError extends Error {
  override readonly name = 'PartlyConnectedError';
}
