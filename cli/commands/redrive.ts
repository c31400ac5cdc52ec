import { type Command, Option } from 'commander';
import { QUEUE_NAMES } from '../redrive/dead-letters.ts';
import type { RedriveOptions } from '../redrive/run-redrive.ts';
import type { Shell } from '../shell.ts';
import { wholeNumber } from './options.ts';

const MOST_LOOKED_AT = wholeNumber({ least: 1, most: 10_000 });

const DETAILS = `
Without --apply nothing changes: messages are hidden while they are looked at,
and put back at once (after a minute where the command was killed). No address
is shown. Without --stack it is the stack on this machine (npm start).

  intake        parked by record-bounces with a reason, and what SQS gave up on
  subscription  what SNS could not hand to the intake's queue
  ses-list      what sync-ses-list could not do in five tries
  events        places in the stream whose events were not published; these
                cannot be sent back

--apply copies each message to its queue and removes it then, so none is lost
however the run ends; run it again to go on. What fails once more comes back.
It needs sqs:ReceiveMessage, ChangeMessageVisibility, GetQueueAttributes and
DeleteMessage on the dead-letter queue, SendMessage on the other, and
cloudformation:DescribeStacks.`;

export function addRedrive(program: Command, shell: Shell): void {
  program
    .command('redrive')
    .summary('show what waits in the dead-letter queues, and send it back')
    .description(
      'Shows what waits in the dead-letter queues, and sends it back after a repair. For operators.',
    )
    .option('--stack <name>', 'the deployed stack of that name')
    .addOption(new Option('--queue <queue>', 'one queue only').choices(QUEUE_NAMES))
    .option('--reason <reason>', 'send back messages of this reason only')
    .option('--apply', 'send the messages back to the queue from which they came')
    .option('--limit <messages>', 'how many messages of a queue to look at', MOST_LOOKED_AT, 1_000)
    .option('--json', 'as JSON')
    .addHelpText('after', DETAILS)
    .action(async (_options, command: Command) => {
      // The AWS clients take their time to load, which the other commands need not wait for.
      const { runRedrive } = await import('../redrive/run-redrive.ts');
      await runRedrive(command.optsWithGlobals<RedriveOptions>(), shell);
    });
}
