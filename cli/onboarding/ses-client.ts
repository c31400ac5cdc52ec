import {
  GetIdentityNotificationAttributesCommand,
  type SESClient,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import {
  CreateConfigurationSetEventDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  ListConfigurationSetsCommand,
  ListEmailIdentitiesCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { PacedCaller } from '../../lib/ses/paced-caller.ts';
import { EVENT_TYPES, toAccount, toDestination, toIdentity, toNotifications } from './ses-answers.ts';
import type { AccountSetup, Feedback, IdentitySetup, NotificationSetup, SetSetup } from './ses-setup.ts';

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

type Ask = <T>(request: (options: { readonly abortSignal: AbortSignal }) => Promise<T>) => Promise<T>;

/** Asks SES at its pace; what is throttled is asked again. Source: Amazon SES API v2 Reference, and API Reference of its first version. */
export function createSesClient({ region, v1, v2, call, clock }: SesClientOptions): SesClient {
  const ask: Ask = (request) =>
    call(clock() + LONGEST_CALL_IN_MS, (options) => request(options).catch(asThrottle));
  return { region, ...createReader({ v1, v2, ask }), ...createWriter({ v1, v2, ask }) };
}

type Apis = Pick<SesClientOptions, 'v1' | 'v2'> & { readonly ask: Ask };

function createReader({ v1, v2, ask }: Apis): Omit<SesClient, 'region' | 'setTopic' | 'addDestination'> {
  const readPages = <Page extends Paged>(read: (page: PageInput, options: object) => Promise<Page>) =>
    allPages((position) => ask((options) => read({ PageSize: ROWS_PER_PAGE, ...position }, options)));
  return {
    async readAccount() {
      return toAccount(await ask((options) => v2.send(new GetAccountCommand({}), options)));
    },
    async listIdentities() {
      const pages = await readPages((page, options) =>
        v2.send(new ListEmailIdentitiesCommand(page), options),
      );
      return pages.flatMap(({ EmailIdentities = [] }) => EmailIdentities).map(toIdentity);
    },
    async readNotifications(names) {
      const command = new GetIdentityNotificationAttributesCommand({ Identities: [...names] });
      const { NotificationAttributes = {} } = await ask((options) => v1.send(command, options));
      return new Map(
        Object.entries(NotificationAttributes).map(([name, one]) => [name, toNotifications(one)]),
      );
    },
    async readDefaultSet(identity) {
      const command = new GetEmailIdentityCommand({ EmailIdentity: identity });
      return (await ask((options) => v2.send(command, options))).ConfigurationSetName ?? null;
    },
    async listSets() {
      const pages = await readPages((page, options) =>
        v2.send(new ListConfigurationSetsCommand(page), options),
      );
      return pages.flatMap(({ ConfigurationSets = [] }) => ConfigurationSets);
    },
    async readSet(name) {
      const command = new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: name });
      const { EventDestinations = [] } = await ask((options) => v2.send(command, options));
      return { name, destinations: EventDestinations.map(toDestination) };
    },
  };
}

function createWriter({ v1, v2, ask }: Apis): Pick<SesClient, 'setTopic' | 'addDestination'> {
  return {
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

interface Paged {
  readonly NextToken?: string | undefined;
}
interface PageInput {
  readonly PageSize: number;
  readonly NextToken?: string;
}

async function allPages<Page extends Paged>(
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

/** The first version of the API throttles with status 400; by its status alone it would look like a refusal. */
function asThrottle(error: Error & { readonly $metadata?: object }): never {
  const isThrottle = /^(Throttling|TooManyRequests|RequestLimitExceeded)/.test(error.name);
  throw isThrottle ? Object.assign(error, { $metadata: { ...error.$metadata, httpStatusCode: 429 } }) : error;
}
