import type { Reason } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { navigate } from '../../app/router.ts';
import { useList } from '../../app/use-list.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { nameOf } from '../../parts/reason.ts';
import { Select } from '../../parts/select.tsx';
import { LookUp } from './look-up.tsx';
import { SuppressedTable } from './suppressed-table.tsx';

const ROWS_PER_PAGE = 50;
/** Reasons that can suppress, as they stand in the policy. */
const REASONS: readonly Reason[] = [
  'unknown_user',
  'mailbox_inactive',
  'mailbox_full',
  'dns_failure',
  'content',
  'spam',
  'policy',
  'mailbox_misconfiguration',
  'timeout',
  'other',
  'complaint',
];

/** Whom the account does not send to, newest first. */
export function SuppressedPage({ reason }: { readonly reason: Reason | null }) {
  const { client, pathTo, wording } = useConsole();
  const { t } = wording;
  const list = useList(
    (position, signal) => {
      const query = { limit: ROWS_PER_PAGE, ...(reason !== null && { reason }), ...position };
      return client.listSuppressions(query, { signal });
    },
    [client, reason],
  );
  const choose = (chosen: Reason | '') =>
    navigate(pathTo({ page: 'suppressed', reason: chosen || null }), { replace: true });
  const reasons = reason === null || REASONS.includes(reason) ? REASONS : [...REASONS, reason];
  return (
    <>
      <PageTitle title={t('suppressed.title')} />
      <p class="intro">{t('suppressed.intro')}</p>
      <LookUp />
      <section class="card card-flush" aria-label={t('suppressed.title')}>
        <div class="card-tools">
          <Select
            label={t('suppressed.reason')}
            value={reason ?? ''}
            options={[
              ['', t('suppressed.reason.all')],
              ...reasons.map((one) => [one, nameOf(one, wording)] as const),
            ]}
            onChoose={choose}
          />
        </div>
        {list.items.length === 0 && list.state === 'end' && (
          <div class="empty">
            <p>{t(reason === null ? 'suppressed.none' : 'suppressed.none.filtered')}</p>
            {reason === null && <p class="quiet">{t('suppressed.none.text')}</p>}
          </div>
        )}
        {list.items.length > 0 && <SuppressedTable rows={list.items} />}
        <ListEnd list={list} loaded="suppressed.loaded" />
      </section>
    </>
  );
}
