/** Stands for a spelling that differs from the canonical one in more than its capitals. */
export const OTHER_SPELLING = '?';

/**
 * How a spelling differs from the canonical address, without saying the address: the places of its capitals, `0.4`; empty
 * for the canonical spelling itself. SES keeps the case of what it lists, and nothing readable may be kept with it here.
 */
export function capitalsOf(spelling: string, canonical: string): string {
  const letters = [...spelling];
  const places = [...canonical].flatMap((letter, index) => (letters[index] === letter ? [] : [index]));
  const capitals = places.join('.');
  return withCapitals(canonical, capitals) === spelling ? capitals : OTHER_SPELLING;
}

/** The spelling of an address whose capitals are known; null for one that differs in more than that. */
export function withCapitals(canonical: string, capitals: string): string | null {
  if (capitals === OTHER_SPELLING) {
    return null;
  }
  const places = new Set(capitals === '' ? [] : capitals.split('.').map(Number));
  return [...canonical].map((letter, index) => (places.has(index) ? letter.toUpperCase() : letter)).join('');
}
