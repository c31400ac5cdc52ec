import type { Bounce } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';

/** What the receiving server said. It comes from outside, so it is text and nothing else. */
export function ReceiverWords({ bounce }: { readonly bounce: Pick<Bounce, 'diagnostic'> | null }) {
  const { t } = useWording();
  if (bounce === null) return null;
  if (bounce.diagnostic === null) return <p class="quiet">{t('address.words.none')}</p>;
  return (
    <figure class="words">
      <figcaption>{t('address.words')}</figcaption>
      <blockquote>
        <bdi>{bounce.diagnostic}</bdi>
      </blockquote>
    </figure>
  );
}
