/** Whether JSON text nests deeper than so many levels; told before anything of it is parsed. */
export function isDeeperThan(text: string, most: number): boolean {
  return hasManyBrackets(text, most) && depthOf(text, most) > most;
}

/** A text with few opening brackets is not nested deep, and that is told much faster. */
function hasManyBrackets(text: string, most: number): boolean {
  let found = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      found += 1;
      if (found > most) return true;
    }
  }
  return false;
}

/** The deepest nesting of brackets outside strings, as far as it matters: counting stops beyond the limit. */
function depthOf(text: string, most: number): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length && deepest <= most; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
