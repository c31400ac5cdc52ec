import { useId } from 'preact/hooks';
import { useWording } from '../../app/console.ts';

interface PastedTextProps {
  readonly text: string;
  onText(text: string): void;
}

export function PastedText({ text, onText }: PastedTextProps) {
  const { t } = useWording();
  const id = useId();
  return (
    <div class="field">
      <label class="label" for={id}>
        {t('check.paste')}
      </label>
      <textarea
        id={id}
        class="check-text"
        rows={10}
        value={text}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${id}-hint`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p class="hint" id={`${id}-hint`}>
        {t('check.paste.hint')}
      </p>
    </div>
  );
}

interface ChosenFileProps {
  readonly name: string;
  onRemove(): void;
}

export function ChosenFile({ name, onRemove }: ChosenFileProps) {
  const { t } = useWording();
  return (
    <div class="card-head">
      <p>
        {t('check.file')} <bdi class="address">{name}</bdi>
      </p>
      <button type="button" class="button" onClick={onRemove}>
        {t('check.file.remove')}
      </button>
    </div>
  );
}

export function FileChoice({ onFile }: { readonly onFile: (file: File | undefined) => void }) {
  const { t } = useWording();
  const id = useId();
  return (
    <div class="check-file">
      <label for={id}>{t('check.drop')}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
    </div>
  );
}
