import type { TargetedSubmitEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { ReboundProblemError, type Suppression } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { failureKindOf } from '../../app/failure-kind.ts';
import { Callout } from '../../parts/callout.tsx';
import { Failure } from '../../parts/failure.tsx';
import { EvidenceFields } from './evidence-fields.tsx';
import type { EvidenceKind } from './evidence-kinds.ts';
import { RefusalList } from './refusal-list.tsx';
import { UnbounceFacts } from './unbounce-facts.tsx';

export interface UnbounceInput {
  readonly kind: EvidenceKind | '';
  readonly note: string;
}

interface UnbounceFormProps {
  readonly suppression: Suppression;
  unbounce(input: UnbounceInput): Promise<void>;
  onCancel(): void;
}

/** What is typed stays, whatever comes of a try. */
export function UnbounceForm({ suppression, unbounce, onCancel }: UnbounceFormProps) {
  const { t } = useWording();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<EvidenceKind | ''>('');
  const [note, setNote] = useState('');
  const [isConfirmed, setIsConfirmed] = useState(false);
  const [lacksConfirmation, setLacksConfirmation] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setLacksConfirmation(!isConfirmed);
    if (!isConfirmed) box.current?.focus();
    if (!isConfirmed || isBusy) return;
    setIsBusy(true);
    setError(null);
    try {
      await unbounce({ kind, note: note.trim() });
    } catch (caught) {
      setError(caught);
      setIsBusy(false);
    }
  };

  return (
    <form class="stack" onSubmit={submit} noValidate>
      <UnbounceFacts suppression={suppression} />
      <EvidenceFields {...{ kind, note }} onKind={setKind} onNote={setNote} />
      <label class="confirm">
        <input
          ref={box}
          type="checkbox"
          checked={isConfirmed}
          required
          aria-describedby={`${id}-needed`}
          aria-invalid={lacksConfirmation && !isConfirmed}
          onChange={(event) => setIsConfirmed(event.currentTarget.checked)}
        />
        <span>{t('unbounce.confirm')}</span>
      </label>
      <p class="error" id={`${id}-needed`} role="status">
        {lacksConfirmation && !isConfirmed && t('unbounce.confirm.needed')}
      </p>
      {error !== null && <FailedTry error={error} />}
      <div class="actions">
        <button type="button" class="button" onClick={onCancel}>
          {t('unbounce.cancel')}
        </button>
        <button type="submit" class="button button-main" aria-disabled={isBusy}>
          {t(isBusy ? 'unbounce.doing' : 'unbounce.do')}
        </button>
      </div>
    </form>
  );
}

function FailedTry({ error }: { readonly error: unknown }) {
  const { t } = useWording();
  if (error instanceof ReboundProblemError && error.refusals.length > 0) {
    return (
      <Callout kind="danger" title={t('unbounce.refused')} isAlert>
        <RefusalList refusals={error.refusals} />
      </Callout>
    );
  }
  if (failureKindOf(error) === 'offline') {
    return (
      <Callout kind="danger" title={t('unbounce.lost.title')} isAlert>
        <p>{t('unbounce.lost.text')}</p>
      </Callout>
    );
  }
  return <Failure error={error} />;
}
