import { useEffect, useState } from 'preact/hooks';

/** What a page is told besides its path. It stays in this browser, so an address may stand there. */
export interface Note {
  readonly address?: string;
  /** How far down the page was when it was left for another; with it, somebody has come back. */
  readonly scrollY?: number;
}

export interface Location {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly note: Note;
}

export interface NavigateOptions {
  readonly note?: Note;
  /** In the place of the present page of the history. */
  readonly replace?: boolean;
}

export function navigate(to: string, { note = {}, replace = false }: NavigateOptions = {}): void {
  if (replace) {
    history.replaceState(note, '', to);
  } else {
    history.replaceState({ ...readNote(), scrollY }, '');
    history.pushState(note, '', to);
  }
  dispatchEvent(new PopStateEvent('popstate', { state: note }));
}

/** Where the browser is; renders again when that changes. */
export function useLocation(): Location {
  const [location, setLocation] = useState(readLocation);
  useEffect(() => {
    const follow = () => setLocation(readLocation());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  return location;
}

function readLocation(): Location {
  const { pathname, search } = globalThis.location;
  return { path: pathname, query: new URLSearchParams(search), note: readNote() };
}

export function readNote(): Note {
  return (history.state as Note | null) ?? {};
}
