import type { TargetedDragEvent } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { type AddressList, readAddressList } from './address-list.ts';
import { BadFile } from './bad-file.tsx';
import { OpenQuoteError } from './delimited.ts';
import { FoundList } from './found-list.tsx';
import { ChosenFile, FileChoice, PastedText } from './list-source.tsx';
import { readFile } from './read-file.ts';

interface ListInputProps {
  /** A list of addressed rows, and the column of the addresses. */
  onChosen(list: AddressList, column: number): void;
}

/** Takes a list: pasted, dropped or chosen. */
export function ListInput({ onChosen }: ListInputProps) {
  const { t } = useWording();
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
        <PastedText text={text} onText={setText} />
      ) : (
        <ChosenFile name={file.name} onRemove={() => setFile(null)} />
      )}
      <FileChoice onFile={take} />
      {fileError !== null && <BadFile error={fileError} />}
      {parsed instanceof Error ? <BadFile error={parsed} /> : <FoundList list={parsed} onChosen={onChosen} />}
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
