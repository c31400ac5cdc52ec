import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { useConsole } from '../app/console.ts';
import { type Note, navigate } from '../app/router.ts';
import type { Route } from '../app/routes.ts';

interface LinkProps {
  readonly to: Route;
  readonly note?: Note;
  readonly class?: string;
  /** The link of the page that is open. */
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

/** A link within the console. A click with a modifier is left to the browser. */
export function Link({ to, note = {}, isCurrent = false, children, ...rest }: LinkProps) {
  const path = useConsole().pathTo(to);
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(path, { note });
  };
  return (
    <a href={path} onClick={follow} {...(isCurrent && { 'aria-current': 'page' as const })} {...rest}>
      {children}
    </a>
  );
}
