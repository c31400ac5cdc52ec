import { useEffect, useMemo, useState } from 'preact/hooks';
import { createReboundClient } from '../../client/index.ts';
import { keepLanguage, loadTexts, localeOf } from '../session/language.ts';
import type { Language } from '../texts/translate.ts';
import { createWording } from '../texts/wording.ts';
import { type Console, ConsoleContext } from './console.ts';
import type { Opened } from './entrance.tsx';
import { PageOf } from './page-of.tsx';
import { navigate, useLocation } from './router.ts';
import { isEntrance, parsePlace, pathOf } from './routes.ts';
import { Shell } from './shell.tsx';

const DEFAULT_ACCOUNT = 'default';
/** Somebody is waiting: after three seconds at most they are told, and can try again themselves. */
const RETRY = { tries: 3 };

export function App({ config, session, wording: first }: Opened) {
  const location = useLocation();
  const [wording, setWording] = useState(first);
  const place = parsePlace(location.path, location.query);
  const home = config.accounts[0] ?? session.account ?? DEFAULT_ACCOUNT;
  const account = place?.account ?? home;

  useEffect(() => {
    if (isEntrance(location.path)) navigate(pathOf(home, { page: 'overview' }), { replace: true });
  }, [location.path, home]);

  const client = useMemo(
    () =>
      createReboundClient({
        baseUrl: config.apiUrl,
        account,
        retry: RETRY,
        ...(session.token !== null && { token: session.token }),
      }),
    [account, config, session],
  );
  const console = useMemo(
    (): Console => ({ account, client, wording, pathTo: (route) => pathOf(account, route) }),
    [account, client, wording],
  );

  const speak = async (language: Language) => {
    const texts = await loadTexts(language);
    keepLanguage(language);
    document.documentElement.lang = language;
    setWording(createWording(texts, language, localeOf(language)));
  };

  if (isEntrance(location.path)) return null;
  return (
    <ConsoleContext.Provider value={console}>
      <Shell
        page={place?.route.page ?? null}
        accounts={config.accounts}
        signOut={session.signOut}
        onLanguage={speak}
      >
        <PageOf route={place?.route ?? null} note={location.note} />
      </Shell>
    </ConsoleContext.Provider>
  );
}
