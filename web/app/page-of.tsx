import { AddressPage } from '../pages/address/address-page.tsx';
import { CampaignPage } from '../pages/campaign/campaign-page.tsx';
import { CampaignsPage } from '../pages/campaigns/campaigns-page.tsx';
import { CheckPage } from '../pages/check/check-page.tsx';
import { OverviewPage } from '../pages/overview/overview-page.tsx';
import { SuppressedPage } from '../pages/suppressed/suppressed-page.tsx';
import { Link } from '../parts/link.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useConsole } from './console.ts';
import type { Note } from './router.ts';
import type { Route } from './routes.ts';

interface PageOfProps {
  readonly route: Route | null;
  readonly note: Note;
}

/** The page of a route. A page of another account or thing begins anew. */
export function PageOf({ route, note }: PageOfProps) {
  const { account } = useConsole();
  const asked = note.address ?? null;
  if (route === null) return <NotFoundPage />;
  switch (route.page) {
    case 'overview':
      return <OverviewPage key={account} />;
    case 'campaigns':
      return <CampaignsPage key={account} />;
    case 'campaign':
      return <CampaignPage key={`${account}/${route.campaign}`} {...route} />;
    case 'suppressed':
      return <SuppressedPage key={account} reason={route.reason} />;
    case 'address':
      return <AddressPage key={`${account}/${asked ?? route.id}`} id={route.id} asked={asked} />;
    case 'check':
      return <CheckPage key={account} />;
  }
}

function NotFoundPage() {
  const { t } = useConsole().wording;
  return (
    <>
      <PageTitle title={t('app.notFound.title')} />
      <p>{t('app.notFound.text')}</p>
      <p>
        <Link to={{ page: 'overview' }}>{t('app.notFound.back')}</Link>
      </p>
    </>
  );
}
