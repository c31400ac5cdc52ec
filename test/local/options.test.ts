import { describe, expect, test } from '@jest/globals';
import { parseOptions, UsageError } from '../../local/options.ts';

const ROOT = '/project';

describe('npm start', () => {
  test('takes port 8787, plays the examples and starts its own DynamoDB when nothing is said', () => {
    expect(parseOptions([], {}, ROOT)).toEqual({
      port: 8787,
      playExamples: true,
      sesStub: false,
      stateDir: '/project/.rebound',
      dynamodbEndpoint: null,
    });
  });

  test('takes everything that the environment and the options say', () => {
    const environment = {
      PORT: '0',
      REBOUND_STATE_DIR: '/elsewhere',
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
    };
    expect(parseOptions(['--empty', '--ses-stub'], environment, ROOT)).toEqual({
      port: 0,
      playExamples: false,
      sesStub: true,
      stateDir: '/elsewhere',
      dynamodbEndpoint: 'http://127.0.0.1:8000',
    });
  });

  test('reads an empty variable as one that is not set', () => {
    const environment = { PORT: '', REBOUND_STATE_DIR: '', DYNAMODB_ENDPOINT: '' };
    expect(parseOptions([], environment, ROOT)).toEqual(parseOptions([], {}, ROOT));
  });

  test('shows the help rather than start', () => {
    expect(parseOptions(['--empty', '--help'], {}, ROOT)).toBe('help');
  });

  test.each([
    ['an unknown option', ['--fast'], {}],
    ['a file', ['bounce.json'], {}],
    ['an option beside --help that does not exist', ['--help', '-v'], {}],
    ['a port that is a word', [], { PORT: 'http' }],
    ['a port that is too great', [], { PORT: '65536' }],
    ['a port below zero', [], { PORT: '-1' }],
    ['an endpoint without a scheme', [], { DYNAMODB_ENDPOINT: 'localhost:8000' }],
    ['an endpoint that is no URL', [], { DYNAMODB_ENDPOINT: 'http://' }],
  ])('refuses %s', (_, args, environment) => {
    expect(() => parseOptions(args, environment, ROOT)).toThrow(UsageError);
  });
});
