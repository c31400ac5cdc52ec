/** What SES tells of mail that did not arrive or was not wanted: all that Rebound needs to hear. */
export const FEEDBACK = ['bounce', 'complaint'] as const;
export type Feedback = (typeof FEEDBACK)[number];

/** SES in one Region, as it is set up. */
export interface SesSetup {
  readonly region: string;
  /** Null when it could not be read. */
  readonly account: AccountSetup | null;
  readonly identities: readonly IdentitySetup[];
  readonly configurationSets: readonly SetSetup[];
  readonly faults: readonly Fault[];
}

export interface AccountSetup {
  /** In the sandbox SES delivers to verified addresses only. */
  readonly isInSandbox: boolean;
  readonly maySend: boolean;
  /** What SES thinks of the account: `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  readonly standing: string;
  readonly mailsPerDay: number;
  readonly mailsPerSecond: number;
  /** Why SES's own list takes addresses up; empty where it takes none. */
  readonly listsFor: readonly string[];
  readonly hasVdm: boolean;
}

export interface IdentitySetup {
  readonly name: string;
  readonly isVerified: boolean;
  /** Where its feedback goes; null for nowhere. */
  readonly topics: Readonly<Record<Feedback, string | null>>;
  /** Whether notifications carry the original headers, which Rebound does not read. */
  readonly includesHeaders: boolean;
  /** Whether SES sends its feedback by e-mail as well. */
  readonly forwardsByMail: boolean;
  /** The configuration set of mail that names none. */
  readonly defaultSet: string | null;
}

/** How an identity reports by itself. */
export type NotificationSetup = Pick<IdentitySetup, 'topics' | 'includesHeaders' | 'forwardsByMail'>;

export interface SetSetup {
  readonly name: string;
  readonly destinations: readonly Destination[];
}

/** Where a configuration set sends events. */
export interface Destination {
  readonly isEnabled: boolean;
  /** Null where it is no topic. */
  readonly topicArn: string | null;
  readonly feedback: readonly Feedback[];
}

/** Something that could not be read or changed. */
export interface Fault {
  /** `identity example.com` */
  readonly what: string;
  readonly error: string;
}
