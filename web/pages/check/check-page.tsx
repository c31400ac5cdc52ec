import { useWording } from '../../app/console.ts';
import { PageTitle } from '../../parts/page-title.tsx';

export function CheckPage() {
  const { t } = useWording();
  return <PageTitle title={t('check.title')} />;
}
