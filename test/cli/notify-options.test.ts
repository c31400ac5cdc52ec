import { describe, expect, test } from '@jest/globals';
import { NotifyUsageError, parseNotifyOptions, regionOf } from '../../cli/notify-options.ts';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:Rebound-Topic';

describe('npm run notify', () => {
  test('takes files, and publishes to the local topic', () => {
    expect(parseNotifyOptions(['a.json', 'b.json'])).toEqual({
      files: ['a.json', 'b.json'],
      topicArn: null,
      raw: false,
    });
  });

  test('takes its options anywhere', () => {
    expect(parseNotifyOptions(['a.json', '--raw', '--topic-arn', ARN, 'b.json'])).toEqual({
      files: ['a.json', 'b.json'],
      topicArn: ARN,
      raw: true,
    });
  });

  test('publishes in the region of the topic', () => {
    expect(regionOf(ARN)).toBe('eu-west-1');
  });

  test('shows the help rather than publish', () => {
    expect(parseNotifyOptions(['a.json', '--help'])).toBe('help');
  });

  test.each([
    ['no file', []],
    ['an unknown option', ['a.json', '--dry-run']],
    ['a topic that is missing', ['a.json', '--topic-arn']],
    ['a topic that is no ARN', ['a.json', '--topic-arn', 'Rebound-Topic']],
    ['a topic that is a queue', ['a.json', '--topic-arn', ARN.replace('sns', 'sqs')]],
  ])('refuses %s', (_, args) => {
    expect(() => parseNotifyOptions(args)).toThrow(NotifyUsageError);
  });
});
