import { useWording } from '../app/console.ts';

interface AddressTextProps {
  readonly address: string | null;
  readonly erased: boolean;
}

/** An address, which comes from outside: kept apart from the direction of the text around it. */
export function AddressText({ address, erased }: AddressTextProps) {
  const { t } = useWording();
  if (address === null) return <span class="quiet">{t(erased ? 'app.erased' : 'app.unnamed')}</span>;
  const at = address.lastIndexOf('@') + 1;
  return (
    <bdi class="address">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </bdi>
  );
}
