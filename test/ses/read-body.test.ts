import { describe, expect, test } from '@jest/globals';
import { readBody } from '../../lib/ses/read-body.ts';
import { bounce, complaint, delivery, eventBridge, sns, wrapped } from './build.ts';

const text = JSON.stringify;

function kinds(body: string): readonly string[] {
  const { notifications, refusals } = readBody(body);
  return [
    ...notifications.map((found) => (found.kind === 'ignored' ? `ignored ${found.what}` : found.kind)),
    ...refusals.map(({ reason }) => `refused ${reason}`),
  ];
}

/** As many of these in one another as a body can hold. */
function nested(opening: string, inside: string, closing: string): string {
  const times = Math.floor(1_000_000 / (opening.length + closing.length));
  return opening.repeat(times) + inside + closing.repeat(times);
}

describe('The shapes in which SES speaks', () => {
  const identityFeedback = { ...bounce(), eventType: undefined, notificationType: 'Bounce' };
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['event publishing, raw delivery', text(bounce()), ['bounce']],
    ['identity feedback', text(identityFeedback), ['bounce']],
    ['a trailing newline', `${text(complaint())}\n`, ['complaint']],
    ['in the envelope of SNS', text(sns(bounce())), ['bounce']],
    ['in an envelope of SNS that has lost its type', text({ Message: text(bounce()) }), ['bounce']],
    ['an envelope whose message is no text', text({ Type: 'Notification', Message: bounce() }), ['bounce']],
    ['EventBridge', text(eventBridge('Email Bounced', bounce())), ['bounce']],
    ['EventBridge through SNS', text(sns(eventBridge('Email Delivered', delivery()))), ['delivery']],
    [
      'a Lambda event of SNS',
      text({ Records: [{ EventSource: 'aws:sns', Sns: sns(bounce()) }] }),
      ['bounce'],
    ],
    ['a Lambda event of SQS', text({ Records: [{ body: text(sns(bounce())) }] }), ['bounce']],
    [
      'two records',
      text({ Records: [{ body: text(bounce()) }, { body: text(delivery()) }] }),
      ['bounce', 'delivery'],
    ],
    ['an array', text([bounce(), complaint(), delivery()]), ['bounce', 'complaint', 'delivery']],
    ['an array of texts', text([text(bounce()), text(sns(complaint()))]), ['bounce', 'complaint']],
    ['a text in a text', wrapped(bounce(), 1), ['bounce']],
    ['four texts within the body', wrapped(bounce(), 4), ['bounce']],
    ['five texts within the body', wrapped(bounce(), 5), ['refused too_deep']],
    ['members that nobody knows', text({ ...bounce(), surprise: { deep: [1, 2] } }), ['bounce']],
    ['a type in capitals', text({ ...bounce(), eventType: 'BOUNCE' }), ['bounce']],
  ];

  test.each(cases)('%s', (_, body, expected) => {
    expect(kinds(body)).toEqual(expected);
  });
});

