import { describe, expect, test } from '@jest/globals';
import { detectColumns, type NamedColumns } from '../../../cli/import/columns.ts';

function columnsOf(lines: readonly string[], named: NamedColumns = {}) {
  const rows = lines.map((line) => line.split(','));
  const { at, provider, flags, layout } = detectColumns(rows, 'csv', named);
  const nameOf = (column: number | null) => (column === null ? null : (rows[0]?.[column] ?? null));
  return {
    provider: provider?.name ?? null,
    flags: flags.map(([column, reason]) => [nameOf(column), reason]),
    columns: layout.columns.map(
      (_, column) => Object.entries(at).find(([, place]) => place === column)?.[0] ?? '',
    ),
  };
}

describe('the lists of providers are known by their columns', () => {
  test.each<[string, string, string, string]>([
    [
      'SendGrid',
      'status,reason,email,created',
      '5.1.1,550 no such user,a@example.com,1443651125',
      'status,reason,address,date',
    ],
    [
      'Mailgun',
      'address,code,error,created_at',
      'a@example.com,550,No such mailbox,Fri',
      'address,status,diagnostic,date',
    ],
    [
      'Postmark',
      'EmailAddress,SuppressionReason,Origin,CreatedAt',
      'a@example.com,HardBounce,Recipient,2019-12-10T08:58:33-05:00',
      'address,reason,,date',
    ],
    [
      'SparkPost',
      'recipient,type,source,description,created,updated',
      'a@example.com,transactional,Bounce Rule,550 no,2019-01-01,2019-01-02',
      'address,,reason,diagnostic,date,',
    ],
    [
      'Mandrill',
      'email,reason,detail,created_at,last_event_at,expires_at',
      'a@example.com,hard-bounce,550 no,x,y,z',
      'address,reason,diagnostic,,date,',
    ],
    [
      'Mailchimp (cleaned)',
      'Email Address,First Name,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LEID,EUID',
      'a@example.com,Ann,2021-03-05 12:34:56,Spring,1,2',
      'address,,date,,,',
    ],
    [
      'Brevo',
      'email,senderEmail,reason,blockedAt',
      'a@example.com,news@acme.example,hardBounce,2021-03-05',
      'address,,reason,date',
    ],
    [
      'SES',
      'EmailAddress,Reason,LastUpdateTime',
      'a@example.com,BOUNCE,2021-03-05T10:00:00Z',
      'address,reason,date',
    ],
  ])('%s', (name, header, row, expected) => {
    expect(columnsOf([header, row])).toMatchObject({ provider: name, columns: expected.split(',') });
  });

  test('HubSpot, whose columns are flags', () => {
    expect(
      columnsOf([
        'Email,Portal Bounce,Portal Unsubscribe,Portal Spam Report,Global Bounce,Marketing Information',
        'a@example.com,UNKNOWN_USER,FALSE,FALSE,TRUE,FALSE',
      ]),
    ).toEqual({
      provider: 'HubSpot',
      columns: ['address', 'reason', '', '', '', ''],
      flags: [
        ['Portal Spam Report', 'complaint'],
        ['Portal Bounce', 'hard bounce'],
        ['Global Bounce', 'hard bounce'],
        ['Portal Unsubscribe', 'unsubscribe'],
      ],
    });
  });
});

describe('other lists', () => {
  test.each<[string, readonly string[], string]>([
    ['by usual names', ['Contact Email,Bounce Reason,Date', 'a@example.com,x,y'], 'address,reason,date'],
    ['by words in a column of any meaning', ['email,status', 'a@example.com,bounced'], 'address,reason'],
    ['by a status that is one', ['email,status', 'a@example.com,5.1.1'], 'address,status'],
    [
      'without a header, as SES takes them',
      ['a@example.com,BOUNCE', 'b@example.com, COMPLAINT'],
      'address,reason',
    ],
    [
      'without a header, by their dates',
      ['2024-03-05,a@example.com,bounce', ',b@example.com,unsub'],
      'date,address,reason',
    ],
    ['of which nothing is known', ['email,city', 'a@example.com,Oslo'], 'address,'],
  ])('%s', (_what, lines, expected) => {
    expect(columnsOf(lines)).toMatchObject({ provider: null, columns: expected.split(',') });
  });

  test('as they are named by hand', () => {
    const lines = ['one,two,three', 'a@example.com,b@example.com,bounce'];
    expect(columnsOf(lines, { address: 'two', reason: '3' }).columns).toEqual(['', 'address', 'reason']);
    expect(() => columnsOf(lines, { address: 'two', reason: 'four' })).toThrow(
      'There is no column "four". The columns are: one, two, three',
    );
  });
});
