import type { TargetedSubmitEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../app/console.ts';
import { navigate } from '../../app/router.ts';
import { Failure } from '../../parts/failure.tsx';

/** Finds one address. It stays in the field until its page can be shown. */
export function LookUp() {
  const { client, pathTo, wording } = useConsole();
  const { t } = wording;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const look = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = field.current?.value.trim() ?? '';
    setError(null);
    setIsEmpty(address === '');
    if (address === '') field.current?.focus();
    if (address === '' || isBusy) return;
    setIsBusy(true);
    try {
      const { id: found } = await client.readSuppression(address);
      navigate(pathTo({ page: 'address', id: found }), { note: { address } });
    } catch (caught) {
      setError(caught);
      setIsBusy(false);
      field.current?.focus();
    }
  };

  return (
    <search>
      <form class="card look-up" onSubmit={look} noValidate>
        <label class="label" for={id}>
          {t('suppressed.search')}
        </label>
        <div class="row">
          <input
            ref={field}
            id={id}
            type="text"
            inputMode="email"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder="ada@example.com"
            aria-invalid={isEmpty}
            aria-describedby={`${id}-error`}
          />
          <button type="submit" class="button button-main" aria-disabled={isBusy}>
            {t('suppressed.search.button')}
          </button>
        </div>
        <p class="error" id={`${id}-error`} role="status">
          {isEmpty && t('suppressed.search.empty')}
        </p>
        {error !== null && <Failure error={error} />}
      </form>
    </search>
  );
}
