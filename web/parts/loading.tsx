import { useWording } from '../app/console.ts';

interface LoadingProps {
  /** How many lines to hold the place of. */
  readonly lines?: number;
}

export function Loading({ lines = 3 }: LoadingProps) {
  const { t } = useWording();
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}
