import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLambdaFunction, FunctionError, type LambdaFunction } from '../../local/lambda-function.ts';

const HANDLER = `
  let invocations = 0;
  let running = 0;
  exports.handler = async ({ ask }, context) => {
    invocations += 1;
    switch (ask) {
      case 'environment': return { ...process.env };
      case 'context': return { name: context.functionName, remaining: context.getRemainingTimeInMillis() };
      case 'count': return invocations;
      case 'nothing': return undefined;
      case 'print': return void console.log('{"printed":true}');
      case 'throw': throw new TypeError('wrong');
      case 'hang': return new Promise(() => {});
      case 'exit': return process.exit(3);
      case 'too much': return 'x'.repeat(6 * 1024 * 1024);
      case 'pause': {
        const atATime = ++running;
        await new Promise((resolve) => setTimeout(resolve, 100));
        running -= 1;
        return atATime;
      }
    }
  };`;

let directory: string;
let log: PassThrough;
let lambda: LambdaFunction;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rebound-lambda-'));
  writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(directory, 'index.js'), HANDLER);
  log = new PassThrough();
  lambda = createLambdaFunction({
    definition: {
      name: 'Example',
      arn: 'arn:example',
      directory,
      handler: 'index.handler',
      environment: {},
      timeoutInMs: 2_000,
      memoryInMb: 128,
    },
    environment: { ONLY: 'this' },
    log,
  });
});

afterEach(async () => {
  await lambda.stop();
  rmSync(directory, { recursive: true });
});

const ask = (what: string) => lambda.invoke({ ask: what });

describe('a function', () => {
  test('sees its own environment and no more', async () => {
    expect(await ask('environment')).toEqual({ ONLY: 'this' });
  });

  test('is told its name and how much time remains', async () => {
    const { name, remaining } = (await ask('context')) as { name: string; remaining: number };
    expect(name).toBe('Example');
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(2_000);
  });

  test('is loaded once for events that follow each other', async () => {
    expect([await ask('count'), await ask('count'), await ask('count')]).toEqual([1, 2, 3]);
  });

  test('never has two events at a time in one environment', async () => {
    const atATime = await Promise.all(Array.from({ length: 8 }, () => ask('pause')));
    expect(atATime).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  test('answers null for nothing', async () => {
    expect(await ask('nothing')).toBeNull();
  });

  test('prints into the log', async () => {
    await ask('print');
    expect(await nextText(log)).toBe('{"printed":true}\n');
  });
});

describe('a function that', () => {
  test.each([
    ['throws', 'throw', 'TypeError: wrong'],
    ['never answers', 'hang', 'The function did not answer within 2 s'],
    ['ends its process', 'exit', 'The function ended its process'],
    ['answers more than 6 MB', 'too much', 'The response is larger than'],
  ])('%s fails, and answers the next event', async (_, what, message) => {
    const failed = ask(what);
    await expect(failed).rejects.toThrow(FunctionError);
    await expect(failed).rejects.toThrow(message);
    expect(await ask('nothing')).toBeNull();
  });

  test('cannot be loaded fails', async () => {
    writeFileSync(join(directory, 'index.js'), 'throw new Error("at load")');
    await expect(ask('nothing')).rejects.toThrow('at load');
  });
});

async function nextText(stream: PassThrough): Promise<string> {
  for await (const chunk of stream) return String(chunk);
  return '';
}
