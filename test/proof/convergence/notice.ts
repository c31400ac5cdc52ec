import type { Draw } from './draw.ts';
import type { BounceFact, EchoFact, Fact, Notice } from './fact.ts';
import { MALFORMED } from './malformed.ts';
import { inShape, payloadOf } from './payload.ts';
import { type Scene, sceneOf, untaggedCampaign, withoutName, wordsFor } from './scene.ts';
import { LIFTED_AT, type World } from './world.ts';

const LAYERS = {
  Suppressed: 'sesGlobalList',
  OnAccountSuppressionList: 'sesAccountList',
  OnTenantSuppressionList: 'sesAccountList',
  EmailValidationSuppressed: 'sesValidation',
  complaint: 'sesAccountList',
} as const;

/** The notice of a draw; the number tells it from the others of its log. */
export function noticeOf(draw: Draw, world: World, number: number): Notice {
  const scene = sceneOf(draw, world, number);
  const isLate = Math.max(draw.sentAt ?? 0, scene.at ?? 0) > LIFTED_AT;
  if (draw.kind === 'malformed') {
    return { ...malformedNotice(scene), isLate };
  }
  const tagged = payloadOf(scene, { isTagged: true });
  const bodies = draw.copies.map((shape) => inShape(tagged, shape));
  const facts = factsOf(scene);
  if (draw.isToldUntagged) {
    bodies.push(inShape(payloadOf(scene, { isTagged: false }), 'sns'));
    facts.push(...facts.map((fact) => ({ ...fact, ...withoutTags(scene) })));
  }
  return { bodies, facts, refusal: null, isLate };
}

function malformedNotice({ id, account, draw }: Scene): Omit<Notice, 'isLate'> {
  const { reason, bodyOf } = MALFORMED[draw.malformed] ?? { reason: '', bodyOf: String };
  const body = bodyOf(`${id}-${account}`);
  return { bodies: draw.copies.map(() => body), facts: [], refusal: reason };
}

function factsOf(scene: Scene): Fact[] {
  const { draw, account, addresses, written, at, taggedCampaign, tenants } = scene;
  const told = addresses.map((address, place) => ({
    account,
    address,
    spellings: [...new Set([withoutName(written[place] ?? ''), address])],
    campaign: taggedCampaign ?? untaggedCampaign(scene),
    isTagged: taggedCampaign !== null,
    sentAt: draw.sentAt,
    at,
    tenants,
  }));
  const named = { feedbackId: `f-${scene.id}`, messageId: `m-${scene.id}` };
  switch (draw.kind) {
    case 'bounce':
      return told.map((one, place): BounceFact => {
        const { key, permanence, status, bounceType } = wordsFor(scene, place);
        const isListed = bounceType === 'Permanent';
        return { kind: 'bounce', ...one, ...named, key, permanence, status, isListed };
      });
    case 'complaint': {
      const key = addresses.length > 1 ? 'shared_complaint' : 'complaint';
      const said = { key, permanence: 'permanent', status: null, isListed: false, tenants: [] } as const;
      return told.map((one): BounceFact => ({ kind: 'bounce', ...one, ...named, ...said }));
    }
    case 'echo': {
      const layer = LAYERS[draw.echo];
      const listedFor = draw.echo === 'complaint' ? 'complaint' : 'bounce';
      const isTenants = draw.echo === 'OnTenantSuppressionList';
      return told.map(
        (one): EchoFact => ({ kind: 'echo', ...one, layer, listedFor, tenants: isTenants ? tenants : [] }),
      );
    }
    default:
      return [];
  }
}

function withoutTags(scene: Scene) {
  return { campaign: untaggedCampaign(scene), isTagged: false, tenants: [] };
}
