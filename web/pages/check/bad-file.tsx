import { useWording } from '../../app/console.ts';
import { Callout } from '../../parts/callout.tsx';
import { OpenQuoteError } from './delimited.ts';
import { BadFileError, LARGEST_FILE_IN_MB } from './read-file.ts';

/** Why a list is not taken, and what to do. */
export function BadFile({ error }: { readonly error: unknown }) {
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
