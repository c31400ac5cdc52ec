import { useState } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { PageTitle } from '../../parts/page-title.tsx';
import type { AddressList } from './address-list.ts';
import { CheckResult } from './check-result.tsx';
import { ListInput } from './list-input.tsx';

/** A list that was given, and the column of its addresses. */
export interface ChosenList {
  readonly list: AddressList;
  readonly column: number;
}

/** Whom of a list to send to, before it is sent. */
export function CheckPage() {
  const { t } = useWording();
  const [chosen, setChosen] = useState<ChosenList | null>(null);
  return (
    <>
      <PageTitle title={t('check.title')} />
      <p class="intro">{t('check.intro')}</p>
      {chosen === null ? (
        <ListInput onChosen={setChosen} />
      ) : (
        <CheckResult chosen={chosen} onAnother={() => setChosen(null)} />
      )}
    </>
  );
}
