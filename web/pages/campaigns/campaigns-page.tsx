import { useConsole } from '../../app/console.ts';
import { useList } from '../../app/use-list.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { CampaignTable } from './campaign-table.tsx';
import { useCounts } from './use-counts.ts';

const ROWS_PER_PAGE = 20;

/** The account's campaigns, newest first, each with its two counts. */
export function CampaignsPage() {
  const { client, wording } = useConsole();
  const { t } = wording;
  const list = useList(
    (position, signal) => client.listCampaigns({ ...position, limit: ROWS_PER_PAGE }, { signal }),
    [client],
  );
  const known = useCounts(list.items.map(({ campaign }) => campaign));
  const isEmpty = list.items.length === 0 && list.state === 'end';
  return (
    <>
      <PageTitle title={t('campaigns.title')} />
      <p class="intro">{t('campaigns.intro')}</p>
      <section class="card card-flush" aria-label={t('campaigns.title')}>
        {isEmpty && (
          <div class="empty">
            <h2>{t('campaigns.none.title')}</h2>
            <p>{t('campaigns.none.text')}</p>
          </div>
        )}
        {list.items.length > 0 && <CampaignTable rows={list.items} known={known} />}
        <ListEnd list={list} loaded="campaigns.loaded" />
      </section>
    </>
  );
}
