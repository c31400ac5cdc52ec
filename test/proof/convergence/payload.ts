import { toIso } from '../../../lib/policy/time.ts';
import { bounce, complaint, delivery, eventBridge, failed, sns } from '../../ses/build.ts';
import type { SHAPES } from './draw.ts';
import { type Scene, wordsFor } from './scene.ts';
import { domainOf } from './world.ts';

export type Payload = Record<string, unknown>;

/** What SES publishes of the scene: as an event with tags, or as the identity's own feedback without any. */
export function payloadOf(scene: Scene, { isTagged }: { readonly isTagged: boolean }): Payload {
  const { tags, ...mail } = mailOf(scene);
  if (isTagged) return eventOf(scene, { ...mail, tags });
  const { eventType, ...feedback } = eventOf(scene, { ...mail, tags: undefined });
  return { notificationType: eventType, ...feedback };
}

/** The payload as it reaches the queue. */
export function inShape(payload: Payload, shape: (typeof SHAPES)[number]): string {
  switch (shape) {
    case 'raw':
      return JSON.stringify(payload);
    case 'sns':
      return JSON.stringify(sns(payload));
    case 'eventbridge':
      return JSON.stringify(eventBridge('Email Bounced', payload));
    case 'text':
      return JSON.stringify(JSON.stringify(sns(payload)));
  }
}

function eventOf(scene: Scene, mail: Payload): Payload {
  const { draw, written } = scene;
  const happened = happenedIn(scene);
  const recipients = written.map((emailAddress) => ({ emailAddress }));
  const bounced = { ...happened, bounceType: wordsFor(scene, 0).bounceType, bounceSubType: 'General' };
  switch (draw.kind) {
    case 'bounce': {
      const bouncedRecipients = written.map((emailAddress, place) => {
        const { status, diagnosticCode } = wordsFor(scene, place);
        return failed(emailAddress, { status, diagnosticCode });
      });
      return bounce({ ...bounced, bouncedRecipients }, mail);
    }
    case 'complaint':
      return complaint({ ...happened, complainedRecipients: recipients }, mail);
    case 'echo':
      return draw.echo === 'complaint'
        ? complaint(
            {
              ...happened,
              complaintSubType: 'OnAccountSuppressionList',
              complainedRecipients: recipients,
            },
            mail,
          )
        : bounce({ ...happened, bounceSubType: draw.echo, bouncedRecipients: recipients }, mail);
    case 'delivery':
      return delivery({ timestamp: happened['timestamp'], recipients: written }, mail);
    default:
      return quietEventOf(scene, mail);
  }
}

/** What is no failure, however much it looks like one. */
function quietEventOf(scene: Scene, mail: Payload): Payload {
  const { draw, written } = scene;
  const happened = happenedIn(scene);
  const recipients = written.map((emailAddress) => ({ emailAddress }));
  switch (draw.quiet) {
    case 'handshake':
      return { eventType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed.' };
    case 'send':
      return { eventType: 'Send', send: {}, mail };
    case 'auto_reply':
      return bounce({ ...happened, bounceType: 'Transient', bouncedRecipients: recipients }, mail);
    case 'not_spam':
      return complaint(
        { ...happened, complaintFeedbackType: 'not-spam', complainedRecipients: recipients },
        mail,
      );
    case 'unsubscribed':
      return bounce(
        { ...happened, bounceSubType: 'UnsubscribedRecipient', bouncedRecipients: recipients },
        mail,
      );
    case 'delayed':
      return bounce(
        { ...happened, bouncedRecipients: written.map((one) => failed(one, { action: 'delayed' })) },
        mail,
      );
    case 'no_email':
      return bounce(
        { ...happened, bounceSubType: 'NoEmail', bouncedRecipients: recipients },
        { ...mail, destination: ['somebody-else@example.org'] },
      );
  }
}

function happenedIn({ id, at }: Scene): Payload {
  return { feedbackId: `f-${id}`, timestamp: at === null ? undefined : toIso(at) };
}

/** The source names the account wherever nothing else does. */
function mailOf({ id, draw, account, addresses, taggedCampaign, tenants }: Scene): Payload {
  const { route, isToldUntagged, sentAt } = draw;
  const isNamedBySource = isToldUntagged || route === 'source' || route === 'unknown_tag';
  return {
    messageId: `m-${id}`,
    timestamp: sentAt === null ? undefined : toIso(sentAt),
    source: `News <news@${isNamedBySource ? domainOf(account) : 'nowhere.example'}>`,
    destination: addresses,
    tags: {
      ...(taggedCampaign !== null && { campaign: [taggedCampaign] }),
      ...(route === 'tag' && { account: [account] }),
      ...(route === 'unknown_tag' && { account: ['nobody'] }),
      'ses:from-domain': route === 'from_domain' ? [`mail.${domainOf(account)}`] : undefined,
      'ses:tenant-name': tenants.length === 0 ? undefined : tenants,
    },
  };
}
