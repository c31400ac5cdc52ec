import { useId } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { Select } from '../../parts/select.tsx';
import { EVIDENCE_KINDS, type EvidenceKind } from './evidence-kinds.ts';

interface EvidenceFieldsProps {
  readonly kind: EvidenceKind | '';
  readonly note: string;
  onKind(kind: EvidenceKind | ''): void;
  onNote(note: string): void;
}

/** What the API keeps. */
const LONGEST_NOTE = 1_000;

/** What speaks for the address, if somebody wants to say it. */
export function EvidenceFields({ kind, note, onKind, onNote }: EvidenceFieldsProps) {
  const { t } = useWording();
  const id = useId();
  return (
    <>
      <Select
        label={t('unbounce.kind')}
        value={kind}
        options={[
          ['', t('unbounce.kind.none')],
          ...EVIDENCE_KINDS.map((one) => [one, t(`unbounce.kind.${one}`)] as const),
        ]}
        onChoose={onKind}
      />
      <div class="field">
        <label class="label" for={id}>
          {t('unbounce.note')}
        </label>
        <textarea
          id={id}
          rows={2}
          maxLength={LONGEST_NOTE}
          value={note}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onNote(event.currentTarget.value)}
        />
        <p class="hint" id={`${id}-hint`}>
          {t('unbounce.note.hint')}
        </p>
      </div>
    </>
  );
}
