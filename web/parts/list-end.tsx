import { useWording } from '../app/console.ts';
import type { List } from '../app/use-list.ts';
import type { TextKey } from '../texts/translate.ts';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';

interface ListEndProps {
  readonly list: List<unknown>;
  /** Says how many are shown. */
  readonly loaded: TextKey;
}

/** What stands under a list: how much is shown, the way to more, or what went wrong. */
export function ListEnd({ list, loaded }: ListEndProps) {
  const { t } = useWording();
  const count = list.items.length;
  return (
    <div class="list-end">
      {list.state === 'loading' && <Loading lines={count === 0 ? 5 : 1} />}
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.more} />}
      {list.state === 'more' && (
        <button type="button" class="button" onClick={list.more}>
          {t('app.more')}
        </button>
      )}
      <p class="quiet" role="status">
        {count > 0 && t(loaded, { count })}
      </p>
    </div>
  );
}
