/** What a row of a list of suppressions may say, each from one column. */
export const FIELDS = ['address', 'reason', 'status', 'diagnostic', 'date'] as const;
export type Field = (typeof FIELDS)[number];

/** A list that is known by the names of its columns. Names are compared without capitals, spaces and punctuation. */
export interface Provider {
  readonly name: string;
  /** The columns that tell it from others. */
  readonly has: readonly string[];
  readonly columns: Partial<Readonly<Record<Field, string>>>;
  /** Of every row, where the list is of one kind. */
  readonly reason?: string;
  /** Columns whose TRUE says why; the first that holds counts. */
  readonly flags?: Readonly<Record<string, string>>;
  /** What its words mean where they mean something else to Rebound. */
  readonly words?: Readonly<Record<string, string>>;
}

const SPAM_IS_A_COMPLAINT = { spam: 'complaint' };

/** The first that fits is taken. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'HubSpot',
    has: ['portalbounce', 'portalspamreport'],
    columns: { reason: 'portalbounce' },
    flags: {
      portalspamreport: 'complaint',
      portalbounce: 'hard bounce',
      globalbounce: 'hard bounce',
      portalunsubscribe: 'unsubscribe',
    },
  },
  {
    name: 'Mandrill',
    has: ['email', 'reason', 'detail', 'lasteventat'],
    columns: { reason: 'reason', diagnostic: 'detail', date: 'lasteventat' },
    words: SPAM_IS_A_COMPLAINT,
  },
  {
    name: 'Mailchimp (cleaned)',
    has: ['emailaddress', 'cleantime'],
    columns: { date: 'cleantime' },
    reason: 'cleaned',
  },
  {
    name: 'Mailchimp (unsubscribed)',
    has: ['emailaddress', 'unsubtime'],
    columns: { date: 'unsubtime' },
    reason: 'unsubscribe',
  },
  {
    name: 'Brevo',
    has: ['email', 'reason', 'blockedat'],
    columns: { reason: 'reason', date: 'blockedat' },
    words: SPAM_IS_A_COMPLAINT,
  },
  {
    name: 'Mailgun',
    has: ['address', 'code', 'error'],
    columns: { status: 'code', diagnostic: 'error', date: 'createdat' },
  },
  {
    name: 'Postmark',
    has: ['emailaddress', 'suppressionreason'],
    columns: { reason: 'suppressionreason', date: 'createdat' },
  },
  {
    name: 'SparkPost',
    has: ['recipient', 'source', 'description'],
    columns: { reason: 'source', diagnostic: 'description', date: 'created' },
  },
  {
    name: 'SendGrid',
    has: ['email', 'reason', 'created'],
    columns: { reason: 'reason', status: 'status', date: 'created' },
  },
  {
    name: 'SES',
    has: ['emailaddress', 'reason', 'lastupdatetime'],
    columns: { reason: 'reason', date: 'lastupdatetime' },
  },
];

/** Names by which columns go elsewhere. The first that is there is taken. */
export const USUAL_NAMES: Readonly<Record<Exclude<Field, 'address'>, readonly string[]>> = {
  reason: ['reason', 'suppressionreason', 'bouncereason', 'hardbouncereason', 'emailhardbouncereason'],
  status: ['status', 'statuscode', 'code', 'errorcode', 'smtpcode', 'enhancedstatus', 'dsnstatus'],
  diagnostic: [
    'diagnostic',
    'diagnosticcode',
    'bouncemessage',
    'smtpresponse',
    'response',
    'error',
    'errormessage',
    'description',
    'details',
    'detail',
    'message',
  ],
  date: [
    'bouncedat',
    'bouncedate',
    'hardbouncedat',
    'suppressedat',
    'blockedat',
    'createdat',
    'created',
    'datecreated',
    'date',
    'timestamp',
    'time',
    'addedat',
    'added',
    'dateadded',
    'lastupdatetime',
    'lastupdate',
    'lastupdated',
    'updatedat',
    'updated',
  ],
};

/** Columns that give the reason where every word in them is one. */
export const MAYBE_REASONS = [
  'bouncetype',
  'suppressiontype',
  'source',
  'type',
  'event',
  'status',
  'category',
];

export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
