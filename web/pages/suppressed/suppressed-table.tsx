import type { SuppressionRow } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { Link } from '../../parts/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { nameOf } from '../../parts/reason.ts';

export function SuppressedTable({ rows }: { readonly rows: readonly SuppressionRow[] }) {
  const { t } = useWording();
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{t('suppressed.address')}</th>
          <th scope="col" class="wide">
            {t('suppressed.reason')}
          </th>
          <th scope="col" class="wide">
            {t('suppressed.since')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SuppressedLine key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function SuppressedLine({ row }: { readonly row: SuppressionRow }) {
  const wording = useWording();
  const { address, erased, id, reason, suppressedAt, until } = row;
  const name = nameOf(reason, wording);
  return (
    <tr>
      <th scope="row">
        <Link to={{ page: 'address', id }} {...(address !== null && { note: { address } })}>
          <AddressText address={address} erased={erased} />
        </Link>
        <span class="narrow quiet">{name}</span>
      </th>
      <td class="wide">
        {name}
        {until !== null && (
          <span class="below quiet">{wording.t('suppressed.until', { date: wording.moment(until) })}</span>
        )}
      </td>
      <td class="wide">
        <Moment at={suppressedAt} />
      </td>
    </tr>
  );
}
