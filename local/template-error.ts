/** The synthesized stack says something that this runner does not understand. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
