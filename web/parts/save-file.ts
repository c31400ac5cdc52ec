/** How long the browser may take to begin with the file. */
const RELEASE_AFTER_IN_MS = 60_000;

/** Saves a CSV file that was made in this browser. */
export function saveFile(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER_IN_MS);
}
