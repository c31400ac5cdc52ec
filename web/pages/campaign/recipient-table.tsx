import type { Outcome, Reason } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { useList } from '../../app/use-list.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { RecipientRows } from './recipient-rows.tsx';

interface RecipientTableProps {
  readonly campaign: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

const ROWS_PER_PAGE = 50;

export function RecipientTable({ campaign, outcome, reason }: RecipientTableProps) {
  const { client, wording } = useConsole();
  const { t } = wording;
  const list = useList(
    (position, signal) => {
      const query = { outcome, limit: ROWS_PER_PAGE, ...(reason !== null && { reason }), ...position };
      return client.listCampaignRecipients(campaign, query, { signal });
    },
    [client, campaign, outcome, reason],
  );
  const none = outcome === 'bounced' ? 'campaign.bounced.none' : 'campaign.notSent.none';
  return (
    <>
      {list.items.length === 0 && list.state === 'end' && (
        <p class="empty">{t(reason === null ? none : 'campaign.none.filtered')}</p>
      )}
      {list.items.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('campaign.recipient')}</th>
              <th scope="col" class="wide">
                {t('campaign.why')}
              </th>
              <th scope="col" class="wide">
                {t('campaign.when')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.items.map((recipient) => (
              <RecipientRows key={recipient.id} recipient={recipient} />
            ))}
          </tbody>
        </table>
      )}
      <ListEnd list={list} loaded="campaign.loaded" />
    </>
  );
}
