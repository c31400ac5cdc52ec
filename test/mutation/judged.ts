/** A change that no test can notice, or that changes nothing which matters, and why. */
export interface Judged {
  readonly file: string;
  /** The text as it stands, and as it was changed: as `npm run mutate` prints them. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export const JUDGED: readonly Judged[] = [];
