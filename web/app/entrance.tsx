import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Callout } from '../parts/callout.tsx';
import { type ConsoleConfig, loadConfig } from '../session/config.ts';
import { loadTexts, localeOf, readLanguage } from '../session/language.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { EN } from '../texts/en.ts';
import { createWording, type Wording } from '../texts/wording.ts';

/** What must be known before the first page. */
export interface Opened {
  readonly config: ConsoleConfig;
  readonly session: Session;
  readonly wording: Wording;
}

interface Refused {
  readonly stage: 'config' | 'signIn';
  readonly detail: string;
}

interface EntranceProps {
  children(opened: Opened): JSX.Element;
}

/** Opens the console: its texts, its settings, and the sign-in where there is one. */
export function Entrance({ children }: EntranceProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  useEffect(() => {
    open().then(
      (result) => ('stage' in result ? setRefused(result) : setOpened(result)),
      (error: unknown) => setRefused({ stage: 'config', detail: String(error) }),
    );
  }, []);
  if (refused !== null) return <Closed {...refused} />;
  return opened === null ? null : children(opened);
}

async function open(): Promise<Opened | Refused> {
  const language = readLanguage();
  const [config, wording] = await Promise.all([
    loadConfig(fetch),
    loadTexts(language).then((texts) => createWording(texts, language, localeOf(language))),
  ]);
  document.documentElement.lang = language;
  try {
    return { config, wording, session: await openSession(config) };
  } catch (error) {
    return { stage: 'signIn', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** In English, since the texts may be what did not come. */
function Closed({ stage, detail }: Refused) {
  const { t } = createWording(EN, 'en');
  return (
    <main class="closed">
      <h1>Rebound</h1>
      <Callout kind="danger" title={t(`${stage}.failed.title`)} isAlert>
        <p>{t(`${stage}.failed.text`, { detail })}</p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t(stage === 'signIn' ? 'signIn.again' : 'app.retry')}
        </button>
      </Callout>
    </main>
  );
}
