import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAllowed, matches, type PolicyStatement, type Question } from '../support/iam.ts';
import { questionsOf } from './aws-requests.ts';
import { openSpiedStack, type SpiedStack } from './spied-stack.ts';
import { EVERYTHING } from './stack-on-paper.ts';
import { liveThroughADay } from './story.ts';

/** What a role holds for Lambda itself, which writes the log and polls queues and streams in the function's name. */
const BY_LAMBDA = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/** What a function may do and did not do on that day, each with the reason why it needs it all the same. */
const NEEDED_ALL_THE_SAME: Readonly<Record<string, string>> = {
  'Administer: dynamodb:PutItem dynamodb:table/AddressBounces':
    'A release that changes more attributes than one expression may name puts the item whole, as record-bounces did here.',
  'CorrectSuppressions: dynamodb:ConditionCheckItem dynamodb:table/AddressBounces':
    'A correction that may end a global bounce checks that no account has reported anew.',
  'CorrectSuppressions: dynamodb:PutItem dynamodb:table/AddressBounces':
    'A correction that changes more attributes than one expression may name puts the item whole.',
  'PublishEvents: sqs:SendMessage sqs:EventsOutDeadLetterQueue':
    'Lambda sends there, in the name of the function, what the stream told in vain.',
};

let stack: SpiedStack;
beforeAll(async () => {
  stack = await openSpiedStack(EVERYTHING);
  await liveThroughADay(stack);
});
afterAll(() => stack.close());

/** What was asked of IAM, by function. */
function asked(): Map<string, Question[]> {
  const questions = new Map<string, Question[]>();
  for (const call of stack.calls) {
    questions.set(call.by, [...(questions.get(call.by) ?? []), ...questionsOf(call)]);
  }
  return questions;
}

/** Each action on each resource that a function was granted, as a statement of its own. */
function grantsOf(name: string): PolicyStatement[] {
  return stack.paper
    .grantsOf(name)
    .flatMap((statement) =>
      listOf(statement.Action).flatMap((Action) =>
        listOf(statement.Resource).map((Resource) => ({ ...statement, Action, Resource })),
      ),
    );
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

describe('on a day in which every function does all that it is for', () => {
  test('every function that was granted something asked AWS, and was allowed to', () => {
    const questions = asked();
    const functions = stack.paper.topology.functions.map(({ name }) => name).sort();
    const granted = functions.filter((name) =>
      grantsOf(name).some(({ Action }) => !BY_LAMBDA.includes(String(Action))),
    );
    expect([...questions.keys()].sort()).toEqual(granted);
    expect(functions.filter((name) => !granted.includes(name))).toEqual(['ServeContract']);
    const refused = [...questions].flatMap(([name, all]) =>
      all
        .filter((question) => !isAllowed(stack.paper.grantsOf(name), question))
        .map(({ action, resource }) => `${name}: ${action} ${stack.paper.short(resource)}`),
    );
    expect([...new Set(refused)]).toEqual([]);
    expect(stack.calls.length).toBeGreaterThan(300);
  });

  test('every action that a function was granted was needed, or says why it is', () => {
    const questions = asked();
    const idle = stack.paper.topology.functions.flatMap(({ name }) =>
      grantsOf(name)
        .filter(({ Action }) => !BY_LAMBDA.includes(String(Action)))
        .filter((grant) => !(questions.get(name) ?? []).some((question) => matches(grant, question)))
        .map(({ Action, Resource }) => `${name}: ${Action} ${stack.paper.short(String(Resource))}`),
    );
    expect(idle.sort()).toEqual(Object.keys(NEEDED_ALL_THE_SAME).sort());
  });
});
