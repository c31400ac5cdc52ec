import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const REGION = 'eu-central-1';
export const TOPIC = `arn:aws:sns:${REGION}:111122223333:Rebound-Topic`;
export const STACKS_SET = 'Rebound-ConfigurationSet';

export interface StubIdentity {
  readonly verified?: boolean;
  /** The first version of the API leaves it out. */
  readonly isUnknownToV1?: boolean;
  bounceTopic?: string | undefined;
  complaintTopic?: string | undefined;
  readonly headers?: boolean;
  readonly forwarding?: boolean;
  readonly defaultSet?: string;
}

export interface StubDestination {
  readonly name: string;
  readonly enabled: boolean;
  readonly topicArn: string | null;
  readonly types: readonly string[];
}

/** One AWS account's SES in one Region, and the stack beside it. */
export interface StubAccount {
  readonly identities: Record<string, StubIdentity>;
  readonly sets: Record<string, StubDestination[]>;
  readonly sandbox?: boolean;
  readonly sending?: boolean;
  readonly standing?: string;
  readonly listsFor?: readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
}

interface Asked {
  /** `GetAccount`, `SetIdentityNotificationTopic news.example.com Bounce`. */
  readonly what: string;
  readonly at: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly error?: string;
}

export interface AwsStub {
  readonly endpoint: string;
  readonly asked: readonly Asked[];
  /** How many rows a page has. */
  pageSize: number;
  /** Answers the next request whose name begins so with this, once. */
  fail(what: string, fault: 'throttled' | 'denied' | 'server_error'): void;
  stop(): Promise<void>;
}

type Handler = (call: Call) => Answer;
interface Call {
  readonly account: StubAccount;
  readonly stub: Pick<AwsStub, 'pageSize'>;
  /** The end of the path, or what the form names. */
  readonly name: string;
  readonly form: URLSearchParams;
  readonly body: string;
}

/**
 * A stub on 127.0.0.1 of what `rebound connect` asks: SES in both versions of its API, and CloudFormation. Source of paths,
 * members and errors: Amazon SES API v2 Reference, Amazon SES API Reference, AWS CloudFormation API Reference.
 */
export async function startAwsStub(account: StubAccount): Promise<AwsStub> {
  const asked: Asked[] = [];
  const faults: { what: string; fault: keyof typeof FAULTS }[] = [];
  const stub = { pageSize: 1_000 };
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stub');
    const body = await text(request);
    const form = new URLSearchParams(url.pathname === '/' ? body : '');
    const isQuery = url.pathname === '/';
    const [operation, name] = isQuery
      ? [form.get('Action') ?? '', form.get('Identity') ?? '']
      : operationOf(request.method ?? '', url.pathname);
    const what = [operation, name, form.get('NotificationType')].filter(Boolean).join(' ');
    asked.push({ what, at: performance.now() });
    const index = faults.findIndex((one) => what.startsWith(one.what));
    const [failing] = index < 0 ? [] : faults.splice(index, 1);
    if (failing) return send(response, isQuery, FAULTS[failing.fault][isQuery ? 'query' : 'rest']);
    const answer = HANDLERS[operation]?.({ account, stub, name, form, body });
    send(response, isQuery, answer ?? refusal(404, 'UnknownOperationException', operation));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get pageSize() {
      return stub.pageSize;
    },
    set pageSize(size) {
      stub.pageSize = size;
    },
    fail: (what, fault) => void faults.push({ what, fault }),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refusal(status: number, error: string, message = error): Answer {
  return { status, error, body: message };
}

/** The first version of the API, and CloudFormation, throttle with status 400. */
const FAULTS = {
  throttled: {
    rest: refusal(429, 'TooManyRequestsException', 'Too many requests'),
    query: refusal(400, 'Throttling', 'Rate exceeded'),
  },
  denied: {
    rest: refusal(403, 'AccessDeniedException', 'You are not authorized to do that'),
    query: refusal(403, 'AccessDenied', 'You are not authorized to do that'),
  },
  server_error: {
    rest: refusal(500, 'InternalServiceErrorException', 'Oops'),
    query: refusal(500, 'InternalFailure', 'Oops'),
  },
} as const;

function send(response: ServerResponse, isQuery: boolean, { status, body, error }: Answer): void {
  if (error === undefined) {
    response.writeHead(status, { 'content-type': isQuery ? 'text/xml' : 'application/json' });
    return void response.end(body);
  }
  if (isQuery) {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${body}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    );
  } else {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': error });
    response.end(JSON.stringify({ message: body }));
  }
}

const SET_PATH = /^\/v2\/email\/configuration-sets\/([^/]+)\/event-destinations$/;

