import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalAddress } from '../../lib/policy/address.ts';
import { classify } from '../../lib/policy/classify.ts';
import { createEffects } from '../../lib/ses/effects.ts';
import { readBody } from '../../lib/ses/read-body.ts';
import { accountCandidates } from '../../lib/ses/sender.ts';
import { bounce, complaint, delivery, sns, wrapped } from './build.ts';

const seed = 20260302;
const effects = createEffects({ canonicalAddress, classify });

const oddity = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
const address = fc.oneof(
  fc.constantFrom('ada@example.net', 'Ada <ADA@example.net>', '"a b"@example.net', 'bob@example.org'),
  oddity,
);
const bounced = fc.record(
  { emailAddress: address, action: oddity, status: oddity, diagnosticCode: oddity },
  { requiredKeys: [] },
);
const recipients = fc.array(fc.oneof(bounced, address), { maxLength: 6 });
const mailMembers = fc.record(
  {
    timestamp: oddity,
    messageId: oddity,
    source: oddity,
    destination: fc.oneof(fc.array(address), oddity),
    tags: oddity,
  },
  { requiredKeys: [] },
);
const subType = fc.oneof(
  fc.constantFrom('General', 'NoEmail', 'Suppressed', 'OnTenantSuppressionList'),
  oddity,
);
const payload = fc.tuple(recipients, mailMembers, subType, oddity).chain(([list, mail, type, odd]) =>
  fc.constantFrom(
    {
      list,
      body: bounce({ bouncedRecipients: list, bounceSubType: type, timestamp: odd, feedbackId: odd }, mail),
    },
    {
      list,
      body: complaint({ complainedRecipients: list, complaintSubType: type, feedbackId: odd }, mail),
    },
    { list, body: delivery({ recipients: list, timestamp: odd }, mail) },
  ),
);

describe('Laws of reading', () => {
  test('no text makes it throw, and each says something', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.json().map((text) => wrapped(text, 2)),
        ),
        (text) => {
          const { notifications, refusals } = readBody(text);
          expect(notifications.length + refusals.length).toBeGreaterThan(0);
        },
      ),
      { seed, numRuns: 2000 },
    );
  });

  test('each recipient gets exactly one effect, whatever stands around it', () => {
    fc.assert(
      fc.property(payload, ({ list, body }) => {
        const { notifications, refusals } = readBody(JSON.stringify(sns(body)));
        expect(notifications.flatMap(effects)).toHaveLength(list.length);
        expect(refusals.map(({ reason }) => reason)).toEqual(list.length === 0 ? ['no_recipients'] : []);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('no effect carries control or bidirectional characters, an empty id or a long diagnostic', () => {
    fc.assert(
      fc.property(payload, ({ body }) => {
        for (const effect of readBody(JSON.stringify(body)).notifications.flatMap(effects)) {
          if (effect.kind !== 'bounce') continue;
          expect(effect.bounce.feedbackId).not.toBe('');
          expect(JSON.stringify(effect)).not.toMatch(/\\u00|[\p{Cc}\p{Bidi_Control}]/u);
          expect(Buffer.byteLength(effect.bounce.diagnostic ?? '')).toBeLessThanOrEqual(1024);
        }
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('the claims to a mail are few and well-formed, whatever stands in it', () => {
    fc.assert(
      fc.property(payload, ({ body }) => {
        for (const found of readBody(JSON.stringify(body)).notifications) {
          if (found.kind === 'ignored') continue;
          const claims = accountCandidates(found.mail, { accountTag: '__proto__', trustTags: true });
          expect(claims.length).toBeLessThanOrEqual(21);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });
});
