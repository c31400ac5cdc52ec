import type { Campaign, Outcome, Reason } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { navigate } from '../../app/router.ts';
import { useResource } from '../../app/use-resource.ts';
import { Failure } from '../../parts/failure.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Link } from '../../parts/link.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { nameOf } from '../../parts/reason.ts';
import { Select } from '../../parts/select.tsx';
import { campaignNameOf } from '../campaigns/campaign-name.ts';
import { ExportButton } from './export-button.tsx';
import { RecipientTable } from './recipient-table.tsx';

interface CampaignPageProps {
  readonly campaign: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

/** A campaign: who bounced, who was not sent to, and why. */
export function CampaignPage({ campaign, outcome, reason }: CampaignPageProps) {
  const { client, wording } = useConsole();
  const { t } = wording;
  const found = useResource((signal) => client.readCampaign(campaign, { signal }), [client, campaign]);
  return (
    <>
      <Link to={{ page: 'campaigns' }} class="back">
        <Icon name="back" />
        {t('campaign.back')}
      </Link>
      <PageTitle title={campaignNameOf(campaign, wording)}>
        <bdi>{campaignNameOf(campaign, wording)}</bdi>
      </PageTitle>
      {found.state === 'loading' && <Loading lines={6} />}
      {found.state === 'failed' && <Failure error={found.error} onRetry={found.reload} />}
      {found.state === 'ready' && (
        <>
          <OutcomeTabs campaign={found.value} outcome={outcome} />
          <section class="card card-flush" aria-label={t('campaign.outcomes')}>
            <div class="card-tools">
              <ReasonFilter campaign={found.value} outcome={outcome} reason={reason} />
              <ExportButton {...{ campaign, outcome, reason }} />
            </div>
            <RecipientTable key={`${outcome}/${reason}`} {...{ campaign, outcome, reason }} />
          </section>
        </>
      )}
    </>
  );
}

interface ChosenProps {
  readonly campaign: Campaign;
  readonly outcome: Outcome;
}

function OutcomeTabs({ campaign: { campaign, counts }, outcome }: ChosenProps) {
  const { t, number } = useConsole().wording;
  const { bounced, notSent } = counts;
  const kinds = [
    t('campaign.hard', { count: bounced.byKind.hard }),
    t('campaign.soft', { count: bounced.byKind.soft }),
  ];
  return (
    <nav class="tabs" aria-label={t('campaign.outcomes')}>
      <Link
        to={{ page: 'campaign', campaign, outcome: 'bounced', reason: null }}
        isCurrent={outcome === 'bounced'}
      >
        <span class="tab-name">{t('campaign.bounced')}</span>
        <span class="tab-number">{number(bounced.total)}</span>
        <span class="quiet">{kinds.join(', ')}</span>
      </Link>
      <Link
        to={{ page: 'campaign', campaign, outcome: 'not-sent', reason: null }}
        isCurrent={outcome === 'not-sent'}
      >
        <span class="tab-name">{t('campaign.notSent')}</span>
        <span class="tab-number">{number(notSent.total)}</span>
        <span class="quiet">{t('campaign.notSent.why')}</span>
      </Link>
    </nav>
  );
}

function ReasonFilter({ campaign, outcome, reason }: ChosenProps & { readonly reason: Reason | null }) {
  const { pathTo, wording } = useConsole();
  const { t } = wording;
  const { total, byReason } = campaign.counts[outcome === 'bounced' ? 'bounced' : 'notSent'];
  const present = Object.entries(byReason) as [Reason, number][];
  const options = present
    .sort(([, a], [, b]) => b - a)
    .map(([one, count]) => [one, t('campaign.reason.one', { reason: nameOf(one, wording), count })] as const);
  const choose = (chosen: Reason | '') => {
    const to = { page: 'campaign', campaign: campaign.campaign, outcome, reason: chosen || null } as const;
    navigate(pathTo(to), { replace: true });
  };
  return (
    <Select
      label={t('campaign.reason')}
      value={reason ?? ''}
      options={[['', t('campaign.reason.all', { count: total })], ...options]}
      onChoose={choose}
    />
  );
}
