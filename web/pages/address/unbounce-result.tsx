import type { Unbounced } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Callout } from '../../parts/callout.tsx';
import { LayerRows } from './layer-list.tsx';

interface UnbounceResultProps {
  readonly result: Unbounced;
  onClose(): void;
}

/** What came of an unbounce, and who may still block the address. */
export function UnbounceResult({ result, onClose }: UnbounceResultProps) {
  const { t } = useWording();
  const { identityCheck, layers, quota } = result;
  const states = Object.values(layers);
  const isHeld = states.includes('blocked') || states.includes('pending');
  return (
    <div class="stack">
      <Callout
        kind={isHeld ? 'warning' : 'good'}
        title={t(isHeld ? 'unbounce.done.held' : 'unbounce.done.text')}
      >
        <p>{t('unbounce.done.quota', { count: quota.remaining })}</p>
      </Callout>
      <div class="stack-tight">
        <h3>{t('unbounce.done.layers')}</h3>
        <LayerRows layers={layers} />
      </div>
      {states.includes('pending') && <p>{t('unbounce.done.pending')}</p>}
      {states.includes('unknown') && <p class="quiet">{t('unbounce.done.unknown')}</p>}
      {identityCheck === 'not_checked' && <p class="quiet">{t('unbounce.done.notChecked')}</p>}
      <div class="actions">
        <button type="button" class="button button-main" onClick={onClose}>
          {t('unbounce.close')}
        </button>
      </div>
    </div>
  );
}
