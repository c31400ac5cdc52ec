import {
  BadRequestException,
  type GetEmailIdentityCommand,
  NotFoundException,
  type SESv2Client,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../lib/policy/unavailable.ts';
import { createSesIdentityVerifier } from '../../lib/ses/identity-verifier.ts';

const DETAILS = { message: 'No.', $metadata: {} };
const SOON_IN_MS = 5_000;

/** An SES that knows these identities, each verified or not, and writes down what it is asked. */
function verifierOver(known: Readonly<Record<string, boolean | Error>>) {
  const asked: string[] = [];
  const send = async ({ input }: GetEmailIdentityCommand) => {
    const name = input.EmailIdentity ?? '';
    asked.push(name);
    const answer = known[name] ?? new NotFoundException(DETAILS);
    if (typeof answer !== 'boolean') throw answer;
    return { VerifiedForSendingStatus: answer };
  };
  const client = { send } as unknown as SESv2Client;
  return { asked, verifier: createSesIdentityVerifier({ client, clock: Date.now }) };
}

describe('an identity is verified', () => {
  test.each<[string, string, Record<string, boolean>, string[]]>([
    ['itself', 'example.com', { 'example.com': true }, ['example.com']],
    [
      'by a parent domain',
      'mail.shop.example.com',
      { 'mail.shop.example.com': false, 'example.com': true },
      ['mail.shop.example.com', 'shop.example.com', 'example.com'],
    ],
    ['as an address', 'news@example.com', { 'news@example.com': true }, ['news@example.com']],
    [
      'as an address of its domain',
      'news@example.com',
      { 'example.com': true },
      ['news@example.com', 'example.com'],
    ],
    [
      'as an address of a parent domain',
      'news@shop.example.com',
      { 'example.com': true },
      ['news@shop.example.com', 'shop.example.com', 'example.com'],
    ],
  ])('%s', async (_, name, known, questions) => {
    const { asked, verifier } = verifierOver(known);
    expect(await verifier.verify(name, Date.now() + SOON_IN_MS)).toBe('verified');
    expect(asked).toEqual(questions);
  });
});

describe('an identity is unverified', () => {
  test.each<[string, string, Record<string, boolean | Error>, string[]]>([
    ['that SES does not know', 'example.com', {}, ['example.com']],
    ['that waits for its verification', 'example.com', { 'example.com': false }, ['example.com']],
    ['that SES takes for none', 'my_host', { my_host: new BadRequestException(DETAILS) }, ['my_host']],
    ['of a verified sibling', 'a.example.com', { 'b.example.com': true }, ['a.example.com', 'example.com']],
    ['under a top-level domain alone', 'example.com', { com: true }, ['example.com']],
  ])('%s', async (_, name, known, questions) => {
    const { asked, verifier } = verifierOver(known);
    expect(await verifier.verify(name, Date.now() + SOON_IN_MS)).toBe('unverified');
    expect(asked).toEqual(questions);
  });
});

describe('nobody knows', () => {
  test.each([
    ['a throttle', new TooManyRequestsException(DETAILS)],
    ['a fault of SES', Object.assign(new Error('No.'), { name: 'InternalServiceErrorException' })],
    ['a lost connection', Object.assign(new Error('No.'), { code: 'ECONNRESET' })],
  ])('after %s', async (_, error) => {
    const { verifier } = verifierOver({ 'shop.example.com': error, 'example.com': true });
    const verified = verifier.verify('shop.example.com', Date.now() + SOON_IN_MS);
    await expect(verified).rejects.toThrow(UnavailableError);
  });

  test('when SES has not answered by the deadline', async () => {
    const send = (_: unknown, { abortSignal }: { abortSignal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
      });
    const client = { send } as unknown as SESv2Client;
    const verifier = createSesIdentityVerifier({ client, clock: () => 1_000 });
    await expect(verifier.verify('example.com', 1_010)).rejects.toThrow(UnavailableError);
  });
});
