import { useRef, useState } from 'preact/hooks';
import type { Grant, Suppression } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Callout } from '../../parts/callout.tsx';
import { evidenceKindText } from './evidence-kinds.ts';
import { RefusalList } from './refusal-list.tsx';
import { UnbounceDialog } from './unbounce-dialog.tsx';

interface UnbounceSectionProps {
  readonly suppression: Suppression;
  readonly address: string | null;
  onUnbounced(): void;
}

/** The way to the second chance, or everything that stands in it. */
export function UnbounceSection({ suppression, address, onUnbounced }: UnbounceSectionProps) {
  const { t } = useWording();
  const [isOpen, setIsOpen] = useState(false);
  const isTried = useRef(false);
  const { allowed, granted } = suppression.unbounce;
  const close = () => {
    setIsOpen(false);
    if (isTried.current) onUnbounced();
    isTried.current = false;
  };
  return (
    <>
      {granted !== null && <Granted grant={granted} />}
      {suppression.suppressed && allowed && (
        <section class="card card-action" aria-label={t('address.unbounce')}>
          <p>{t('address.unbounce.intro')}</p>
          <button type="button" class="button button-main" onClick={() => setIsOpen(true)}>
            {t('address.unbounce')}
          </button>
        </section>
      )}
      {suppression.suppressed && !allowed && <Refused suppression={suppression} />}
      {isOpen && (
        <UnbounceDialog
          suppression={suppression}
          address={address}
          onTried={() => {
            isTried.current = true;
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Refused({ suppression }: { readonly suppression: Suppression }) {
  const { t } = useWording();
  const { refusals } = suppression.unbounce;
  return (
    <Callout kind="warning" title={t('address.refused')}>
      <p>{t('address.refused.some', { count: refusals.length })}</p>
      <RefusalList refusals={refusals} />
    </Callout>
  );
}

function Granted({ grant }: { readonly grant: Grant }) {
  const wording = useWording();
  const { t, moment } = wording;
  const { by, evidence, unbouncedAt } = grant;
  return (
    <Callout kind="info" title={t('address.granted')}>
      <p>{t('address.granted.text', { date: moment(unbouncedAt), by })}</p>
      {evidence !== null && (
        <p>
          {t('address.granted.evidence', {
            kind: evidenceKindText(evidence.kind, wording),
            note: evidence.note,
          })}
        </p>
      )}
    </Callout>
  );
}
