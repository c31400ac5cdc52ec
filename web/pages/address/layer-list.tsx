import type { LayerState, Layers, Suppression } from '../../../client/index.ts';
import { useWording } from '../../app/console.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';

const LAYERS = ['own', 'global', 'sesAccountList', 'sesGlobalList', 'sesValidation'] as const;
const ICONS: Readonly<Record<LayerState, IconName>> = {
  clear: 'yes',
  pending: 'wait',
  blocked: 'suppressed',
  unknown: 'unknown',
};

/** Every layer that can block an address, whether it does or not. */
export function LayerList({ suppression }: { readonly suppression: Suppression }) {
  const { t } = useWording();
  return (
    <section class="card" aria-labelledby="layers">
      <h2 id="layers">{t('address.layers')}</h2>
      <LayerRows layers={suppression.layers} />
    </section>
  );
}

export function LayerRows({ layers }: { readonly layers: Layers }) {
  const { t } = useWording();
  return (
    <ul class="layers">
      {LAYERS.map((layer) => (
        <li key={layer} class={`layer layer-${layers[layer]}`}>
          <Icon name={ICONS[layers[layer]]} />
          <span class="layer-name">{t(`layer.${layer}`)}</span>
          <span class="layer-state">{t(`layerState.${layers[layer]}`)}</span>
        </li>
      ))}
    </ul>
  );
}
