import { useState } from 'preact/hooks';
import type { Suppression, Unbounced } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { forgetLists } from '../../app/kept-lists.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { UnbounceForm, type UnbounceInput } from './unbounce-form.tsx';
import { UnbounceResult } from './unbounce-result.tsx';

interface UnbounceDialogProps {
  readonly suppression: Suppression;
  readonly address: string | null;
  /** What is known of the address may have changed, whatever came of it. */
  onTried(): void;
  onClose(): void;
}

/** One address's second chance: what happened, what it costs, the confirmation, and what came of it. */
export function UnbounceDialog({ suppression, address, onTried, onClose }: UnbounceDialogProps) {
  const { client, wording } = useConsole();
  const { t } = wording;
  const [result, setResult] = useState<Unbounced | null>(null);
  /** The same for every try, so that one whose answer was lost is not counted twice. */
  const [idempotencyKey] = useState(() => crypto.randomUUID());

  const unbounce = async ({ kind, note }: UnbounceInput) => {
    onTried();
    forgetLists();
    const isSilent = kind === '' && note === '';
    const evidence = isSilent ? null : { kind: kind || 'other', note: note || null };
    const granted = await client.unbounce(
      suppression.id,
      { confirmedValid: true, ...(evidence && { evidence }) },
      { idempotencyKey },
    );
    setResult(granted);
  };

  return (
    <Dialog title={t(result === null ? 'unbounce.title' : 'unbounce.done')} onClose={onClose}>
      <p class="dialog-address">
        <bdi class="address">{address ?? t('app.unnamed')}</bdi>
      </p>
      {result === null ? (
        <UnbounceForm suppression={suppression} unbounce={unbounce} onCancel={onClose} />
      ) : (
        <UnbounceResult result={result} onClose={onClose} />
      )}
    </Dialog>
  );
}
