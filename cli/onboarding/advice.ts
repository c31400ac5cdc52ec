import { type AssessedIdentity, type Assessment, regionOf } from './assess.ts';
import type { Ears } from './find-stack.ts';
import { FEEDBACK, type SesSetup } from './ses-setup.ts';

/** What a person should know or do; nothing of it is done by itself. */
export interface Advice {
  readonly says: string;
  /** What does it; null where there is nothing to type. */
  readonly command: string | null;
}

export function adviceOn(setup: SesSetup, assessment: Assessment, ears: Ears): readonly Advice[] {
  const { identities, isOfTopicsRegion } = assessment;
  const sending = identities.filter(({ isVerified }) => isVerified);
  return [
    ...accountAdvice(setup),
    ...(isOfTopicsRegion
      ? [...sending.flatMap((identity) => identityAdvice(identity, ears)), ...setAdvice(assessment)]
      : regionAdvice(setup, ears)),
    ...sharedAdvice(sending),
  ];
}

function say(condition: boolean, says: string, command: string | null = null): readonly Advice[] {
  return condition ? [{ says, command }] : [];
}

function accountAdvice({ account }: SesSetup): readonly Advice[] {
  if (account === null) return [];
  const { isInSandbox, maySend, standing, listsFor } = account;
  return [
    ...say(
      isInSandbox,
      'SES is in the sandbox here: it delivers to verified addresses and the mailbox simulator only.',
    ),
    ...say(!maySend, 'Sending is switched off here: SES takes no mail.'),
    ...say(
      standing === 'PROBATION' || standing === 'SHUTDOWN',
      `SES has put the account under review (${standing}): look at its reputation page before you send.`,
    ),
    ...say(
      listsFor.length === 0,
      "SES's own suppression list takes nobody up here: Rebound alone keeps mail back.",
    ),
  ];
}

function regionAdvice({ region }: SesSetup, { topicArn }: Ears): readonly Advice[] {
  const home = regionOf(topicArn);
  return say(
    true,
    `SES publishes to topics of its own Region only, and Rebound's is in ${home}: nothing is changed here. Deploy a stack in ${region} as well, or send from ${home}.`,
  );
}

function identityAdvice({ name, defaultSet, ways }: AssessedIdentity, ears: Ears): readonly Advice[] {
  const topics = [
    ...new Set(FEEDBACK.flatMap((kind) => (ways[kind].way === 'elsewhere' ? ways[kind].topicArn : []))),
  ];
  const set = ears.configurationSet ?? 'CONFIGURATION_SET_NAME';
  return say(
    topics.length > 0 && defaultSet === null,
    `${name} reports to ${topics.join(' and ')}, which is left as it is. Make Rebound's configuration set its default, and both are told:`,
    `aws sesv2 put-email-identity-configuration-set-attributes --email-identity ${name} --configuration-set-name ${set}`,
  );
}

/** What holds for several identities is said once. */
function sharedAdvice(identities: readonly AssessedIdentity[]): readonly Advice[] {
  const forwarded = identities.filter(({ forwardsByMail }) => forwardsByMail);
  const withHeaders = identities.filter(({ includesHeaders }) => includesHeaders);
  return [
    ...say(
      forwarded.length > 0,
      `SES also mails bounces and complaints of ${someOf(forwarded)} to the return path. Rebound neither needs nor stops that; SES lets it be switched off where both feedback topics are set:`,
      'aws ses set-identity-feedback-forwarding-enabled --no-forwarding-enabled --identity IDENTITY',
    ),
    ...say(
      withHeaders.length > 0,
      `Notifications of ${someOf(withHeaders)} carry the original headers. Rebound reads none of them.`,
    ),
  ];
}

function setAdvice({ configurationSets, changes }: Assessment): readonly Advice[] {
  const added = new Set(changes.flatMap((one) => (one.change === 'add_destination' ? one.set : [])));
  const silent = configurationSets.filter(({ name, missing }) => missing.length > 0 && !added.has(name));
  return say(
    silent.length > 0,
    `What becomes of mail that names ${someOf(silent)} is seen by way of its identity, without message tags: all of a day is one campaign. With --sets these tell Rebound themselves.`,
  );
}

const NAMED = 3;

function someOf(named: readonly { readonly name: string }[]): string {
  const names = named.slice(0, NAMED).map(({ name }) => name);
  const others = named.length - names.length;
  return others > 0 ? `${names.join(', ')} and ${others} more` : names.join(', ');
}