describe('Hand-shakes and events that need no action are counted by name', () => {
  const validated = 'Successfully validated SNS topic for Amazon SES event publishing.';
  const succeeded = { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed.' };
  const cases: readonly (readonly [string, string, string])[] = [
    ['the text with which event publishing begins, raw', validated, 'TopicValidated'],
    ['the same as JSON', text(validated), 'TopicValidated'],
    ['the same from SNS', text(sns(validated)), 'TopicValidated'],
    ['identity feedback begins', text(sns(succeeded)), 'AmazonSnsSubscriptionSucceeded'],
    ['SNS asks', text(sns('Confirm.', { Type: 'SubscriptionConfirmation' })), 'SubscriptionConfirmation'],
    ['SNS says goodbye', text(sns('Bye.', { Type: 'UnsubscribeConfirmation' })), 'UnsubscribeConfirmation'],
    ['Send', text({ eventType: 'Send', send: {} }), 'Send'],
    ['Open', text({ eventType: 'Open', open: {} }), 'Open'],
    ['Click', text({ eventType: 'Click', click: {} }), 'Click'],
    ['Reject', text({ eventType: 'Reject', reject: { reason: 'Bad content' } }), 'Reject'],
    ['Rendering Failure', text({ eventType: 'Rendering Failure', failure: {} }), 'Rendering Failure'],
    ['Rendering Failure in one word', text({ eventType: 'RenderingFailure' }), 'Rendering Failure'],
    ['DeliveryDelay', text({ eventType: 'DeliveryDelay', deliveryDelay: {} }), 'DeliveryDelay'],
    ['Subscription', text({ eventType: 'Subscription', subscription: {} }), 'Subscription'],
    ['mail that came in', text({ notificationType: 'Received', receipt: {} }), 'Received'],
    [
      'SES about itself',
      text(eventBridge('Sending Status Disabled', { version: '1.0.0' })),
      'Sending Status Disabled',
    ],
  ];

  test.each(cases)('%s', (_, body, what) => {
    expect(kinds(body)).toEqual([`ignored ${what}`]);
  });
});

describe('What can never be understood is refused by name', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'not_json'],
    ['a text that is not JSON', 'hello', 'not_json'],
    ['a notification cut short', text(bounce()).slice(0, -5), 'not_json'],
    ['a line break within a string', '{"eventType":"Bou\nnce"}', 'not_json'],
    ['an SNS message that is not JSON', text(sns('hello')), 'not_json'],
    ['null', 'null', 'not_a_notification'],
    ['a number', '7', 'not_a_notification'],
    ['an empty array', '[]', 'not_a_notification'],
    ['an empty object', '{}', 'not_a_notification'],
    ['no records', '{"Records":[]}', 'not_a_notification'],
    ['JSON of someone else', text(sns({ message: 'hello' })), 'not_a_notification'],
    ['a bounce object alone', text(bounce()['bounce']), 'not_a_notification'],
    ['a type that is no text', text({ eventType: 7 }), 'not_a_notification'],
    ['a type that nobody knows', text({ eventType: 'Levitation' }), 'unknown_type'],
    ['an empty type', text({ eventType: '' }), 'unknown_type'],
    ['a bounce without its object', text({ eventType: 'Bounce' }), 'no_recipients'],
    ['a bounce of nobody', text(bounce({ bouncedRecipients: [] })), 'no_recipients'],
    ['a bounce whose recipients are no list', text(bounce({ bouncedRecipients: 'x' })), 'no_recipients'],
    ['a complaint of nobody', text(complaint({ complainedRecipients: undefined })), 'no_recipients'],
    ['a delivery to nobody', text(delivery({ recipients: null })), 'no_recipients'],
    ['arrays without end', '['.repeat(500_000), 'too_deep'],
    ['a few arrays without end', '['.repeat(200), 'not_json'],
    [
      'a notification with an unknown member nested deep',
      `{"eventType":"Bounce","x":${'['.repeat(300)}${']'.repeat(300)}}`,
      'too_deep',
    ],
    ['half a million arrays in one another', nested('[', '1', ']'), 'too_deep'],
    ['a hundred thousand envelopes in one another', nested('{"Message":', '1', '}'), 'too_deep'],
    ['a hundred thousand objects that are no envelopes', nested('{"a":', '1', '}'), 'too_deep'],
    ['a body longer than SQS carries', ' '.repeat(1_048_577), 'too_large'],
    ['a name of the prototype', '{"__proto__":{"eventType":"Bounce"}}', 'not_a_notification'],
  ];

  test.each(cases)('%s', (_, body, reason) => {
    expect(kinds(body)).toEqual([`refused ${reason}`]);
  });

  test('the good next to the bad is kept', () => {
    const body = text([
      bounce(),
      'no json',
      { odd: true },
      complaint({ complainedRecipients: [] }),
      delivery(),
    ]);
    expect(kinds(body)).toEqual([
      'bounce',
      'delivery',
      'refused not_json',
      'refused not_a_notification',
      'refused no_recipients',
    ]);
  });

  test('more parts than anybody sends are not all opened', () => {
    const found = kinds(`[${'1,'.repeat(20_000)}1]`);
    expect(found).toHaveLength(10_001);
    expect(found.at(-1)).toBe('refused too_many');
  });

  test('a refusal never repeats the words of the body', () => {
    const { refusals } = readBody('secret@example.com is not JSON');
    expect(refusals).toEqual([{ reason: 'not_json', detail: 'The text is not JSON.' }]);
  });
});
