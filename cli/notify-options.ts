export interface NotifyOptions {
  readonly files: readonly string[];
  /** Null publishes to the instance that runs on this machine. */
  readonly topicArn: string | null;
  /** Publish each file's text as it is, one message a file. */
  readonly raw: boolean;
}

/** The command line asks for something that does not exist. */
export class NotifyUsageError extends Error {
  override readonly name = 'NotifyUsageError';
}

export const NOTIFY_HELP = `Publishes SES notifications to the topic that feeds Rebound.

Usage: npm run notify -- FILE... [--raw] [--topic-arn ARN]

  FILE             a JSON object, an array of objects, or one object per line
  --raw            publish each file's text as it is, one message a file, JSON or not
  --topic-arn ARN  publish there with the usual AWS credentials (default: the local topic of npm start)
  --help           show this text

Exit codes: 0 published, 1 not everything could be published, 2 wrong usage.`;

/** Reads the command line. Throws NotifyUsageError. */
export function parseNotifyOptions(args: readonly string[]): NotifyOptions | 'help' {
  if (args.includes('--help')) return 'help';
  const files: string[] = [];
  let topicArn: string | null = null;
  let raw = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--raw') raw = true;
    else if (arg === '--topic-arn') topicArn = parseTopicArn(rest.shift());
    else if (arg.startsWith('-')) throw new NotifyUsageError(`Unknown option ${arg}`);
    else files.push(arg);
  }
  if (files.length === 0) throw new NotifyUsageError('Name at least one file');
  return { files, topicArn, raw };
}

/** The region of a topic that `parseNotifyOptions` took. */
export function regionOf(topicArn: string): string {
  return topicArn.split(':')[3] ?? '';
}

function parseTopicArn(given: string | undefined): string {
  if (given !== undefined && /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/.test(given)) return given;
  throw new NotifyUsageError('--topic-arn takes the ARN of an SNS topic');
}
