import type { TargetedDragEvent } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { Callout } from '../../parts/callout.tsx';
import { Select } from '../../parts/select.tsx';
import { type AddressList, readAddressList } from './address-list.ts';
import { OpenQuoteError } from './delimited.ts';
import { BadFileError, LARGEST_FILE_IN_MB, readFile } from './read-file.ts';

interface ListInputProps {
  /** A list of addressed rows, and the column of the addresses. */
  onChosen(list: AddressList, column: number): void;
}

/** Takes a list: pasted, dropped or chosen. */
export function ListInput({ onChosen }: ListInputProps) {
  const { t } = useWording();
  const id = useId();
  const [text, setText] = useState('');
  const [file, setFile] = useState<GivenFile | null>(null);
  const [fileError, setFileError] = useState<unknown>(null);
  const [isOver, setIsOver] = useState(false);
  const source = file?.text ?? text;
  const parsed = useMemo(() => parse(source), [source]);

  const take = async (given: File | undefined) => {
    if (given === undefined) return;
    setFileError(null);
    try {
      setFile({ name: given.name, text: await readFile(given) });
    } catch (error) {
      setFileError(error);
    }
  };
  const drop = (event: TargetedDragEvent<HTMLElement>) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer?.files[0]);
  };

  return (
    <section
      class={`card check ${isOver ? 'check-over' : ''}`}
      aria-label={t('check.title')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {file === null ? (
        <div class="field">
          <label class="label" for={`${id}-text`}>
            {t('check.paste')}
          </label>
          <textarea
            id={`${id}-text`}
            class="check-text"
            rows={10}
            value={text}
            spellcheck={false}
            autocomplete="off"
            aria-describedby={`${id}-hint`}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="hint" id={`${id}-hint`}>
            {t('check.paste.hint')}
          </p>
        </div>
      ) : (
        <div class="card-head">
          <p>
            {t('check.file')} <bdi class="address">{file.name}</bdi>
          </p>
          <button type="button" class="button" onClick={() => setFile(null)}>
            {t('check.file.remove')}
          </button>
        </div>
      )}
      <div class="check-file">
        <label for={`${id}-file`}>{t('check.drop')}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
      </div>
      {fileError !== null && <BadFile error={fileError} />}
      {parsed instanceof Error ? <BadFile error={parsed} /> : <Found list={parsed} onChosen={onChosen} />}
    </section>
  );
}

/** What was typed stays beside it, for when the file is taken away again. */
interface GivenFile {
  readonly name: string;
  readonly text: string;
}

function parse(text: string): AddressList | OpenQuoteError {
  try {
    return readAddressList(text);
  } catch (error) {
    if (error instanceof OpenQuoteError) return error;
    throw error;
  }
}

interface FoundProps extends ListInputProps {
  readonly list: AddressList;
}

/** What was found in the list, and in which column. */
function Found({ list, onChosen }: FoundProps) {
  const { t } = useWording();
  const [picked, setPicked] = useState<{ readonly list: AddressList; readonly column: number } | null>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const column = picked?.list.columns === list.columns ? picked.column : list.likelyColumn;
  const present = list.rows.filter((row) => (row[column] ?? '').trim() !== '').length;
  const blank = list.rows.length - present;
  const names = Array.from(
    { length: list.columns },
    (_, at) =>
      [String(at), list.header?.[at]?.trim() || t('check.column.numbered', { number: at + 1 })] as const,
  );
  const start = () => {
    setIsEmpty(present === 0);
    if (present > 0) onChosen(withAddressesAlone(list, column), column);
  };
  return (
    <>
      {list.columns > 1 && (
        <Select
          label={t('check.column')}
          value={String(column)}
          options={names}
          onChoose={(chosen) => setPicked({ list, column: Number(chosen) })}
        />
      )}
      <p role="status">
        {present > 0 && t('check.found', { count: present })}
        {present > 0 && blank > 0 && <span class="quiet"> · {t('check.blank', { count: blank })}</span>}
        {present === 0 && isEmpty && <span class="error">{t('check.empty')}</span>}
      </p>
      <div class="actions">
        <button type="button" class="button button-main" onClick={start}>
          {t('check.start')}
        </button>
      </div>
    </>
  );
}

function withAddressesAlone(list: AddressList, column: number): AddressList {
  return { ...list, rows: list.rows.filter((row) => (row[column] ?? '').trim() !== '') };
}

function BadFile({ error }: { readonly error: unknown }) {
  const { t } = useWording();
  const text =
    error instanceof OpenQuoteError
      ? t('check.badFile.quote', { line: error.line })
      : t(`check.badFile.${error instanceof BadFileError ? error.why : 'encoding'}`, {
          megabytes: LARGEST_FILE_IN_MB,
        });
  return (
    <Callout kind="danger" title={t('check.badFile.title')} isAlert>
      <p>{text}</p>
    </Callout>
  );
}
