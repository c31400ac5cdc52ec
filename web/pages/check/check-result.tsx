import { useEffect, useRef } from 'preact/hooks';
import { useWording } from '../../app/console.ts';
import { failureKindOf } from '../../app/failure-kind.ts';
import { Callout } from '../../parts/callout.tsx';
import { Failure } from '../../parts/failure.tsx';
import { saveFile } from '../../parts/save-file.ts';
import type { AddressList } from './address-list.ts';
import type { CheckRun } from './check-run.ts';
import { HeldTable } from './held-table.tsx';
import { notSentFile, sendFile } from './result-files.ts';
import { type Check, useCheck } from './use-check.ts';

/** A list that was given, and how far it has been checked. */
export interface CheckedList {
  readonly list: AddressList;
  readonly run: CheckRun;
}

interface CheckResultProps {
  readonly checked: CheckedList;
  onAnother(): void;
}

/** How far the check is, and what came of it. */
export function CheckResult({ checked, onAnother }: CheckResultProps) {
  const { t, number } = useWording();
  const check = useCheck(checked.run);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { send, held } = check.progress;
  const { list } = checked;
  const isDone = check.state === 'done';
  return (
    <>
      <section class="card" aria-labelledby="result">
        <div class="card-head">
          <h2 id="result" ref={heading} tabIndex={-1}>
            {t(isDone ? 'check.done' : 'check.running')}
          </h2>
          <button type="button" class="button" onClick={onAnother}>
            {t('check.another')}
          </button>
        </div>
        {!isDone && <Progress check={check} />}
        <div class="verdicts">
          <div class="verdict verdict-send">
            <p class="verdict-name">{t('check.send')}</p>
            <p class="figure-number">{number(send.length)}</p>
            {isDone && send.length > 0 && (
              <button
                type="button"
                class="button button-main"
                onClick={() => saveFile('send.csv', [sendFile(list, send)])}
              >
                {t('check.download.send')}
              </button>
            )}
          </div>
          <div class="verdict verdict-held">
            <p class="verdict-name">{t('check.notSent')}</p>
            <p class="figure-number">{number(held.length)}</p>
            {isDone && held.length > 0 && (
              <button
                type="button"
                class="button"
                onClick={() => saveFile('not-sent.csv', [notSentFile(list, held)])}
              >
                {t('check.download.notSent')}
              </button>
            )}
          </div>
        </div>
        {!isDone && <p class="quiet">{t('check.unfinished')}</p>}
        {isDone && held.length === 0 && <p>{t('check.none')}</p>}
      </section>
      {held.length > 0 && <HeldTable held={held} />}
    </>
  );
}

function Progress({ check }: { readonly check: Check }) {
  const { t } = useWording();
  const { state, error, progress, start, stop } = check;
  const { done, total } = progress;
  const isOffline = state === 'failed' && failureKindOf(error) === 'offline';
  return (
    <>
      <progress class="progress" max={total} value={done} aria-label={t('check.title')} />
      <p role="status">{t(state === 'stopped' ? 'check.stopped' : 'check.progress', { done, total })}</p>
      {isOffline && (
        <Callout kind="danger" title={t('failure.offline.title')} isAlert>
          <p>{t('check.lost', { done, total })}</p>
        </Callout>
      )}
      {state === 'failed' && !isOffline && <Failure error={error} />}
      <div class="actions">
        {state === 'running' ? (
          <button type="button" class="button" onClick={stop}>
            {t('check.stop')}
          </button>
        ) : (
          <button type="button" class="button button-main" onClick={start}>
            {t('check.continue')}
          </button>
        )}
      </div>
    </>
  );
}
