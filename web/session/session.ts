/** Who is signed in, for as long as the page is open. */
export interface Session {
  /** A token for each call; null where none is needed. */
  readonly token: (() => Promise<string>) | null;
  /** Whose the sign-in is; null where it does not say. */
  readonly account: string | null;
  /** Null where there is nothing to sign out of. */
  readonly signOut: (() => Promise<void>) | null;
}
