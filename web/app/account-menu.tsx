import type { TargetedSubmitEvent } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { useConsole } from './console.ts';
import { navigate } from './router.ts';
import { pathOf } from './routes.ts';

interface AccountMenuProps {
  /** To choose from; any other may be typed. */
  readonly accounts: readonly string[];
}

/** Says whose data is shown, and opens another account. */
export function AccountMenu({ accounts }: AccountMenuProps) {
  const { account, wording } = useConsole();
  const { t } = wording;
  const id = useId();
  const menu = useRef<HTMLDetailsElement>(null);
  const open = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get('account') ?? '').trim();
    menu.current?.removeAttribute('open');
    if (chosen !== '') navigate(pathOf(chosen, { page: 'overview' }));
  };
  return (
    <details class="account-menu" ref={menu}>
      <summary>
        <span class="quiet">{t('app.account')}</span> <bdi>{account}</bdi>
        <Icon name="chevron" />
      </summary>
      <form class="account-form" onSubmit={open}>
        <label class="label" for={id}>
          {t('app.account')}
        </label>
        <div class="row">
          <input
            id={id}
            name="account"
            list={`${id}-known`}
            required
            pattern="[A-Za-z0-9_\-]{1,64}"
            autocomplete="off"
            spellcheck={false}
            aria-describedby={`${id}-hint`}
          />
          <button type="submit" class="button">
            {t('app.account.open')}
          </button>
        </div>
        <datalist id={`${id}-known`}>
          {accounts.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        <p class="quiet" id={`${id}-hint`}>
          {t('app.account.hint')}
        </p>
      </form>
    </details>
  );
}
