import type { Refusal } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import type { TextKey } from '../../texts/translate.ts';

/** Every condition that fails, each with what can be done. */
export function RefusalList({ refusals }: { readonly refusals: readonly Refusal[] }) {
  const { t, utcDay } = useWording();
  return (
    <ul class="refusals">
      {refusals.map(({ code, rule, resetsAt }) => (
        <li key={rule}>
          <strong>{t(`refusal.${code}`)}</strong>
          <span>
            {t(`refusal.${code}.help` as TextKey, resetsAt === undefined ? {} : { date: utcDay(resetsAt) })}
          </span>
          <span class="quiet">{t('app.rule', { rule })}</span>
        </li>
      ))}
    </ul>
  );
}
