import type { ReasonStats } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Link } from '../../parts/link.tsx';
import { nameOf } from '../../parts/reason.ts';

const MOST = 5;

/** What makes most mail bounce, and what helps. */
export function TopReasons({ reasons }: { readonly reasons: readonly ReasonStats[] }) {
  const wording = useWording();
  const { t, say } = wording;
  return (
    <section class="card" aria-labelledby="reasons">
      <h2 id="reasons">{t('overview.reasons')}</h2>
      {reasons.length === 0 && <p class="quiet">{t('overview.reasons.none')}</p>}
      {reasons.length > 0 && (
        <ol class="reasons">
          {reasons.slice(0, MOST).map(({ reason, bounces, meaning, advice }) => (
            <li key={reason}>
              <p class="reason-head">
                <Link to={{ page: 'suppressed', reason }}>{nameOf(reason, wording)}</Link>
                <span class="quiet">{t('overview.reasons.count', { count: bounces })}</span>
              </p>
              <p>{say(meaning)}</p>
              <p>{say(advice)}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
