import { describe, expect, test } from '@jest/globals';
import { toGatewayAnswer } from '../../local/gateway-answer.ts';

function inShort(result: unknown) {
  const { status, headers, body } = toGatewayAnswer(result);
  return { status, headers, body: body.toString() };
}

describe('the answer to a result', () => {
  test('is what a structured result says', () => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': 60 };
    expect(inShort({ statusCode: 429, headers, cookies: ['a=1', 'b=2'], body: '{}' })).toEqual({
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '60', 'set-cookie': ['a=1', 'b=2'] },
      body: '{}',
    });
  });

  test('decodes a body in base64', () => {
    expect(inShort({ statusCode: 200, body: 'w6k=', isBase64Encoded: true }).body).toBe('é');
  });

  test('is empty text where a structured result has neither body nor type', () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    expect(inShort({ statusCode: '204' })).toEqual({ status: 204, headers, body: '' });
  });

  test.each([
    ['an object', { a: 1 }, '{"a":1}'],
    ['a text', 'hello', '"hello"'],
    ['null', null, 'null'],
  ])('is 200 with the JSON of any other result: %s', (_, result, body) => {
    expect(inShort(result)).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body });
  });

  test.each([
    ['a status that is a word', { statusCode: 'ok' }],
    ['a status out of range', { statusCode: 600 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ])('is 500 for %s', (_, result) => {
    expect(inShort(result)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });
});
