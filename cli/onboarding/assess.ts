import { FEEDBACK, type Feedback, type IdentitySetup, type SesSetup, type SetSetup } from './ses-setup.ts';

/** Where the feedback of an identity goes, as far as Rebound is concerned. */
export type Way =
  /** To Rebound, whatever configuration set the mail names. */
  | { readonly way: 'topic' }
  /** To Rebound, by its default configuration set: mail that names another one goes by that. */
  | { readonly way: 'set'; readonly set: string }
  | { readonly way: 'elsewhere'; readonly topicArn: string }
  | { readonly way: 'nowhere' };

export interface AssessedIdentity extends IdentitySetup {
  readonly ways: Readonly<Record<Feedback, Way>>;
}

export interface AssessedSet extends SetSetup {
  /** What it does not tell Rebound of the mail that names it. */
  readonly missing: readonly Feedback[];
}

/** Something that is added to SES's setup; nothing that is there is changed. */
export type Change =
  | { readonly change: 'set_topic'; readonly identity: string; readonly feedback: Feedback }
  | { readonly change: 'add_destination'; readonly set: string; readonly feedback: readonly Feedback[] };

export interface Assessment {
  /** SES publishes to topics of its own Region only. */
  readonly isOfTopicsRegion: boolean;
  readonly identities: readonly AssessedIdentity[];
  readonly configurationSets: readonly AssessedSet[];
  readonly changes: readonly Change[];
}

export interface AssessmentOptions {
  /** Rebound's topic. */
  readonly topicArn: string;
  /** Whether every configuration set is to tell Rebound itself, since only that brings message tags. */
  readonly everySet: boolean;
}

/** Says of which mail in a Region Rebound sees bounces and complaints, and what is to be added for the rest. */
export function assess(setup: SesSetup, { topicArn, everySet }: AssessmentOptions): Assessment {
  const configurationSets = setup.configurationSets.map((set) => ({
    ...set,
    missing: missingIn(set, topicArn),
  }));
  const sets = new Map(configurationSets.map((set) => [set.name, set]));
  const identities = setup.identities.map((identity) => ({
    ...identity,
    ways: {
      bounce: wayOf(identity, 'bounce', { sets, topicArn }),
      complaint: wayOf(identity, 'complaint', { sets, topicArn }),
    },
  }));
  const isOfTopicsRegion = regionOf(topicArn) === setup.region;
  const topics = identities.filter(({ isVerified }) => isVerified).flatMap(topicsToSet);
  const asksSets =
    everySet || identities.some((identity) => identity.isVerified && !tellsItself(identity, topics));
  const destinations = configurationSets
    .filter(({ missing }) => asksSets && missing.length > 0)
    .map(({ name: set, missing: feedback }) => ({ change: 'add_destination' as const, set, feedback }));
  const changes = isOfTopicsRegion ? [...topics, ...destinations] : [];
  return { isOfTopicsRegion, identities, configurationSets, changes };
}

/** The Region in an ARN. */
export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

function missingIn({ destinations }: SetSetup, topicArn: string): readonly Feedback[] {
  const ours = destinations.filter((one) => one.isEnabled && one.topicArn === topicArn);
  return FEEDBACK.filter((kind) => !ours.some(({ feedback }) => feedback.includes(kind)));
}

interface Known {
  readonly sets: ReadonlyMap<string, AssessedSet>;
  readonly topicArn: string;
}

function wayOf({ topics, defaultSet }: IdentitySetup, feedback: Feedback, { sets, topicArn }: Known): Way {
  const topic = topics[feedback];
  if (topic === topicArn) {
    return { way: 'topic' };
  }
  const set = defaultSet === null ? undefined : sets.get(defaultSet);
  if (set !== undefined && !set.missing.includes(feedback)) {
    return { way: 'set', set: set.name };
  }
  return topic === null ? { way: 'nowhere' } : { way: 'elsewhere', topicArn: topic };
}

/** An identity with a default set is told of by that set, which brings message tags along. */
function topicsToSet({ name, defaultSet, ways }: AssessedIdentity): readonly Change[] {
  return defaultSet !== null
    ? []
    : FEEDBACK.filter((kind) => ways[kind].way === 'nowhere').map((feedback) => ({
        change: 'set_topic',
        identity: name,
        feedback,
      }));
}

/** Whether the identity's own topics tell of all its mail, whatever configuration set that names. */
function tellsItself({ name, ways }: AssessedIdentity, topics: readonly Change[]): boolean {
  return FEEDBACK.every(
    (kind) =>
      ways[kind].way === 'topic' ||
      topics.some((one) => one.change === 'set_topic' && one.identity === name && one.feedback === kind),
  );
}
