import type { Bounce, Suppression } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { Link } from '../../parts/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { nameOf } from '../../parts/reason.ts';
import { campaignNameOf } from '../campaigns/campaign-name.ts';
import { ReceiverWords } from './receiver-words.tsx';

/** The last bounces with their evidence, and the days that count towards a block. */
export function BounceList({ suppression }: { readonly suppression: Suppression }) {
  const { t, utcDay } = useConsole().wording;
  const { bounces, strikes } = suppression;
  const days = [...new Set(strikes.map(({ day }) => day))];
  return (
    <section class="card" aria-labelledby="bounces">
      <h2 id="bounces">{t('address.bounces')}</h2>
      {bounces.length === 0 && <p class="quiet">{t('address.bounces.none')}</p>}
      {days.length > 0 && (
        <p>
          {t('address.strikes', { count: days.length })}: {days.map(utcDay).join(', ')}
        </p>
      )}
      {bounces.length > 0 && (
        <ol class="bounces">
          {bounces.map((bounce) => (
            <BounceItem key={bounce.feedbackId} bounce={bounce} />
          ))}
        </ol>
      )}
    </section>
  );
}

function BounceItem({ bounce }: { readonly bounce: Bounce }) {
  const { wording } = useConsole();
  const { t } = wording;
  const { bounceType, bounceSubType, campaign, permanence, reason, status } = bounce;
  return (
    <li class="bounce">
      <p class="bounce-head">
        <strong>{nameOf(reason, wording)}</strong>
        <span class="quiet">
          <Moment at={bounce.bouncedAt} />
        </span>
      </p>
      <ReceiverWords bounce={bounce} />
      <dl class="facts">
        <div>
          <dt>{t('address.campaign')}</dt>
          <dd>
            <Link to={{ page: 'campaign', campaign, outcome: 'bounced', reason: null }}>
              {campaignNameOf(campaign, wording)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t('address.sentAt')}</dt>
          <dd>
            <Moment at={bounce.sentAt} />
          </dd>
        </div>
        <div>
          <dt>{t('address.status')}</dt>
          <dd>
            {status ?? t('app.none')}, {t(`address.${permanence}`)}
          </dd>
        </div>
        {bounceType !== null && (
          <div>
            <dt>{t('address.ses')}</dt>
            <dd>
              <bdi>{[bounceType, bounceSubType].filter(Boolean).join(' / ')}</bdi>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}
