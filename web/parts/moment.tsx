import { useWording } from '../app/console.ts';

/** A moment in the reader's time zone; the UTC time stands in its title. Null is "not known". */
export function Moment({ at }: { readonly at: string | null }) {
  const { moment, t } = useWording();
  if (at === null) return <span class="quiet">{t('app.unknown')}</span>;
  return (
    <time dateTime={at} title={at}>
      {moment(at)}
    </time>
  );
}
