import type { NotSent } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Link } from '../../parts/link.tsx';
import { nameOf } from '../../parts/reason.ts';
import type { Held } from './check-run.ts';

const MOST_SHOWN = 100;

/** Whom not to send to, and why. */
export function HeldTable({ held }: { readonly held: readonly Held[] }) {
  const { t } = useWording();
  return (
    <section class="card card-flush" aria-label={t('check.notSent')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('campaign.recipient')}</th>
            <th scope="col" class="wide">
              {t('check.why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {held.slice(0, MOST_SHOWN).map(({ index, verdict }) => (
            <HeldRow key={index} verdict={verdict} />
          ))}
        </tbody>
      </table>
      {held.length > MOST_SHOWN && <p class="list-end quiet">{t('check.shown', { count: MOST_SHOWN })}</p>}
    </section>
  );
}

function HeldRow({ verdict }: { readonly verdict: NotSent }) {
  const { recipient, layer } = verdict;
  const address = verdict.address === undefined ? recipient : verdict.address;
  const text = <AddressText address={recipient} erased={false} />;
  return (
    <tr>
      <th scope="row">
        {address === null || layer === 'input' ? (
          text
        ) : (
          <Link to={{ page: 'address', id: null }} note={{ address }}>
            {text}
          </Link>
        )}
        <span class="narrow">
          <WhyNot verdict={verdict} />
        </span>
      </th>
      <td class="wide">
        <WhyNot verdict={verdict} />
      </td>
    </tr>
  );
}

function WhyNot({ verdict: { bounce, code, unbounce } }: { readonly verdict: NotSent }) {
  const wording = useWording();
  const { t } = wording;
  return (
    <>
      {t(`code.${code}`)}
      {bounce !== null && <span class="quiet"> · {nameOf(bounce.reason, wording)}</span>}{' '}
      {unbounce?.allowed === true && <Badge kind="neutral">{t('check.mayUnbounce')}</Badge>}
    </>
  );
}
