/** One item a line, as JSON: all that is known of each, and nothing around them. Source: github.com/ndjson/ndjson-spec. */
export function writeNdjson(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

/** The items that `writeNdjson` wrote; empty lines are passed over. Throws SyntaxError for a line that is no JSON. */
export function readNdjson(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}