function operationOf(method: string, path: string): [string, string] {
  const set = SET_PATH.exec(path)?.[1];
  if (set !== undefined) {
    const operation = method === 'GET' ? 'GetDestinations' : 'CreateDestination';
    return [operation, decodeURIComponent(set)];
  }
  if (path === '/v2/email/account') return ['GetAccount', ''];
  if (path === '/v2/email/list-configuration-sets') return ['ListSets', ''];
  if (path === '/v2/email/list-identities') return ['ListIdentities', ''];
  return ['GetIdentity', decodeURIComponent(path.slice('/v2/email/identities/'.length))];
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  GetAccount: ({ account: { sandbox, sending = true, standing = 'HEALTHY', listsFor } }) =>
    json({
      ProductionAccessEnabled: sandbox !== true,
      SendingEnabled: sending,
      EnforcementStatus: standing,
      SendQuota: { Max24HourSend: sandbox ? 200 : 50_000, MaxSendRate: sandbox ? 1 : 14, SentLast24Hours: 0 },
      SuppressionAttributes: { SuppressedReasons: listsFor ?? ['BOUNCE', 'COMPLAINT'] },
      VdmAttributes: { VdmEnabled: 'DISABLED' },
    }),
  ListIdentities: ({ account, ...call }) =>
    page(Object.entries(account.identities), call, (rows) => ({
      EmailIdentities: rows.map(([IdentityName, { verified = true }]) => ({
        IdentityName,
        IdentityType: IdentityName.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
        SendingEnabled: true,
        VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
      })),
    })),
  GetIdentity: ({ account, name }) => {
    const identity = account.identities[name];
    return identity === undefined
      ? refusal(404, 'NotFoundException', `Email identity ${name} does not exist.`)
      : json({
          FeedbackForwardingStatus: identity.forwarding ?? true,
          VerifiedForSendingStatus: identity.verified ?? true,
          ...(identity.defaultSet && { ConfigurationSetName: identity.defaultSet }),
        });
  },
  ListSets: ({ account, ...call }) =>
    page(Object.keys(account.sets), call, (rows) => ({ ConfigurationSets: rows })),
  GetDestinations: ({ account, name }) =>
    json({
      EventDestinations: (account.sets[name] ?? []).map((one) => ({
        Name: one.name,
        Enabled: one.enabled,
        MatchingEventTypes: one.types,
        ...(one.topicArn && { SnsDestination: { TopicArn: one.topicArn } }),
      })),
    }),
  CreateDestination: ({ account, name, body }) => {
    const { EventDestinationName, EventDestination } = JSON.parse(body);
    const destinations = account.sets[name] ?? [];
    if (destinations.some((one) => one.name === EventDestinationName)) {
      return refusal(
        400,
        'AlreadyExistsException',
        `Event destination ${EventDestinationName} already exists.`,
      );
    }
    destinations.push({
      name: EventDestinationName,
      enabled: EventDestination.Enabled,
      topicArn: EventDestination.SnsDestination.TopicArn,
      types: EventDestination.MatchingEventTypes,
    });
    return json({});
  },
  GetIdentityNotificationAttributes: ({ account, form }) => {
    const names = [...form].filter(([key]) => key.startsWith('Identities.member.')).map(([, name]) => name);
    if (names.length > 100) return refusal(400, 'ValidationError', 'Too many identities');
    const known = names.filter((name) => account.identities[name]?.isUnknownToV1 !== true);
    const entries = known.map((name) => attributesXml(name, account.identities[name] ?? {}));
    return xml(
      'GetIdentityNotificationAttributes',
      `<NotificationAttributes>${entries.join('')}</NotificationAttributes>`,
    );
  },
  SetIdentityNotificationTopic: ({ account, form, name }) => {
    const identity = account.identities[name];
    const topic = form.get('SnsTopic') ?? undefined;
    if (identity === undefined) return refusal(400, 'InvalidParameterValue', `${name} is no identity`);
    if (form.get('NotificationType') === 'Bounce') identity.bounceTopic = topic;
    else identity.complaintTopic = topic;
    return xml('SetIdentityNotificationTopic', '');
  },
  DescribeStacks: ({ account: { outputs = { TopicArn: TOPIC, ConfigurationSetName: STACKS_SET } }, form }) =>
    form.get('StackName') !== 'Rebound'
      ? refusal(400, 'ValidationError', `Stack with id ${form.get('StackName')} does not exist`)
      : xml(
          'DescribeStacks',
          `<Stacks><member><StackName>Rebound</StackName><CreationTime>2026-11-23T08:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${Object.entries(
            outputs,
          )
            .map(
              ([key, value]) =>
                `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
            )
            .join('')}</Outputs></member></Stacks>`,
        ),
};

function json(body: object): Answer {
  return { status: 200, body: JSON.stringify(body) };
}

function xml(action: string, result: string): Answer {
  return {
    status: 200,
    body: `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

function page<Row>(
  rows: readonly Row[],
  call: Pick<Call, 'body' | 'stub'>,
  body: (rows: readonly Row[]) => object,
): Answer {
  const { NextToken = '0', PageSize = 1_000 } = JSON.parse(call.body || '{}');
  const start = Number(NextToken);
  const end = start + Math.min(call.stub.pageSize, PageSize);
  return json({ ...body(rows.slice(start, end)), ...(end < rows.length && { NextToken: String(end) }) });
}

function attributesXml(
  name: string,
  { bounceTopic, complaintTopic, headers, forwarding }: StubIdentity,
): string {
  const member = (tag: string, value: unknown) => (value === undefined ? '' : `<${tag}>${value}</${tag}>`);
  const value = [
    member('BounceTopic', bounceTopic),
    member('ComplaintTopic', complaintTopic),
    member('ForwardingEnabled', forwarding ?? true),
    member('HeadersInBounceNotificationsEnabled', headers ?? false),
  ].join('');
  return `<entry><key>${name}</key><value>${value}</value></entry>`;
}
