import { useId, useState } from 'preact/hooks';
import type { CampaignRecipient } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Link } from '../../parts/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { nameOf, wordsOf } from '../../parts/reason.ts';
import { ReceiverWords } from '../address/receiver-words.tsx';

/** A recipient, and below it the evidence when it is asked for. */
export function RecipientRows({ recipient }: { readonly recipient: CampaignRecipient }) {
  const { t } = useConsole().wording;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { address, at, erased } = recipient;
  return (
    <>
      <tr class={isOpen ? 'opened' : ''}>
        <th scope="row">
          <button
            type="button"
            class="expander"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon name="chevron" />
            <AddressText address={address} erased={erased} />
          </button>
          <span class="narrow">
            <Why recipient={recipient} />
          </span>
        </th>
        <td class="wide">
          <Why recipient={recipient} />
        </td>
        <td class="wide">
          <Moment at={at} />
        </td>
      </tr>
      <tr id={id} hidden={!isOpen} class="evidence">
        <td colSpan={3}>
          <h2 class="visually-hidden">{t('campaign.evidence', { address: address ?? t('app.unnamed') })}</h2>
          {isOpen && <Evidence recipient={recipient} />}
        </td>
      </tr>
    </>
  );
}

function Why({ recipient: { code, kind, layer, reason } }: { readonly recipient: CampaignRecipient }) {
  const { wording } = useConsole();
  const { t } = wording;
  const name = reason === null ? null : nameOf(reason, wording);
  return (
    <>
      {name ?? (code !== null && t(`code.${code}`))}{' '}
      {kind !== null && (
        <Badge kind={kind === 'hard' ? 'danger' : 'neutral'}>{t(`campaign.kind.${kind}`)}</Badge>
      )}
      {layer !== null && layer !== 'own' && <Badge kind="neutral">{t(`layer.${layer}`)}</Badge>}
    </>
  );
}

function Evidence({ recipient }: { readonly recipient: CampaignRecipient }) {
  const { wording } = useConsole();
  const { t } = wording;
  const { address, at, code, id, reason, rule, status } = recipient;
  const words = reason === null ? null : wordsOf(reason, wording, rule);
  return (
    <div class="evidence-body">
      {words !== null && <p>{words.meaning}</p>}
      {recipient.outcome === 'bounced' && <ReceiverWords bounce={recipient} />}
      <dl class="facts">
        {code !== null && (
          <div>
            <dt>{t('campaign.why')}</dt>
            <dd>{t(`code.${code}`)}</dd>
          </div>
        )}
        <div>
          <dt>{t('campaign.when')}</dt>
          <dd>
            <Moment at={at} />
          </dd>
        </div>
        <div>
          <dt>{t('address.status')}</dt>
          <dd>{status ?? t('app.none')}</dd>
        </div>
        <div>
          <dt>{t('address.rule')}</dt>
          <dd>{rule}</dd>
        </div>
      </dl>
      {words !== null && (
        <p>
          <strong>{t('address.fix')}:</strong> {words.advice}
        </p>
      )}
      <p>
        <Link to={{ page: 'address', id }} {...(address !== null && { note: { address } })} class="button">
          {t('campaign.open')}
        </Link>
      </p>
    </div>
  );
}
