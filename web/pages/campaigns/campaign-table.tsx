import type { CampaignRow } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Link } from '../../parts/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { campaignNameOf } from './campaign-name.ts';
import type { CountsOf, KnownCounts } from './use-counts.ts';

interface CampaignTableProps {
  readonly rows: readonly CampaignRow[];
  readonly known: KnownCounts;
}

export function CampaignTable({ rows, known }: CampaignTableProps) {
  const { t } = useWording();
  return (
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
        {rows.map((row) => (
          <CampaignLine key={row.campaign} row={row} counts={known.get(row.campaign)} />
        ))}
      </tbody>
    </table>
  );
}

interface CampaignLineProps {
  readonly row: CampaignRow;
  readonly counts: CountsOf | 'failed' | undefined;
}

function CampaignLine({ row: { campaign, firstSeenAt }, counts }: CampaignLineProps) {
  return (
    <tr>
      <th scope="row">
        <Link to={{ page: 'campaign', campaign, outcome: 'bounced', reason: null }}>
          <bdi>{campaignNameOf(campaign, useWording())}</bdi>
        </Link>
        <span class="narrow quiet">
          <Moment at={firstSeenAt} />
        </span>
      </th>
      <td class="wide">
        <Moment at={firstSeenAt} />
      </td>
      <CountCell counts={counts} of="bounced" />
      <CountCell counts={counts} of="notSent" />
    </tr>
  );
}

interface CountCellProps {
  readonly counts: CampaignLineProps['counts'];
  readonly of: keyof CountsOf;
}

function CountCell({ counts, of }: CountCellProps) {
  const { number, t } = useWording();
  if (counts === undefined) return <td class="number quiet">…</td>;
  return <td class="number">{counts === 'failed' ? t('app.unknown') : number(counts[of])}</td>;
}
