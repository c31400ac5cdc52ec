import { useConsole } from '../../app/console.ts';
import { useList } from '../../app/use-list.ts';
import { Link } from '../../parts/link.tsx';
import { ListEnd } from '../../parts/list-end.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { campaignNameOf } from './campaign-name.ts';
import { type CountsOf, useCounts } from './use-counts.ts';

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
        {list.items.length > 0 && (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t('campaigns.name')}</th>
                <th scope="col" class="wide">
                  {t('campaigns.since')}
                </th>
                <th scope="col" class="number">
                  {t('campaigns.bounced')}
                </th>
                <th scope="col" class="number">
                  {t('campaigns.notSent')}
                </th>
              </tr>
            </thead>
            <tbody>
              {list.items.map(({ campaign, firstSeenAt }) => (
                <tr key={campaign}>
                  <th scope="row">
                    <Link to={{ page: 'campaign', campaign, outcome: 'bounced', reason: null }}>
                      <bdi>{campaignNameOf(campaign, wording)}</bdi>
                    </Link>
                    <span class="narrow quiet">
                      <Moment at={firstSeenAt} />
                    </span>
                  </th>
                  <td class="wide">
                    <Moment at={firstSeenAt} />
                  </td>
                  <CountCell counts={known.get(campaign)} of="bounced" />
                  <CountCell counts={known.get(campaign)} of="notSent" />
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <ListEnd list={list} loaded="campaigns.loaded" />
      </section>
    </>
  );
}

interface CountCellProps {
  readonly counts: CountsOf | 'failed' | undefined;
  readonly of: keyof CountsOf;
}

function CountCell({ counts, of }: CountCellProps) {
  const { number, t } = useConsole().wording;
  if (counts === undefined) return <td class="number quiet">…</td>;
  return <td class="number">{counts === 'failed' ? t('app.unknown') : number(counts[of])}</td>;
}
