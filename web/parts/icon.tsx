/** Strokes in a square of 24. */
const PATHS = {
  brand: 'M3 6l7 12 4.5-8H21M17 6l4 4-4 4',
  overview: 'M4 20V11M10 20V4M16 20v-7M21 20H3',
  campaigns: 'M3 6h18v12H3zM3 7l9 7 9-7',
  suppressed: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6',
  check: 'M4 6h10M4 12h6M4 18h6M13 16l3 3 5-7',
  chevron: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  yes: 'M5 12l5 5 9-10',
  no: 'M6 6l12 12M18 6L6 18',
  wait: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  unknown: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it says stands beside it in words. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
