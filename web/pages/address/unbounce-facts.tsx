import type { Suppression } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Moment } from '../../parts/moment.tsx';
import { wordsOf } from '../../parts/reason.ts';
import { decidingBounceOf } from './deciding-bounce.ts';
import { ReceiverWords } from './receiver-words.tsx';

/** What happened, what to mend first, and what the unbounce costs. */
export function UnbounceFacts({ suppression }: { readonly suppression: Suppression }) {
  const wording = useWording();
  const { t, say, number } = wording;
  const { reason, rule, blockedBy } = suppression;
  const bounce = decidingBounceOf(suppression);
  const { remaining } = suppression.unbounce.quota;
  const meaning = suppression.meaning ?? blockedBy[0]?.meaning ?? '';
  const advice = suppression.advice ?? blockedBy[0]?.advice ?? '';
  return (
    <>
      <dl class="facts facts-stacked">
        <div>
          <dt>
            {t('unbounce.bounce')}
            {bounce !== null && (
              <>
                {', '}
                <Moment at={bounce.bouncedAt} />
              </>
            )}
          </dt>
          <dd>
            {reason !== null && <strong>{wordsOf(reason, wording, rule).name}. </strong>}
            {say(meaning)}
            <ReceiverWords bounce={bounce} />
          </dd>
        </div>
        <div>
          <dt>{t('address.fix')}</dt>
          <dd>{say(advice)}</dd>
        </div>
        <div>
          <dt>{t('unbounce.quota')}</dt>
          <dd>{t('unbounce.quota.change', { before: number(remaining), after: number(remaining - 1) })}</dd>
        </div>
      </dl>
      <p class="quiet">{t('unbounce.once')}</p>
    </>
  );
}
