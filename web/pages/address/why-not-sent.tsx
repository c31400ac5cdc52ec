import type { LayerAbove, Suppression } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Moment } from '../../parts/moment.tsx';
import { nameOf, wordsOf } from '../../parts/reason.ts';
import { decidingBounceOf } from './deciding-bounce.ts';
import { ReceiverWords } from './receiver-words.tsx';

/** Why an address is not sent to, and what to mend first. */
export function WhyNotSent({ suppression }: { readonly suppression: Suppression }) {
  const wording = useWording();
  const { t } = wording;
  const { blockedBy, reason, standing } = suppression;
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">{t('address.why')}</h2>
      {reason !== null && <OwnReason suppression={suppression} />}
      {blockedBy.map((layer) => (
        <LayerReason key={layer.layer} layer={layer} />
      ))}
      {standing.length > 1 && (
        <p class="quiet">
          {t('address.standing')}:{' '}
          {standing
            .slice(1)
            .map((one) => nameOf(one.reason, wording))
            .join(', ')}
        </p>
      )}
    </section>
  );
}

function OwnReason({ suppression }: { readonly suppression: Suppression }) {
  const wording = useWording();
  const { t, say } = wording;
  const { reason, rule, meaning, advice, suppressedAt, until } = suppression;
  if (reason === null) return null;
  return (
    <>
      <p class="lead">{wordsOf(reason, wording, rule).name}</p>
      {meaning && <p>{say(meaning)}</p>}
      <ReceiverWords bounce={decidingBounceOf(suppression)} />
      {advice && (
        <div class="advice">
          <h3>{t('address.fix')}</h3>
          <p>{say(advice)}</p>
        </div>
      )}
      <dl class="facts">
        <div>
          <dt>{t('address.since')}</dt>
          <dd>
            <Moment at={suppressedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('address.until')}</dt>
          <dd>{until === null ? t('address.until.never') : <Moment at={until} />}</dd>
        </div>
        <div>
          <dt>{t('address.rule')}</dt>
          <dd>{rule}</dd>
        </div>
      </dl>
    </>
  );
}

function LayerReason({ layer }: { readonly layer: LayerAbove }) {
  const { t, say } = useWording();
  return (
    <>
      <p class="lead">{t(`layer.${layer.layer}`)}</p>
      <p>{say(layer.meaning)}</p>
      <div class="advice">
        <h3>{t('address.fix')}</h3>
        <p>{say(layer.advice)}</p>
      </div>
      {layer.until !== null && (
        <dl class="facts">
          <div>
            <dt>{t('address.until')}</dt>
            <dd>
              <Moment at={layer.until} />
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}
