import { type Command, Option } from 'commander';
import type { CampaignRecipient, CampaignRow, Outcome, Reason } from '../../client/index.ts';
import { connect } from '../connect.ts';
import { print, printList } from '../output.ts';
import { type Shell, UsageError } from '../shell.ts';
import { campaignText } from '../text/campaign-text.ts';
import { nameOf } from '../text/common.ts';
import { day, minute } from '../text/layout.ts';
import type { Column } from '../text/table.ts';
import { type ListOptions, withLimit } from './options.ts';

interface CampaignOptions extends ListOptions {
  readonly outcome?: Outcome;
  readonly reason?: Reason;
}

const CAMPAIGNS: readonly Column<CampaignRow>[] = [
  { title: 'CAMPAIGN', cell: ({ campaign }) => campaign },
  { title: 'FIRST SEEN (UTC)', cell: ({ firstSeenAt }) => minute(firstSeenAt) },
];

const RECIPIENTS: Readonly<Record<Outcome, readonly Column<CampaignRecipient>[]>> = {
  bounced: [
    { title: 'ADDRESS', cell: nameOf },
    { title: 'KIND', cell: ({ kind }) => kind ?? '-' },
    { title: 'REASON', cell: ({ reason }) => reason ?? '-' },
    { title: 'STATUS', cell: ({ status }) => status ?? '-' },
    { title: 'BOUNCED (UTC)', cell: ({ at }) => minute(at) },
  ],
  'not-sent': [
    { title: 'ADDRESS', cell: nameOf },
    { title: 'CODE', cell: ({ code }) => code ?? '-' },
    { title: 'REASON', cell: ({ reason }) => reason ?? '-' },
    { title: 'DAY (UTC)', cell: ({ at }) => day(at) },
  ],
};

export function addCampaigns(program: Command, shell: Shell): void {
  withLimit(program.command('campaigns'))
    .description('list the campaigns, newest first')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      const client = await connect(options, shell);
      await printList({
        ...options,
        shell,
        read: (query) => client.listCampaigns(query),
        columns: CAMPAIGNS,
        none: 'There is no campaign yet.',
      });
    });
}

export function addCampaign(program: Command, shell: Shell): void {
  withLimit(program.command('campaign <id>'))
    .summary('show a campaign in numbers, or who was not reached')
    .description('Shows a campaign in numbers; with --outcome, who bounced or who was not sent to.')
    .addOption(new Option('--outcome <outcome>', 'list these recipients').choices(['bounced', 'not-sent']))
    .option('--reason <reason>', 'of those, only the ones with this reason')
    .action(async (campaign: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CampaignOptions>();
      const { outcome, reason } = options;
      if (outcome === undefined && reason !== undefined) throw new UsageError('--reason needs --outcome.');
      const client = await connect(options, shell);
      if (outcome === undefined) {
        await print(await client.readCampaign(campaign), { ...options, shell, text: campaignText });
        return;
      }
      const about = { outcome, ...(reason !== undefined && { reason }) };
      await printList({
        ...options,
        shell,
        read: (query) => client.listCampaignRecipients(campaign, { ...about, ...query }),
        columns: RECIPIENTS[outcome],
        none: 'There is nobody of the kind.',
      });
    });
}
