import {
  GetIdentityNotificationAttributesCommand,
  type SESClient,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import {
  CreateConfigurationSetEventDestinationCommand,
  type EventDestination,
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  ListConfigurationSetsCommand,
  ListEmailIdentitiesCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { PacedCaller } from '../../lib/ses/paced-caller.ts';
import {
  type AccountSetup,
  type Destination,
  FEEDBACK,
  type Feedback,
  type IdentitySetup,
  type SetSetup,
} from './ses-setup.ts';

/** SES in one Region: what it says of its setup, and the two things that may be added to it. */
export interface SesClient {
  readonly region: string;
  readAccount(): Promise<AccountSetup>;
  listIdentities(): Promise<readonly Pick<IdentitySetup, 'name' | 'isVerified'>[]>;
  /** Of at most 100 identities, by name; SES leaves out those that it does not know. */
  readNotifications(names: readonly string[]): Promise<ReadonlyMap<string, NotificationSetup>>;
  readDefaultSet(identity: string): Promise<string | null>;
  listSets(): Promise<readonly string[]>;
  readSet(name: string): Promise<SetSetup>;
  setTopic(identity: string, feedback: Feedback, topicArn: string): Promise<void>;
  addDestination(set: string, feedback: readonly Feedback[], topicArn: string): Promise<void>;
}

export type NotificationSetup = Pick<IdentitySetup, 'topics' | 'includesHeaders' | 'forwardsByMail'>;

export interface SesClientOptions {
  readonly region: string;
  /** Identities' topics are known to the first version of the API alone. */
  readonly v1: Pick<SESClient, 'send'>;
  readonly v2: Pick<SESv2Client, 'send'>;
  readonly call: PacedCaller;
  readonly clock: () => number;
}

/** The name of what is added to a configuration set. */
export const DESTINATION_NAME = 'rebound';
const LONGEST_CALL_IN_MS = 60_000;
const ROWS_PER_PAGE = 1_000;

/** Asks SES at its pace; what is throttled is asked again. Source: Amazon SES API v2 Reference, and API Reference of its first version. */
export function createSesClient({ region, v1, v2, call, clock }: SesClientOptions): SesClient {
  const ask = <T>(request: (options: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T> =>
    call(clock() + LONGEST_CALL_IN_MS, (options) => request(options).catch(asThrottle));

  async function allPages<Page extends { readonly NextToken?: string | undefined }>(
    read: (position: { readonly NextToken?: string }) => Promise<Page>,
  ): Promise<readonly Page[]> {
    const pages: Page[] = [];
    let next: string | undefined;
    do {
      const page = await read(next === undefined ? {} : { NextToken: next });
      pages.push(page);
      next = page.NextToken;
    } while (next !== undefined);
    return pages;
  }

  return {
    region,
    async readAccount() {
      const account = await ask((options) => v2.send(new GetAccountCommand({}), options));
      return {
        isInSandbox: account.ProductionAccessEnabled !== true,
        maySend: account.SendingEnabled === true,
        standing: account.EnforcementStatus ?? 'unknown',
        mailsPerDay: account.SendQuota?.Max24HourSend ?? 0,
        mailsPerSecond: account.SendQuota?.MaxSendRate ?? 0,
        listsFor: account.SuppressionAttributes?.SuppressedReasons ?? [],
        hasVdm: account.VdmAttributes?.VdmEnabled === 'ENABLED',
      };
    },
    async listIdentities() {
      const pages = await allPages((position) =>
        ask((options) =>
          v2.send(new ListEmailIdentitiesCommand({ PageSize: ROWS_PER_PAGE, ...position }), options),
        ),
      );
      return pages
        .flatMap(({ EmailIdentities = [] }) => EmailIdentities)
        .map(({ IdentityName = '', VerificationStatus }) => ({
          name: IdentityName,
          isVerified: VerificationStatus === 'SUCCESS',
        }));
    },
    async readNotifications(names) {
      const command = new GetIdentityNotificationAttributesCommand({ Identities: [...names] });
      const { NotificationAttributes = {} } = await ask((options) => v1.send(command, options));
      return new Map(
        Object.entries(NotificationAttributes).map(([name, attributes]) => [
          name,
          {
            topics: {
              bounce: attributes.BounceTopic || null,
              complaint: attributes.ComplaintTopic || null,
            },
            includesHeaders:
              attributes.HeadersInBounceNotificationsEnabled === true ||
              attributes.HeadersInComplaintNotificationsEnabled === true,
            forwardsByMail: attributes.ForwardingEnabled === true,
          },
        ]),
      );
    },
    async readDefaultSet(identity) {
      const command = new GetEmailIdentityCommand({ EmailIdentity: identity });
      return (await ask((options) => v2.send(command, options))).ConfigurationSetName ?? null;
    },
    async listSets() {
      const pages = await allPages((position) =>
        ask((options) =>
          v2.send(new ListConfigurationSetsCommand({ PageSize: ROWS_PER_PAGE, ...position }), options),
        ),
      );
      return pages.flatMap(({ ConfigurationSets = [] }) => ConfigurationSets);
    },
    async readSet(name) {
      const command = new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: name });
      const { EventDestinations = [] } = await ask((options) => v2.send(command, options));
      return { name, destinations: EventDestinations.map(toDestination) };
    },
    async setTopic(Identity, feedback, SnsTopic) {
      const NotificationType = feedback === 'bounce' ? 'Bounce' : 'Complaint';
      const command = new SetIdentityNotificationTopicCommand({ Identity, NotificationType, SnsTopic });
      await ask((options) => v1.send(command, options));
    },
    async addDestination(set, feedback, TopicArn) {
      const command = new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: set,
        EventDestinationName: DESTINATION_NAME,
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: feedback.map((kind) => EVENT_TYPES[kind]),
          SnsDestination: { TopicArn },
        },
      });
      await ask((options) => v2.send(command, options));
    },
  };
}

const EVENT_TYPES = { bounce: 'BOUNCE', complaint: 'COMPLAINT' } as const;

function toDestination({ Enabled, SnsDestination, MatchingEventTypes = [] }: EventDestination): Destination {
  return {
    isEnabled: Enabled === true,
    topicArn: SnsDestination?.TopicArn ?? null,
    feedback: FEEDBACK.filter((kind) => MatchingEventTypes.includes(EVENT_TYPES[kind])),
  };
}

/** The first version of the API throttles with status 400; by its status alone it would look like a refusal. */
function asThrottle(error: Error & { readonly $metadata?: object }): never {
  const isThrottle = /^(Throttling|TooManyRequests|RequestLimitExceeded)/.test(error.name);
  throw isThrottle ? Object.assign(error, { $metadata: { ...error.$metadata, httpStatusCode: 429 } }) : error;
}
