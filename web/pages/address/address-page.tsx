import { useEffect, useState } from 'preact/hooks';
import type { Suppression } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { navigate } from '../../app/router.ts';
import { useResource } from '../../app/use-resource.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Link } from '../../parts/link.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { BounceList } from './bounce-list.tsx';
import { LayerList } from './layer-list.tsx';
import { UnbounceSection } from './unbounce-section.tsx';
import { WhyNotSent } from './why-not-sent.tsx';

interface AddressPageProps {
  readonly id: string | null;
  /** As it was typed; null when the page was opened by its id alone. */
  readonly asked: string | null;
}

/** All that is known of one address, and its second chance. */
export function AddressPage({ id, asked }: AddressPageProps) {
  const { client, pathTo, wording } = useConsole();
  const { t } = wording;
  // By the id wherever there is one, so that even the API's own path shows no address.
  const [wanted] = useState(id ?? asked ?? '');
  const found = useResource((signal) => client.readSuppression(wanted, { signal }), [client, wanted]);
  const foundId = found.state === 'ready' ? found.value.id : null;

  useEffect(() => {
    if (foundId === null || foundId === id) return;
    const note = asked === null ? {} : { address: asked };
    navigate(pathTo({ page: 'address', id: foundId }), { note, replace: true });
  }, [foundId, id, asked, pathTo]);

  return (
    <>
      <Link to={{ page: 'suppressed', reason: null }} class="back">
        <Icon name="back" />
        {t('address.back')}
      </Link>
      {found.state === 'loading' && <Waiting asked={asked} />}
      {found.state === 'failed' && (
        <>
          <PageTitle title={asked ?? t('app.unnamed')} />
          <Failure error={found.error} onRetry={found.reload} />
        </>
      )}
      {found.state === 'ready' && (
        <Found suppression={found.value} asked={asked} onUnbounced={found.reload} />
      )}
    </>
  );
}

function Waiting({ asked }: { readonly asked: string | null }) {
  const { t } = useConsole().wording;
  return (
    <>
      <p class="title-place">{asked ?? t('app.loading')}</p>
      <Loading lines={6} />
    </>
  );
}

interface FoundProps {
  readonly suppression: Suppression;
  readonly asked: string | null;
  onUnbounced(): void;
}

function Found({ suppression, asked, onUnbounced }: FoundProps) {
  const { t } = useConsole().wording;
  const { suppressed, erased, bounces } = suppression;
  const address = suppression.address ?? (erased ? null : asked);
  return (
    <>
      <div class="title-row title-address">
        <PageTitle title={address ?? t(erased ? 'app.erased' : 'app.unnamed')}>
          <AddressText address={address} erased={erased} />
        </PageTitle>
        <Badge kind={suppressed ? 'danger' : 'good'}>
          {t(suppressed ? 'address.suppressed' : 'address.clear')}
        </Badge>
      </div>
      <div class="columns">
        <div class="stack">
          {suppressed ? (
            <WhyNotSent suppression={suppression} />
          ) : (
            <section class="card">
              <p>{t('address.clear.text')}</p>
              {bounces.length > 0 && <p class="quiet">{t('address.clear.bounced')}</p>}
            </section>
          )}
          <UnbounceSection suppression={suppression} address={address} onUnbounced={onUnbounced} />
        </div>
        <LayerList suppression={suppression} />
      </div>
      <BounceList suppression={suppression} />
    </>
  );
}
