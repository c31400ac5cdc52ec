import { useState } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { Select } from '../../parts/select.tsx';
import type { AddressList } from './address-list.ts';

interface FoundListProps {
  readonly list: AddressList;
  /** A list of addressed rows, and the column of the addresses. */
  onChosen(list: AddressList, column: number): void;
}

/** What was found in the list, and in which column. */
export function FoundList({ list, onChosen }: FoundListProps) {
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
