/** `1,234,568`. */
export function whole(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** `53 s`, `2 min 5 s`, `1 h 10 min`. */
export function duration(inMs: number): string {
  const seconds = Math.round(inMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${whole(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
