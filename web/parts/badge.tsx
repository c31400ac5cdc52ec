import type { ComponentChildren } from 'preact';

interface BadgeProps {
  readonly kind: 'neutral' | 'good' | 'warning' | 'danger';
  readonly children: ComponentChildren;
}

export function Badge({ kind, children }: BadgeProps) {
  return <span class={`badge badge-${kind}`}>{children}</span>;
}
