import { useConsole } from '../app/console.ts';
import { failureKindOf } from '../app/failure-kind.ts';
import { Callout } from './callout.tsx';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Says what a failed call means and what can be done. */
export function Failure({ error, onRetry }: FailureProps) {
  const { account, wording } = useConsole();
  const { t } = wording;
  const kind = failureKindOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <Callout
      kind={kind === 'unavailable' ? 'info' : 'danger'}
      title={t(`failure.${kind}.title`, { account })}
      isAlert
    >
      <p>{t(`failure.${kind}.text`, { detail })}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {t('app.retry')}
        </button>
      )}
    </Callout>
  );
}
