import type { ConsoleConfig } from './config.ts';

/** Who is signed in, for as long as the page is open. */
export interface Session {
  /** A token for each call; null where none is needed. */
  readonly token: (() => Promise<string>) | null;
  /** Whose the sign-in is; null where it does not say. */
  readonly account: string | null;
  /** Null where there is nothing to sign out of. */
  readonly signOut: (() => Promise<void>) | null;
}

const LOCAL: Session = { token: null, account: null, signOut: null };

/** Opens the session. Leaves the page for the issuer when nobody is signed in, and then never resolves. */
export async function openSession({ auth }: ConsoleConfig): Promise<Session> {
  if (auth === null) return LOCAL;
  const { signIn } = await import('./sign-in.ts');
  return await signIn(auth);
}
