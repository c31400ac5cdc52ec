import type { ComponentChildren } from 'preact';

interface CalloutProps {
  readonly kind: 'info' | 'good' | 'warning' | 'danger';
  readonly title: string;
  /** Read out when it appears. */
  readonly isAlert?: boolean;
  readonly children?: ComponentChildren;
}

export function Callout({ kind, title, isAlert = false, children }: CalloutProps) {
  return (
    <div class={`callout callout-${kind}`} {...(isAlert && { role: 'alert' as const })}>
      <p class="callout-title">{title}</p>
      {children}
    </div>
  );
}
