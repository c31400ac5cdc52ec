import type { ConsoleConfig } from './config.ts';
import type { Session } from './session.ts';

const LOCAL: Session = { token: null, account: null, signOut: null };

/** Opens the session. Leaves the page for the issuer when nobody is signed in, and then never resolves. */
export async function openSession({ auth }: ConsoleConfig): Promise<Session> {
  if (auth === null) return LOCAL;
  const { signIn } = await import('./sign-in.ts');
  return await signIn(auth);
}
