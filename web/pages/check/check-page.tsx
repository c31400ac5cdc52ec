import { useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';
import { PageTitle } from '../../parts/page-title.tsx';
import type { AddressList } from './address-list.ts';
import { type CheckedList, CheckResult } from './check-result.tsx';
import { createCheckRun } from './check-run.ts';
import { ListInput } from './list-input.tsx';

/** By account, while the page is open: whoever looks at an address of the result comes back to it. */
const kept = new Map<string, CheckedList>();

/** Whom of a list to send to, before it is sent. */
export function CheckPage() {
  const { account, client, wording } = useConsole();
  const { t } = wording;
  const [checked, setChecked] = useState<CheckedList | null>(kept.get(account) ?? null);
  const begin = (list: AddressList, column: number) => {
    const recipients = list.rows.map((row) => row[column] ?? '');
    const begun = { list, run: createCheckRun(client, recipients) };
    kept.set(account, begun);
    setChecked(begun);
  };
  const leave = () => {
    kept.delete(account);
    setChecked(null);
  };
  return (
    <>
      <PageTitle title={t('check.title')} />
      <p class="intro">{t('check.intro')}</p>
      {checked === null ? (
        <ListInput onChosen={begin} />
      ) : (
        <CheckResult checked={checked} onAnother={leave} />
      )}
    </>
  );
}
