import { useState } from 'preact/hooks';
import type { Outcome, Reason } from '../../../client/index.ts';
import { useConsole } from '../../app/console.ts';
import { Failure } from '../../parts/failure.tsx';
import { saveFile } from '../../parts/save-file.ts';

interface ExportButtonProps {
  readonly campaign: string;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

/** Saves all recipients of a tab as CSV, as the API writes it. */
export function ExportButton({ campaign, outcome, reason }: ExportButtonProps) {
  const { client, wording } = useConsole();
  const { t } = wording;
  const [pages, setPages] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  const save = async () => {
    if (pages !== null) return;
    setPages(0);
    setError(null);
    try {
      const parts: string[] = [];
      const query = { outcome, ...(reason !== null && { reason }) };
      for await (const page of client.exportList('listCampaignRecipients', {
        format: 'csv',
        campaign,
        query,
      })) {
        parts.push(page);
        setPages(parts.length);
      }
      saveFile(`${campaign}-${outcome}.csv`, parts);
    } catch (caught) {
      setError(caught);
    }
    setPages(null);
  };

  return (
    <>
      <button type="button" class="button" onClick={save} aria-disabled={pages !== null}>
        {pages === null ? t('campaign.export') : t('campaign.exporting', { count: pages })}
      </button>
      {error !== null && <Failure error={error} onRetry={save} />}
    </>
  );
}
