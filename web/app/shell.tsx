import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Select } from '../parts/select.tsx';
import { applyTheme, keepTheme, readTheme, THEMES, type Theme } from '../session/theme.ts';
import { LANGUAGES, type Language } from '../texts/translate.ts';
import { AccountMenu } from './account-menu.tsx';
import { useConsole } from './console.ts';
import type { Route } from './routes.ts';

interface ShellProps {
  readonly page: Route['page'] | null;
  readonly accounts: readonly string[];
  readonly signOut: (() => Promise<void>) | null;
  readonly children: ComponentChildren;
  onLanguage(language: Language): void;
}

type Entry = 'overview' | 'campaigns' | 'suppressed' | 'check';

/** Under which entry a page stands. */
const ENTRY_OF: Readonly<Record<Route['page'], Entry>> = {
  overview: 'overview',
  campaigns: 'campaigns',
  campaign: 'campaigns',
  suppressed: 'suppressed',
  address: 'suppressed',
  check: 'check',
};
const ENTRIES: readonly { readonly entry: Entry; readonly icon: IconName; readonly to: Route }[] = [
  { entry: 'overview', icon: 'overview', to: { page: 'overview' } },
  { entry: 'campaigns', icon: 'campaigns', to: { page: 'campaigns' } },
  { entry: 'suppressed', icon: 'suppressed', to: { page: 'suppressed', reason: null } },
  { entry: 'check', icon: 'check', to: { page: 'check' } },
];
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', pl: 'Polski' };

/** What stands around every page. */
export function Shell({ page, accounts, signOut, children, onLanguage }: ShellProps) {
  const { t, language } = useConsole().wording;
  const current = page === null ? null : ENTRY_OF[page];
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t('app.skip')}
      </a>
      <header class="header">
        <Link to={{ page: 'overview' }} class="brand">
          <Icon name="brand" />
          <span>Rebound</span>
        </Link>
        <AccountMenu accounts={accounts} />
        {signOut && (
          <button type="button" class="button button-quiet" onClick={() => signOut()}>
            {t('app.signOut')}
          </button>
        )}
      </header>
      <nav class="nav" aria-label={t('app.navigation')}>
        {ENTRIES.map(({ entry, icon, to }) => (
          <Link key={entry} to={to} isCurrent={entry === current}>
            <Icon name={icon} />
            <span>{t(`nav.${entry}`)}</span>
          </Link>
        ))}
      </nav>
      <main id="content" class="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="settings">
        <Select
          label={t('app.language')}
          value={language}
          options={LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]] as const)}
          onChoose={onLanguage}
        />
        <ThemeChoice />
      </footer>
    </div>
  );
}

function ThemeChoice() {
  const { t } = useConsole().wording;
  const [theme, setTheme] = useState(readTheme);
  const choose = (chosen: Theme) => {
    applyTheme(chosen);
    keepTheme(chosen);
    setTheme(chosen);
  };
  return (
    <Select
      label={t('app.theme')}
      value={theme}
      options={THEMES.map((one) => [one, t(`app.theme.${one}`)] as const)}
      onChoose={choose}
    />
  );
}
